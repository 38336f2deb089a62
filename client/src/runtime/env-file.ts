// Variables of a container may be secrets, and every user of the machine can read a command line. So they go
// into a file that only this user may read, for as long as the engine's CLI needs it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { failed } from './failures.ts';

type Variables = Readonly<Record<string, string>>;

/** Calls `use` with the path of an env file of the variables, or with nothing where there are none. */
export async function withEnvFile<T>(
  variables: Variables | undefined,
  use: (file: string | undefined) => Promise<T>,
): Promise<T> {
  const pairs = Object.entries(variables ?? {});
  if (pairs.length === 0) return use(undefined);
  const broken = pairs.find(([, value]) => /[\r\n]/.test(value));
  if (broken) {
    throw failed({
      id: 'env-newline',
      message: l10n.t('The value of {0} has more than one line, which an env file cannot hold.', broken[0]),
      remedy: l10n.t('Mount a file with the value instead.'),
    });
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'wheelhouse-env-'));
  try {
    const file = path.join(folder, 'env');
    await writeFile(file, pairs.map(([name, value]) => `${name}=${value}\n`).join(''), { mode: 0o600 });
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
