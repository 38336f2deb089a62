// What the last build of a Dockerfile failed at, at its line and among the problems, until it is built again.
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { cancelledId, type Failure } from '../runtime/failures.ts';
import { dockerfileLimit } from '../runtime/text-file.ts';
import { asText } from '../ui/plain-text.ts';
import { readText } from '../ui/workspace.ts';
import { type FailedLines, failedLines } from './failed-lines.ts';

export type BuildFindings = vscode.Disposable & {
  forget(dockerfile: string): void;
  /** Notes where a build failed, if its output shows it; gives the failure with the way to that line. */
  note(dockerfile: string, output: string, failure: Failure): Promise<Failure>;
};

export function createBuildFindings(): BuildFindings {
  const shown = vscode.languages.createDiagnosticCollection('wheelhouse-build');
  return {
    dispose: () => shown.dispose(),
    forget: (dockerfile) => shown.delete(vscode.Uri.file(dockerfile)),
    async note(dockerfile, output, failure) {
      if (failure.id === cancelledId) return failure;
      const text = (await readText(vscode.Uri.file(dockerfile), dockerfileLimit)) ?? '';
      const lines = failedLines(output, text);
      if (!lines) return failure;
      shown.set(vscode.Uri.file(dockerfile), [finding(lines, failure)]);
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
