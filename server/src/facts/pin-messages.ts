import type { ShellWord } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import { officialName } from './base-images.ts';
import type { FileFacts } from './file-facts.ts';
import { resolveWord } from './scope.ts';
import { rootStage } from './stages.ts';

/**
 * What the rules on versions of system packages say.
 * @param joint what stands between a name and its version
 */
export const pinMessages = <J extends string>(joint: J) =>
  ({
    unpinned: `\`{name}\` has no version, so a rebuild may install another one. Write \`{name}${joint}<version>\`.`,
    floating: `\`{name}\` has no version, and \`{image}\` brings another one with each of its releases. Name a release in FROM first, and then write \`{name}${joint}<version>\`.`,
    listed: `\`{name}\` in \`{word}\` has no version, so a rebuild may install another one. Write \`{name}${joint}<version>\` where that variable is set.`,
    unseen: `\`{word}\` shows no version, so a rebuild may install another one. Write one for each package, as in \`<package>${joint}<version>\`.`,
  }) as const;

/**
 * Which of them fits a word of an install without a version, and what to put in.
 * @param isPinned what decided on it
 */
export function pinMessage(
  facts: FileFacts,
  run: Instruction,
  { value, ...word }: ShellWord,
  isPinned: (name: string) => boolean,
) {
  const stage = facts.stageOf(run);
  const root = stage && rootStage(stage);
  const { tag, digest } = root?.base.image ?? {};
  // The name of another image may well hold its release, as `ubi9/python-312` does.
  const isOfficial = root !== undefined && !officialName(root.base.image).includes('/');
  const isFloating =
    isOfficial && root.base.unknown.length === 0 && digest === undefined && (tag ?? 'latest') === 'latest';
  const image = root?.from.node.imageWord?.value ?? '';
  const data = { name: value, word: value, image };
  if (!value.includes('$')) return { id: isFloating ? 'floating' : 'unpinned', data } as const;
  const set = stage && resolveWord(facts.file, stage, run, { value, ...word });
  if (set === undefined || set.includes('`')) return { id: 'unseen', data } as const;
  // A variable with the release of the name, as in `python${PYTHON_VERSION}`, is no list of packages.
  if (!/^\$(?:\w+|\{\w+\})$/.test(value)) return { id: 'unpinned', data } as const;
  const name = set.split(/\s+/).find((one) => one && !one.startsWith('-') && !isPinned(one));
  return name ? ({ id: 'listed', data: { ...data, name } } as const) : ({ id: 'unseen', data } as const);
}
