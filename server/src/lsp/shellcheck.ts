import type { Connection } from 'vscode-languageserver';
import type { findShellcheck, Shellcheck } from '../adapters/shellcheck.ts';
import type { Settings } from '../config/settings.ts';
import type { RunShellcheck } from '../ports/ports.ts';
import { type ShellcheckParams, shellcheckNotification } from '../protocol/requests.ts';

export interface ShellcheckDoorOptions {
  readonly connection: Connection;
  readonly find: typeof findShellcheck;
  settings(): Promise<Settings['shellcheck']>;
}

/** The one way to ShellCheck: it is looked for when it is first needed, and no program runs without trust. */
export interface ShellcheckDoor {
  readonly run: RunShellcheck;
  trust(trusted: boolean): void;
  /** Looks again the next time, for when settings changed. */
  forget(): void;
}

export function createShellcheckDoor({ connection, find, settings }: ShellcheckDoorOptions): ShellcheckDoor {
  let trusted = false;
  let found: Promise<Shellcheck | undefined> | undefined;
  let told = '';
  let complaints = new Set<string>();
  const onFailure = (reason: string) => {
    if (!complaints.has(reason)) connection.console.warn(reason);
    complaints.add(reason);
  };

  const look = async (): Promise<Shellcheck | undefined> => {
    const { path } = await settings();
    const program = trusted ? await find({ program: path, onFailure }) : undefined;
    const params: ShellcheckParams = { version: program?.version ?? null, trusted };
    if (told !== JSON.stringify(params)) void connection.sendNotification(shellcheckNotification, params);
    told = JSON.stringify(params);
    return program;
  };
  return {
    async run(script, signal) {
      found ??= look();
      return (await found)?.run(script, signal);
    },
    trust(value) {
      trusted = value;
      found = undefined;
    },
    forget() {
      found = undefined;
      complaints = new Set();
    },
  };
}
