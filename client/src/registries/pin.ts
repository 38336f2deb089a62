import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { type ImagesParams, imagesRequest, type NamedImage } from '../../../server/src/protocol/requests.ts';
import { cancelledId, changedMeanwhile, type Failure, failed } from '../runtime/failures.ts';
import type { AskServer } from '../ui/ask-server.ts';
import { ask } from '../ui/pickers.ts';
import { showDifference } from '../ui/preview.ts';
import type { Workbench } from '../ui/workbench.ts';
import { dockerfileOf } from '../ui/workspace.ts';
import { denied, noSuchTag } from './failures.ts';
import type { Registry } from './model.ts';
import { loadRegistries, openRegistry } from './store.ts';

/** The answers of Pin Images, given beforehand. */
export type PinRequest = {
  readonly uri?: string;
  /** Images as the file names them; all, where left out. */
  readonly images?: readonly string[];
  /** Write without showing the difference. */
  readonly apply?: boolean;
};

type Pinned = NamedImage & { readonly digest: string };

/**
 * Writes behind the images of a Dockerfile the digest that their registry gives for the tag. Nothing is asked of a
 * registry before the person has chosen; it can be cancelled while a registry keeps silent.
 * @returns what was pinned, as `image@digest`
 */
export async function pinImages(
  workbench: Workbench,
  askServer: AskServer,
  argument: unknown,
): Promise<readonly string[] | undefined> {
  const given = (argument instanceof vscode.Uri ? {} : (argument ?? {})) as PinRequest;
  const document = await dockerfileOf(argument);
  if (!document) throw failed(nothingToPin());
  const { version } = document;
  const params: ImagesParams = { uri: document.uri.toString() };
  const images = await askServer<NamedImage[]>(imagesRequest, params);
  if (images.length === 0) throw failed(nothingToPin());
  const names = given.images ?? (given.apply ? images.map(({ text }) => text) : await choose(images));
  const wanted = images.filter(({ text }) => names?.includes(text));
  if (wanted.length === 0) return undefined;
  const pinned = await workbench.job<readonly Pinned[]>({
    kind: 'registries.pinImages',
    title: t('Asking for digests'),
    async work({ signal, report }) {
      const registries = await loadRegistries(workbench);
      const found: Pinned[] = [];
      for (const image of wanted) {
        report(image.text);
        const digest = await digestOf(workbench, registries, image, signal).catch((error) => {
          throw signal.aborted ? failed(cancelled()) : error;
        });
        found.push({ ...image, digest });
      }
      return { value: found, message: t('{0} images have a digest.', found.length) };
    },
  });
  if (!pinned) return undefined;
  if (!given.apply && !(await isWanted(document, pinned))) return undefined;
  const edit = new vscode.WorkspaceEdit();
  for (const { line, character, digest } of pinned)
    edit.insert(document.uri, new vscode.Position(line, character), `@${digest}`);
  if (document.version !== version || !(await vscode.workspace.applyEdit(edit)))
    throw failed(changedMeanwhile());
  return pinned.map(({ text, digest }) => `${text}@${digest}`);
}

async function choose(images: readonly NamedImage[]): Promise<readonly string[] | undefined> {
  const choices = images.map(({ text, registry }) => ({ label: text, description: registry, value: text }));
  const answers = await ask(t('Pin Images'), [
    () => ({
      key: 'images',
      kind: 'pick-many',
      title: t('Images whose digest their registry is asked for'),
      choices,
      values: choices.map(({ value }) => value),
    }),
  ]);
  return answers?.images as readonly string[] | undefined;
}

async function digestOf(
  workbench: Workbench,
  registries: readonly Registry[],
  { registry: host, repository, tag, text }: NamedImage,
  signal: AbortSignal,
): Promise<string> {
  const known = registries.find((registry) => registry.host === host);
  const api = await openRegistry(workbench, known ?? { host, state: 'logged-out' }, signal);
  const digest = await api.digest(repository, tag);
  if (digest === 'missing') throw failed(noSuchTag(text));
  if (digest === 'denied') throw failed(denied(text, host));
  return digest;
}

async function isWanted(document: vscode.TextDocument, pinned: readonly Pinned[]): Promise<boolean> {
  const lines = document.getText().split('\n');
  for (const { line, character, digest } of [...pinned].reverse()) {
    const text = lines[line] ?? '';
    lines[line] = `${text.slice(0, character)}@${digest}${text.slice(character)}`;
  }
  const name = vscode.workspace.asRelativePath(document.uri);
  const answer = await showDifference(document.uri, lines.join('\n'), {
    title: t('{0}: pinned', name),
    question: t('Write these digests to {0}?', name),
    accept: t('Apply'),
  });
  return answer === 'accept';
}

function cancelled(): Failure {
  return {
    id: cancelledId,
    message: t('The question for digests was cancelled.'),
    remedy: t('The Dockerfile is as it was.'),
  };
}

function nothingToPin(): Failure {
  return {
    id: 'nothing-to-pin',
    message: t('No Dockerfile with an image that could be pinned is in front of you.'),
    remedy: t('Open one whose FROM names an image without a digest, then run the command again.'),
  };
}
