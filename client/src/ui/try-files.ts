import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Action } from '../runtime/failures.ts';

/** Files of an image that are tried before they are written. */
export type FilesToTry = {
  /** What messages call them. */
  readonly what: string;
  /** The folder that is built from, as a path. */
  readonly context: string;
  readonly dockerfile: string;
  /** The text of the ignore file; that of the context counts, where it is left out. */
  readonly ignoreFile?: string | undefined;
  /** Variables of the container, some of which may be secrets. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  /** The person knows that the program is started. */
  readonly isAgreed: boolean;
  /** Once they are found to work; answers with what was done, in a sentence. */
  readonly write: () => Promise<string>;
  /** What is offered then. */
  readonly next?: readonly Action[];
  /** What is offered where they are not. */
  readonly writeAnyway: Action;
  readonly again: Action;
  /** What tries them anew with a shared library or a program that was not found; nothing where it is not known what brings it. */
  readonly mend?: (missing: string) => Promise<Action | undefined>;
};

export const buildImageOf = (dockerfile: vscode.Uri): Action => ({
  label: t('Build Image'),
  command: 'wheelhouse.images.build',
  arguments: [dockerfile],
});

/** Those who can build; the composition root hands it to the capabilities. */
export type TryFiles = (files: FilesToTry) => Promise<void>;
