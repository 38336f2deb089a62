import { goBooleans, mountKeys, mountSwitches, mountTypes, sharingModes } from '../data/run-flag-values.ts';
import type { Word } from '../syntax/tree.ts';
import { nearest } from '../text/nearest.ts';
import type { LocalSpan } from '../text/span.ts';
import { isGoSize } from './sizes.ts';

/** Why BuildKit refuses a `--mount`, and at which part of it. */
export interface MountFault extends LocalSpan {
  readonly kind:
    | 'empty'
    | 'key'
    | 'value'
    | 'type'
    | 'sharing'
    | 'boolean'
    | 'mode'
    | 'number'
    | 'size'
    | 'variable'
    | 'misplaced'
    | 'source'
    | 'twice';
  /** The part as it is written, its key, and the type of the mount. */
  readonly part: string;
  readonly key: string;
  readonly type: string;
  /** What was probably meant, and where to write it. */
  readonly meant?: { readonly at: LocalSpan; readonly text: string } | undefined;
}

interface Field extends LocalSpan {
  readonly text: string;
}

/** The fields of a line of CSV, as BuildKit cuts a `--mount`; undefined where its quotes are wrong. */
export function csvFields({ raw, value, from, to }: Word): Field[] | undefined {
  const fields: Field[] = [];
  const isExact = raw === value;
  const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  for (;;) {
    const start = field.lastIndex;
    const match = field.exec(value);
    if (!match) return undefined;
    const [whole, quoted, bare, comma] = match;
    const text = quoted?.replaceAll('""', '"') ?? bare ?? '';
    const end = start + whole.length - (comma?.length ?? 0);
    fields.push(isExact ? { text, from: from + start, to: from + end } : { text, from, to });
    if (comma === '') return fields;
  }
}

/**
 * The first thing in a `--mount` at which BuildKit ends the build (`parseMount`, 0.34.2; `dispatchSSH`).
 * @param expand what a value comes to with its variables; undefined where that is not known
 */
export function findMountFault(
  mount: Word,
  expand: (text: string) => string | undefined,
): MountFault | undefined {
  const fields = mount.value === '' ? undefined : csvFields(mount);
  const whole = { from: mount.from, to: mount.to, part: mount.value, key: '', type: 'bind' };
  if (!fields) return { ...whole, kind: 'empty' };
  const variable = fields.find(({ text }) => /^from=[^$]*\$./is.test(text));
  if (variable) return { ...whole, ...variable, kind: 'variable', part: variable.text, key: 'from' };
  /** Undefined where a variable decides. */
  let type: string | undefined = 'bind';
  const given = new Map<string, { readonly field: Field; readonly value: string | undefined }>();
  for (const field of fields) {
    const fault = judge(field);
    if (fault) return fault;
  }
  return type === undefined ? undefined : judgeWhole(type);

  function judge(field: Field): MountFault | undefined {
    const { text, from, to } = field;
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    const key = name.toLowerCase();
    const isExact = to - from === text.length;
    const keySpan = isExact ? { from, to: from + name.length } : undefined;
    const valueSpan = isExact && equals >= 0 ? { from: from + equals + 1, to } : undefined;
    const fail = (
      kind: MountFault['kind'],
      at: LocalSpan | undefined,
      other?: string,
      part = text,
    ): MountFault => ({
      ...(at ?? { from, to }),
      ...{ kind, part, key, type: type ?? '' },
      meant: at && other !== undefined ? { at, text: other } : undefined,
    });
    if (!Object.hasOwn(mountKeys, key))
      return fail('key', keySpan, nearest(key, Object.keys(mountKeys)), name);
    if (equals < 0) {
      if (!mountSwitches.has(key)) return fail('value', keySpan);
      return key === 'required' && type && !takes(key, type) ? fail('misplaced', keySpan) : undefined;
    }
    const value = expand(text.slice(equals + 1));
    given.set(sameKeys[key] ?? key, { field, value });
    // The type that a key needs must stand before it.
    const isEarly = key === 'required' || key === 'size';
    if (isEarly && type !== undefined && !takes(key, type)) return fail('misplaced', keySpan);
    if (value === undefined) {
      if (key === 'type') type = undefined;
      return undefined;
    }
    const lower = value.toLowerCase();
    const oneOf = (kind: MountFault['kind'], all: readonly string[]) =>
      all.includes(lower) ? undefined : fail(kind, valueSpan, nearest(lower, all), value);
    if (key === 'type') {
      type = lower;
      return oneOf('type', mountTypes);
    }
    if (key === 'sharing') return oneOf('sharing', sharingModes);
    if (mountSwitches.has(key) && !goBooleans.test(value))
      return fail('boolean', valueSpan, switchMeant[lower], value);
    if (key === 'mode' && !(/^[0-7]+$/.test(value) && Number.parseInt(value, 8) < 2 ** 32))
      return fail('mode', valueSpan, undefined, value);
    if ((key === 'uid' || key === 'gid') && !(/^\d+$/.test(value) && Number(value) < 2 ** 32))
      return fail('number', valueSpan, undefined, value);
    if (key === 'size' && !isGoSize(value)) return fail('size', valueSpan, undefined, value);
    return undefined;
  }

  function judgeWhole(ofType: string): MountFault | undefined {
    for (const [key, { field, value }] of given) {
      // An empty value counts as none; a mode or an owner has none.
      if (value === '' || value === undefined || takes(key, ofType)) continue;
      return { ...field, kind: 'misplaced', part: field.text, key, type: ofType };
    }
    if (ofType !== 'secret') return undefined;
    const [source, target, id] = ['source', 'target', 'id'].map((key) => given.get(key));
    const isOpen = [source, target, id].some((one) => one && one.value !== '');
    if (!isOpen) return { ...whole, kind: 'source', type: ofType };
    if (!source?.value || !id?.value) return undefined;
    return { ...id.field, kind: 'twice', part: id.field.text, key: 'id', type: ofType };
  }
}

const takes = (key: string, type: string) => mountKeys[key]?.includes(type) ?? true;

/** Keys with several names. */
const sameKeys: Readonly<Record<string, string>> = { src: 'source', dst: 'target', destination: 'target' };
const switchMeant: Readonly<Record<string, string>> = { yes: 'true', on: 'true', no: 'false', off: 'false' };
