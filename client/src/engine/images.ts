// Images, over the engine's API or by its command line.
import { t } from '@vscode/l10n';
import type { ResourceKind } from '../resources/kind.ts';
import { type ImageDetails, inspectImages, listImageIds } from '../runtime/image-commands.ts';
import { type EngineUser, overHttp } from './connection.ts';
import { readImages } from './reads.ts';

export async function loadImages(
  user: EngineUser,
  known?: ReadonlyMap<string, ImageDetails>,
  soon?: (listed: readonly ImageDetails[]) => void,
): Promise<readonly ImageDetails[]> {
  return (await overHttp(user, (http) => readImages(http, known, soon))) ?? imagesByCommandLine(user);
}

export async function imagesByCommandLine(user: EngineUser): Promise<readonly ImageDetails[]> {
  const engine = await user.engine.get();
  const facts = { step: t('Listing the images'), tool: 'engine' } as const;
  const ids = await user.run(await listImageIds(engine), facts);
  // One call for all: a call for each made a refresh take seconds (microsoft/vscode-docker#3779).
  return ids.length ? user.run(await inspectImages(engine, ids), facts) : [];
}

/** All are listed after each event: a name that moves is told of the image that got it, and not of the one that lost it. */
export const images: ResourceKind<ImageDetails, EngineUser> = {
  name: 'image',
  idOf: ({ id }) => id,
  all: loadImages,
};
