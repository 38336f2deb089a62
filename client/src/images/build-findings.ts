// What the last build of a Dockerfile failed at, at its line and among the problems, until it is built again.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type Action, cancelledId, type Failure } from '../runtime/failures.ts';
import { dockerfileLimit } from '../runtime/text-file.ts';
import { asText } from '../ui/plain-text.ts';
import { vouch } from '../ui/vouched.ts';
import { dockerfileSelector, readText } from '../ui/workspace.ts';
import { type FailedLines, failedLines } from './failed-lines.ts';

export type BuildFindings = vscode.Disposable & {
  forget(dockerfile: string): void;
  /**
   * Notes where a build failed, if its output shows it; gives the failure with the way to that line.
   * @param again what is offered at that line, where one is once the message is gone
   */
  note(dockerfile: string, output: string, failure: Failure, again?: Action): Promise<Failure>;
};

export function createBuildFindings(): BuildFindings {
  const shown = vscode.languages.createDiagnosticCollection('wheelhouse-build');
  const offered = new Map<string, vscode.CodeLens>();
  const changed = new vscode.EventEmitter<void>();
  const lenses = vscode.languages.registerCodeLensProvider(dockerfileSelector, {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: ({ uri }) => [offered.get(uri.fsPath) ?? []].flat(),
  });
  return {
    dispose() {
      shown.dispose();
      lenses.dispose();
      changed.dispose();
    },
    forget(dockerfile) {
      shown.delete(vscode.Uri.file(dockerfile));
      if (offered.delete(dockerfile)) changed.fire();
    },
    async note(dockerfile, output, failure, again) {
      if (failure.id === cancelledId) return failure;
      const text = (await readText(vscode.Uri.file(dockerfile), dockerfileLimit)) ?? '';
      const lines = failedLines(output, text);
      if (!lines) return failure;
      const found = finding(lines, failure);
      shown.set(vscode.Uri.file(dockerfile), [found]);
      if (again) {
        const { label: title, command, arguments: given = [] } = again;
        const does = { title, command, arguments: given.map(vouch) };
        offered.set(dockerfile, { range: found.range, command: does, isResolved: true });
        changed.fire();
      }
      return {
        ...failure,
        message: l10n.t('Line {0} failed. {1}', lines.first, failure.message),
        action: failure.action ?? {
          label: l10n.t('Go to Line'),
          command: 'wheelhouse.images.openFile',
          arguments: [dockerfile, lines.first],
        },
      };
    },
  };
}

function finding({ first, last }: FailedLines, { message, remedy }: Failure): vscode.Diagnostic {
  const range = new vscode.Range(first - 1, 0, last - 1, Number.MAX_SAFE_INTEGER);
  const diagnostic = new vscode.Diagnostic(range, asText(`${message} ${remedy}`));
  diagnostic.source = l10n.t('last build');
  return diagnostic;
}
