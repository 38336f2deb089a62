// A file beside what it was: an editor for differences where it is text on both sides, words where that would show nothing,
// and the one side alone where the other has no such file.
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { containers } from '../engine/containers.ts';
import type { FileTree } from '../engine/file-tree.ts';
import { shownName } from '../engine/path-bytes.ts';
import { failed } from '../runtime/failures.ts';
import { asText } from '../ui/plain-text.ts';
import { tell } from '../ui/say.ts';
import { formatBytes, shortId } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { fileTooLarge, imageNotTold, noDifference } from './failures.ts';
import { type Followed, follow } from './follow.ts';
import { nameOf } from './model.ts';
import { largestFile, readWhole } from './provider.ts';
import { type Place, uriOf } from './uri.ts';

export type Shown = 'difference' | 'before' | 'after' | 'binary' | 'same content';

/** The name is that of the image or container. */
export type Named = { readonly place: Place; readonly name: string };
type Side = Named & { readonly tree: FileTree; readonly found: Followed };
type Pair<T> = readonly [before: T, after: T];

/** A file of a container, and before it what was there in the image that the container was made of. */
export async function againstImage({ resources }: Workbench, place: Place): Promise<Pair<Named>> {
  const { imageId, name, image = '' } = (await resources.one(containers, place.container)) ?? {};
  if (!imageId || !name) throw failed(imageNotTold(name ?? shortId(place.container)));
  const before = { container: `image:${imageId}`, path: place.path };
  return [
    { place: before, name: shortId(image.replace(/^sha256:/, '')) },
    { place, name },
  ];
}

/** The same where somebody says what is compared. */
export function pairOf(argument: unknown): Pair<Named> | undefined {
  const { before, after } = (argument ?? {}) as { before?: unknown; after?: unknown };
  const [old, now] = [named(before), named(after)];
  return old && now && [old, now];
}

function named(given: unknown): Named | undefined {
  const { place, name } = (given ?? {}) as Partial<Named>;
  const isPlace = typeof place?.container === 'string' && typeof place.path === 'string';
  return isPlace && typeof name === 'string' ? { place, name } : undefined;
}

/** @param keepsFocus where the row that was clicked keeps it */
export async function showDifference(
  filesOf: (place: Place) => FileTree,
  [before, after]: Pair<Named>,
  keepsFocus: boolean,
): Promise<{ readonly shows: Shown }> {
  const sideOf = async ({ place, name }: Named): Promise<Side | undefined> => {
    const tree = filesOf(place);
    const found = await follow(tree, place.path);
    if (found?.stat.kind !== 'file') return undefined;
    if (found.stat.size > largestFile) throw failed(fileTooLarge(place, found.stat.size));
    return { place, name, tree, found };
  };
  const [old, now] = [await sideOf(before), await sideOf(after)];
  const options = { preserveFocus: keepsFocus };
  const address = ({ place, name }: Side) => uriOf(place, name);
  const only = old && now ? undefined : (now ?? old);
  if (only) {
    await vscode.commands.executeCommand('vscode.open', address(only), options);
    return { shows: only === now ? 'after' : 'before' };
  }
  if (!old || !now) throw failed(noDifference(after.place.path));
  const [was, is] = [await readWhole(old.tree, old.place), await readWhole(now.tree, now.place)];
  const path = shownName(now.place.path);
  if (was && is?.equals(was)) {
    void tell('info', sameWords(path, old, now));
    return { shows: 'same content' };
  }
  if ([was, is].some((content) => content && isBinary(content))) {
    const [from, to] = [formatBytes(old.found.stat.size), formatBytes(now.found.stat.size)];
    const words = t('{0} is no text: it has {1} in {2} and {3} in {4}.', path, from, old.name, to, now.name);
    const open = t('Open');
    void tell('info', words, open).then(
      (pressed) => pressed === open && vscode.commands.executeCommand('vscode.open', address(now)),
    );
    return { shows: 'binary' };
  }
  const title = asText(t('{0} ({1} ↔ {2})', nameOf(path), old.name, now.name), 200);
  await vscode.commands.executeCommand('vscode.diff', address(old), address(now), title, options);
  return { shows: 'difference' };
}

/** An engine lists as changed what got another owner, mode or time as well. */
function sameWords(path: string, { found: old }: Side, { found: now }: Side): string {
  const [from, to] = [old.stat.mode, now.stat.mode].map((mode) => mode?.toString(8));
  return from === to
    ? t('{0} has the same content; at most its owner or its time is another.', path)
    : t('{0} has the same content; its mode was {1} and is {2}.', path, from ?? '', to ?? '');
}

/** As Git tells it; a mark at the beginning says that it is UTF-16. */
function isBinary(content: Uint8Array): boolean {
  const [first, second] = content;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return !isWide && content.subarray(0, 8_000).includes(0);
}
