import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { CorpusFile } from '../corpus/files.ts';
import { cache } from '../parts/cache.ts';

/** What hadolint says of one file: `line code` of each finding, or undefined where it cannot parse the file. */
export type Verdict = ReadonlySet<string> | undefined;

interface JsonFinding {
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

const run = promisify(execFile);

/**
 * Runs the real hadolint over files, each by its text, without any configuration.
 * What it said is kept in the cache by binary and texts: a run over 2,000 files takes a minute.
 */
export async function askHadolint(
  binary: string,
  files: readonly CorpusFile[],
  flags: readonly string[] = [],
): Promise<ReadonlyMap<string, Verdict>> {
  const { stdout: version } = await run(binary, ['--version']);
  const hash = createHash('sha256').update(JSON.stringify([version, flags, files]));
  const kept = path.join(cache, 'oracle', `hadolint-${hash.digest('hex').slice(0, 20)}.json`);
  if (!existsSync(kept)) {
    mkdirSync(path.dirname(kept), { recursive: true });
    writeFileSync(kept, JSON.stringify(await askAll(binary, files, flags)));
  }
  const said = JSON.parse(readFileSync(kept, 'utf8')) as Record<string, string[] | null>;
  return new Map(Object.entries(said).map(([name, lines]) => [name, lines ? new Set(lines) : undefined]));
}

async function askAll(binary: string, files: readonly CorpusFile[], flags: readonly string[]) {
  const folder = mkdtempSync(path.join(cache, 'oracle', 'texts-'));
  const said: Record<string, string[] | null> = {};
  try {
    files.forEach(({ text }, index) => {
      writeFileSync(path.join(folder, `${index}.Dockerfile`), text);
    });
    const batch = 50;
    for (let start = 0; start < files.length; start += batch) {
      const indices = files.slice(start, start + batch).map((_, i) => start + i);
      const answers = await askSome(binary, folder, indices, flags);
      for (const index of indices) said[files[index]?.name ?? ''] = answers.get(index) ?? null;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return said;
}

/** Asks for several files in one process; where that crashes (`WORKDIR x` does), for each alone. */
async function askSome(
  binary: string,
  folder: string,
  indices: readonly number[],
  flags: readonly string[],
): Promise<Map<number, string[] | null>> {
  const names = indices.map((index) => `${index}.Dockerfile`);
  try {
    const { stdout } = await run(binary, ['-f', 'json', '--no-fail', ...flags, ...names], {
      cwd: folder,
      env: { HOME: folder, PATH: '' },
      maxBuffer: 64 << 20,
    });
    const answers = new Map<number, string[] | null>(indices.map((index) => [index, []]));
    for (const { file, line, code } of JSON.parse(stdout) as JsonFinding[]) {
      const index = Number.parseInt(file, 10);
      if (code === 'DL1000') answers.set(index, null);
      else answers.get(index)?.push(`${line} ${code}`);
    }
    return answers;
  } catch (error) {
    // 2.15.1 ends with an exception on `WORKDIR x`, `COPY []` and `COPY ["", ""]`.
    if (
      indices.length === 1 &&
      /Text\S*\.index|index out of bounds|empty (?:list|input)/i.test(String(error))
    ) {
      return new Map([[indices[0] as number, null]]);
    }
    if (indices.length === 1) throw error;
    const alone = new Map<number, string[] | null>();
    for (const index of indices) {
      for (const [at, answer] of await askSome(binary, folder, [index], flags)) alone.set(at, answer);
    }
    return alone;
  }
}
