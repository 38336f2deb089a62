import { isMap, isScalar } from 'yaml';
import * as z from 'zod';
import { type Severity, severities } from '../lint/rule.ts';
import type { FileProblem } from '../ports/ports.ts';
import { readYaml, type YamlText } from '../syntax/yaml.ts';
import { nearest } from '../text/nearest.ts';
import { type Configuration, defaultConfiguration, type Level, presets } from './configuration.ts';

/** What the file says about reporting, which concerns the command line alone. */
export interface OutputConfig {
  readonly noFail?: boolean;
  readonly noColor?: boolean;
  readonly verbose?: boolean;
  readonly formats?: readonly string[];
  readonly failureThreshold?: string;
}

export interface HadolintConfig {
  readonly configuration: Configuration;
  readonly output: OutputConfig;
  /** What could not be read and which keys mean nothing; the other keys still apply. */
  readonly problems: readonly FileProblem[];
}

const ids = z.array(z.string());
const keys = {
  ignored: ids,
  override: z.partialRecord(z.enum(severities), ids),
  'disable-ignore-pragma': z.boolean(),
  trustedRegistries: z.union([ids, z.string().transform((one) => [one])]),
  'label-schema': z.record(z.string(), z.string()),
  'strict-labels': z.boolean(),
  'no-fail': z.boolean(),
  'no-color': z.boolean(),
  verbose: z.boolean(),
  format: z.string(),
  formats: ids,
  'failure-threshold': z.enum([...severities, 'ignore', 'none']),
  /** A key of ours; hadolint passes over what it does not know. */
  preset: z.enum(presets),
};
export type HadolintYamlKey = keyof typeof keys;
/** Every key that the file may have. */
export const hadolintYamlKeys: readonly string[] = Object.keys(keys);
/** Up to so many unknown keys have a problem each; of more, so many are named. */
const fewKeys = 3;
/** For so many unknown keys the one that was meant is looked for. */
const mostKeys = 100;
/** Which option of which rule a key of the file feeds. */
const optionKeys = [
  ['trustedRegistries', 'DL3026', 'trustedRegistries'],
  ['strict-labels', 'DL3050', 'strict'],
] as const;

/** The rules that have the label schema as their option. */
const labelRules = ['DL3049', 'DL3050', 'DL3051', 'DL3052', 'DL3053', 'DL3054', 'DL3055', 'DL3056', 'DL3058'];

/**
 * Reads a `.hadolint.yaml`. Unlike hadolint, one wrong key does not void the rest.
 * The order of overrides is hadolint's: style, info, warning, error, so that the strongest level that lists a rule wins.
 */
export function readHadolintYaml(text: string): HadolintConfig {
  const problems: FileProblem[] = [];
  const levels = new Map<string, Level>();
  const options = new Map<string, Record<string, unknown>>();
  const yaml = readYaml(text, false);
  const { document } = yaml;
  const say = (message: string, [start, end]: readonly [number, number] = placeOf(document, [])) =>
    problems.push({ message, start, end: Math.max(end, start) });
  const values = toValues(yaml, say);
  if (problems.length > 0) return { configuration: defaultConfiguration, output: {}, problems };
  if (yaml.fault)
    say(`${yaml.fault.message} The other keys still apply.`, [yaml.fault.start, yaml.fault.end]);

  const read = <K extends keyof typeof keys>(key: K): z.infer<(typeof keys)[K]> | undefined => {
    if (values[key] === undefined || values[key] === null) return undefined;
    const result = keys[key].safeParse(values[key]);
    if (!result.success) {
      const issue = result.error.issues[0];
      const message = `\`${key}\`: ${issue?.message ?? 'not understood'}. The other keys still apply.`;
      say(message, placeOf(document, [key, ...(issue?.path ?? [])]));
    }
    return result.data as z.infer<(typeof keys)[K]> | undefined;
  };

  const override = read('override') ?? {};
  const weakestFirst: readonly Severity[] = [...severities].reverse();
  for (const severity of weakestFirst) {
    for (const id of override[severity] ?? []) levels.set(id, severity);
  }
  for (const id of read('ignored') ?? []) levels.set(id, 'off');
  for (const [key, rule, option] of optionKeys) {
    const value = read(key);
    if (value !== undefined) options.set(rule, { [option]: value });
  }
  const labels = Object.entries(read('label-schema') ?? {}).map(([name, type]) => `${name}:${type}`);
  for (const rule of labels.length > 0 ? labelRules : []) {
    options.set(rule, { ...options.get(rule), labels });
  }
  problems.push(...unknownKeys(document));
  const format = read('format');
  const formats = [...(format ? [format] : []), ...(read('formats') ?? [])];
  return {
    configuration: {
      ...defaultConfiguration,
      levels,
      options,
      preset: read('preset'),
      ignoreCommentsDisabled: read('disable-ignore-pragma') ?? false,
    },
    output: {
      noFail: read('no-fail'),
      noColor: read('no-color'),
      verbose: read('verbose'),
      formats,
      failureThreshold: read('failure-threshold'),
    },
    problems,
  };
}

type Place = readonly [start: number, end: number];

/** The keys and values of the file; says what keeps it from having any. */
function toValues({ value, fault }: YamlText, say: (message: string, place?: Place) => void) {
  const nothing: Record<string, unknown> = {};
  if (fault?.isSyntax) say(`${fault.message} Until then nothing of it applies.`, [fault.start, fault.end]);
  else if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  else if (value !== null && value !== undefined)
    say('The file is not a mapping of keys to values, so nothing of it applies.');
  return nothing;
}

/** The keys that the file has and nobody reads: one by one where they are few, else together. */
function unknownKeys(document: YamlText['document']): FileProblem[] {
  if (!isMap(document?.contents)) return [];
  const keys = document.contents.items.flatMap(({ key }) => {
    if (!isScalar(key) || !key.range || hadolintYamlKeys.includes(String(key.value))) return [];
    return [{ name: String(key.value), start: key.range[0], end: key.range[1] }];
  });
  if (keys.length <= fewKeys) {
    return keys.map(({ name, ...place }) => {
      const meant = meantBy(name);
      const advice = meant ? `Did you mean \`${meant}\`?` : 'Correct or remove it.';
      return { message: `\`${name}\` is not a key of this file, so it has no effect. ${advice}`, ...place };
    });
  }
  const first = keys.slice(0, fewKeys).map(({ name }) => `\`${name}\``);
  const meant = keys.slice(0, mostKeys).flatMap(({ name }) => {
    const key = meantBy(name);
    return key ? [`\`${key}\` for \`${name}\``] : [];
  });
  const advice = meant.length > 0 ? ` Did you mean ${meant.slice(0, fewKeys).join(', ')}?` : '';
  const message = `${first.join(', ')} and ${keys.length - fewKeys} more are not keys of this file, so they have no effect.${advice}`;
  return [{ message, start: keys[0]?.start ?? 0, end: keys[0]?.end ?? 0 }];
}

/** The key that was probably meant: written alike but for case and the marks between words, or named so elsewhere. */
function meantBy(name: string): string | undefined {
  const plain = (key: string) => key.toLowerCase().replace(/[-_]/g, '');
  const same = hadolintYamlKeys.find((key) => plain(key) === plain(name));
  return same ?? otherNames[plain(name)] ?? nearest(name, hadolintYamlKeys);
}

/** What hadolint's flags and environment, and other linters, call such a key. */
const otherNames: Readonly<Record<string, string>> = {
  ignore: 'ignored',
  ignores: 'ignored',
  ignorerules: 'ignored',
  ignoredrules: 'ignored',
  exclude: 'ignored',
  excludes: 'ignored',
  excluded: 'ignored',
  skip: 'ignored',
  skipped: 'ignored',
  disable: 'ignored',
  disabled: 'ignored',
  trustedregistry: 'trustedRegistries',
  requirelabel: 'label-schema',
  requirelabels: 'label-schema',
  labels: 'label-schema',
  severity: 'override',
  severities: 'override',
  threshold: 'failure-threshold',
  output: 'format',
  outputformat: 'format',
};

/** Where the value at a path stands, or the nearest one around it. */
function placeOf(document: YamlText['document'], path: readonly PropertyKey[]): Place {
  for (let length = document ? path.length : -1; length >= 0; length--) {
    const node = document?.getIn(path.slice(0, length), true) as { range?: Place | null } | undefined;
    if (node?.range) return [node.range[0], node.range[1]];
  }
  return [0, 0];
}
