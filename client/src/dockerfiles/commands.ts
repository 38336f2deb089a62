import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import {
  type OptimizeParams,
  type OptimizeResult,
  optimizeRequest,
} from '../../../server/src/protocol/requests.ts';
import { changedMeanwhile, type Failure, failed } from '../runtime/failures.ts';
import type { AskServer } from '../ui/ask-server.ts';
import { ask } from '../ui/pickers.ts';
import { showDifference } from '../ui/preview.ts';
import { tell } from '../ui/say.ts';
import type { Workbench } from '../ui/workbench.ts';
import { dockerfileOf } from '../ui/workspace.ts';

/** The answers of Optimize Dockerfile, given beforehand. */
export type OptimizeRequest = {
  readonly uri?: string;
  /** Ids of refactorings; all that have something to do, where left out. */
  readonly ids?: readonly string[];
  /** Write without showing the difference. */
  readonly apply?: boolean;
};

export function registerDockerfiles(workbench: Workbench, askServer: AskServer): void {
  // It edits files and runs nothing.
  workbench.command('wheelhouse.dockerfiles.optimize', (argument) => optimize(askServer, argument), {
    untrusted: true,
  });
}

/** @returns the ids of what was applied; undefined where the person left, or where there was nothing to do */
async function optimize(askServer: AskServer, argument: unknown): Promise<readonly string[] | undefined> {
  const given = (argument instanceof vscode.Uri ? {} : (argument ?? {})) as OptimizeRequest;
  const document = await dockerfileOf(argument);
  if (!document) throw failed(noDockerfile());
  const { version } = document;
  const uri = document.uri.toString();
  const proposeOnly = (ids?: readonly string[]) =>
    askServer<OptimizeResult | null>(optimizeRequest, { uri, ids } satisfies OptimizeParams);
  const all = await proposeOnly(given.ids);
  if (!all) throw failed(notLinted());
  if (all.applied.length === 0) {
    if (!given.apply) void tell('info', l10n.t('There is nothing to optimize in this Dockerfile.'));
    return undefined;
  }
  const chosen = given.apply ? all : await choose(document, all, given.ids !== undefined, proposeOnly);
  if (!chosen) return undefined;
  if (document.version !== version) throw failed(changedMeanwhile());
  const edit = await toEdit(document, chosen);
  if (!(await vscode.workspace.applyEdit(edit))) throw failed(changedMeanwhile());
  return chosen.applied.map(({ id }) => id);
}

/**
 * Asks which changes are wanted and shows what they make of the files, until they are accepted or given up.
 * @param isChosen the first question is answered: all of them
 */
async function choose(
  document: vscode.TextDocument,
  all: OptimizeResult,
  isChosen: boolean,
  proposeOnly: (ids: readonly string[]) => Promise<OptimizeResult | null>,
): Promise<OptimizeResult | undefined> {
  let chosen = all;
  for (let isAsked = !isChosen; ; isAsked = true) {
    const wanted = isAsked ? await pick(all, chosen) : chosen.applied.map(({ id }) => id);
    if (!wanted?.length) return undefined;
    const made = wanted.length === all.applied.length ? all : await proposeOnly(wanted);
    if (!made) throw failed(notLinted());
    const answer = await showResult(document, made);
    if (answer !== 'also') return answer === 'accept' ? made : undefined;
    chosen = made;
  }
}

async function pick(all: OptimizeResult, chosen: OptimizeResult): Promise<readonly string[] | undefined> {
  const choices = all.applied.map(({ id, title, gain, cost, assumes }) => ({
    label: title,
    detail: [gain, cost, assumes && l10n.t('Takes for granted that {0}.', assumes)].filter(Boolean).join(' '),
    value: id,
  }));
  const answers = await ask(l10n.t('Optimize Dockerfile'), [
    () => ({
      key: 'ids',
      kind: 'pick-many',
      title: l10n.t('What to change'),
      choices,
      values: chosen.applied.map(({ id }) => id),
    }),
  ]);
  return answers?.ids as readonly string[] | undefined;
}

/** Shows what would be written, with what it takes for granted, and asks whether it shall be. */
function showResult(
  document: vscode.TextDocument,
  { text, ignoreFile, applied }: OptimizeResult,
): ReturnType<typeof showDifference> {
  const name = vscode.workspace.asRelativePath(document.uri);
  const also = ignoreFile && vscode.workspace.asRelativePath(vscode.Uri.parse(ignoreFile.uri, true));
  const question = also
    ? l10n.t('Write these changes to {0}, and {1} to {2}?', name, (ignoreFile?.lines ?? []).join(', '), also)
    : l10n.t('Write these changes to {0}?', name);
  const granted = applied.flatMap(({ assumes }) => assumes ?? []);
  return showDifference(document.uri, text, {
    title: l10n.t('{0}: optimized', name),
    question:
      granted.length > 0
        ? `${question} ${l10n.t('They take for granted that {0}.', granted.join('; '))}`
        : question,
    accept: l10n.t('Apply'),
    also: applied.length > 1 ? l10n.t('Leave Out…') : undefined,
  });
}

/** One edit of both files, so that one step undoes it. */
async function toEdit(
  document: vscode.TextDocument,
  { text, ignoreFile }: OptimizeResult,
): Promise<vscode.WorkspaceEdit> {
  const edit = new vscode.WorkspaceEdit();
  const whole = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  if (text !== document.getText()) edit.replace(document.uri, whole, text);
  if (!ignoreFile) return edit;
  const uri = vscode.Uri.parse(ignoreFile.uri, true);
  edit.createFile(uri, { ignoreIfExists: true });
  // What the editor has of it counts, saved or not.
  const known = await vscode.workspace.openTextDocument(uri).then(
    (open) => open.getText(),
    () => '',
  );
  const lines = known.split('\n');
  const start = known === '' || known.endsWith('\n') ? '' : '\n';
  const end = new vscode.Position(lines.length - 1, lines.at(-1)?.length ?? 0);
  edit.insert(uri, end, `${start}${ignoreFile.lines.join('\n')}\n`);
  return edit;
}

function noDockerfile(): Failure {
  return {
    id: 'no-dockerfile',
    message: l10n.t('There is no Dockerfile in front of you.'),
    remedy: l10n.t('Open one, then run the command again.'),
  };
}

function notLinted(): Failure {
  return {
    id: 'not-linted',
    message: l10n.t('The language server does not know this file as a Dockerfile, or linting is off.'),
    remedy: l10n.t('Set its language to Dockerfile and wheelhouse.lint.enable to true.'),
  };
}
