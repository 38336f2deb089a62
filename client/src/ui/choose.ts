// Which things a command is for: those of the tree, those named beforehand, else those picked.
import { type Failure, failed } from '../runtime/failures.ts';
import { meantOnes } from './members.ts';
import { ask, type Choice } from './pickers.ts';
import { isNode } from './tree.ts';

export type Kind<T> = {
  /** What names one, or several, in a node's value and in an options object. */
  readonly key: string;
  readonly title: string;
  /** As they are now, or as they are known to be where nobody named one. */
  readonly load: (now: boolean) => Promise<readonly T[]>;
  /** All that one may be called by; the first stands for it. */
  readonly refs: (thing: T) => readonly [string, ...string[]];
  readonly choice: (thing: T) => Omit<Choice, 'value'>;
  readonly none: () => Failure;
  readonly gone: (ref: string) => Failure;
};

export type Wanted<T> = {
  readonly title: string;
  readonly many?: boolean;
  readonly fits?: (thing: T) => boolean;
  /** Said when things are named and none of them fits. */
  readonly unfit?: (thing: T) => Failure;
};

/** Nothing where the person leaves, or where what was clicked is none of them. */
export async function choose<T>(
  kind: Kind<T>,
  { title, many, fits = () => true, unfit }: Wanted<T>,
  argument: unknown,
  selection?: unknown,
): Promise<readonly T[] | undefined> {
  const refs = namedBy(kind.key, argument, selection);
  if (!refs.length && isNode(argument)) return undefined;
  const all = await kind.load(refs.length > 0);
  if (refs.length) {
    const found = refs.map((ref) => {
      const thing =
        all.find((each) => kind.refs(each)[0] === ref) ?? all.find((each) => kind.refs(each).includes(ref));
      if (!thing) throw failed(kind.gone(ref));
      return thing;
    });
    const fitting = found.filter(fits);
    if (!fitting.length && found[0] && unfit) throw failed(unfit(found[0]));
    return [...new Set(fitting)];
  }
  const candidates = all.filter(fits);
  if (!candidates.length) throw failed(kind.none());
  const choices = candidates.map((thing) => ({ ...kind.choice(thing), value: kind.refs(thing)[0] }));
  const answers = await ask(title, [
    () => ({ key: 'refs', kind: many ? 'pick-many' : 'pick', title: kind.title, choices }),
  ]);
  const picked = [answers?.refs ?? []].flat();
  return picked.length ? candidates.filter((thing) => picked.includes(kind.refs(thing)[0])) : undefined;
}

/** What a node, or with it the whole selection, or an options object names. */
function namedBy(key: string, argument: unknown, selection: unknown): readonly string[] {
  return meantOnes(argument, selection).flatMap((each) => {
    const value = isNode(each) ? each.value : each;
    const refs = (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];
    return [refs].flat().filter((ref): ref is string => typeof ref === 'string');
  });
}
