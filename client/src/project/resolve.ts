// Asks the person's own uv whether what an image would install can be had, before its files are written.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { ScaffoldInstall } from '../../../server/src/protocol/requests.ts';
import type { Exit } from '../runtime/exec.ts';
import { failureOf } from '../runtime/failures.ts';
import { resolveInstall } from '../runtime/uv-commands.ts';
import { withNotification } from '../ui/say.ts';
import type { Workbench } from '../ui/workbench.ts';

/** For all that is asked. */
const patienceMs = 45_000;
/** So many packages that have to be built are found, one after the other. */
const mostSources = 8;
const longestReason = 1_500;

/** Why it cannot be had, in uv's words; undefined where it can, or where that could not be told. */
export async function whyUnresolved(
  workbench: Pick<Workbench, 'run' | 'uv'>,
  folder: vscode.Uri,
  install: ScaffoldInstall,
): Promise<string | undefined> {
  const step = l10n.t('Asking uv whether the packages of the image can be had');
  const end = Date.now() + patienceMs;
  return withNotification(step, async (_report, token) => {
    let isCancelled = false;
    const cancelled = new Promise<undefined>((resolve) =>
      token.onCancellationRequested(() => {
        isCancelled = true;
        resolve(undefined);
      }),
    );
    const ask = async (leftOut: string | undefined) => {
      let ended: Exit | undefined;
      await workbench
        .run(resolveInstall(workbench.uv(), install, leftOut), {
          step,
          tool: 'uv',
          cwd: folder.fsPath,
          stdin: `${install.requirements.join('\n')}\n`,
          timeoutMs: Math.max(end - Date.now(), 1),
          failedWith: (exit) => {
            ended = exit;
          },
        })
        // Without uv, without a network or after a cancel the files are written as before.
        .catch((error: unknown) => {
          if (!failureOf(error)) throw error;
        });
      return ended;
    };
    const asked = withFile(async (file, write) => {
      const sources: string[] = [];
      let ended = await ask(undefined);
      // It stops at the first one that has to be built, and names none of the others that cannot be had.
      for (let found = sourcesIn(ended); found.length > 0; found = sourcesIn(ended)) {
        if (isCancelled || sources.length >= mostSources || found.some((name) => sources.includes(name)))
          return undefined;
        sources.push(...found);
        await write(`${sources.join('\n')}\n`);
        ended = await ask(file);
      }
      return ended && reasonOf(ended);
    });
    return Promise.race([asked, cancelled]);
  });
}

/** Calls with a file that is gone afterwards, and what writes it. */
async function withFile<T>(
  use: (file: string, write: (text: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wheelhouse-resolve-'));
  const file = path.join(folder, 'excludes.txt');
  try {
    return await use(file, (text) => writeFile(file, text));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The packages that would have to be built, by their names. */
const sourcesIn = (exit: Exit | undefined): string[] =>
  exit?.kind !== 'exited'
    ? []
    : [
        ...stripVTControlCharacters(exit.stderr).matchAll(
          /`([A-Za-z0-9][\w.-]*)` because building from source is disabled/g,
        ),
      ].map(([, name = '']) => name);

/** Only what is certain. */
export function reasonOf(exit: Exit): string | undefined {
  if (exit.kind !== 'exited') return undefined;
  const said = stripVTControlCharacters(exit.stderr);
  const isCertain = /No solution found|Couldn't parse requirement|Failed to parse|Expected `--hash`/.test(
    said,
  );
  // What has to be built could be had all the same, and what was not asked for, too.
  if (!isCertain || /building from source is disabled|network was disabled/.test(said)) return undefined;
  const [, because = said] = /^ *cause: ([\s\S]*)$/m.exec(said) ?? [];
  return because.replace(/\s+/g, ' ').trim().slice(0, longestReason);
}
