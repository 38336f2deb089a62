import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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
 * What it said of a text is kept in the cache by binary and flags: several tests ask of the same texts, side by side, and a
 * run over 2,000 takes minutes.
 */
export async function askHadolint(
  binary: string,
  files: readonly CorpusFile[],
  flags: readonly string[] = [],
): Promise<ReadonlyMap<string, Verdict>> {
  const { stdout: version } = await run(binary, ['--version']);
  const kept = path.join(cache, 'oracle', `hadolint-${shortHash(JSON.stringify([version, flags]))}.jsonl`);
  mkdirSync(path.dirname(kept), { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'oracle', 'texts-'));
  try {
    let said = readKept(kept);
    let open = [...new Map(files.map(({ text }) => [shortHash(text), text]))];
    for (;;) {
      open = open.filter(([hash]) => !said.has(hash));
      if (open.length === 0) break;
      const some = open.slice(0, batch).map(([hash, text], index) => {
        writeFileSync(path.join(folder, `${index}.Dockerfile`), text);
        return hash;
      });
      const answers = await askSome(binary, folder, [...some.keys()], flags);
      const lines = some.map((hash, index) => `${JSON.stringify([hash, answers.get(index) ?? null])}\n`);
      appendFileSync(kept, `\n${lines.join('')}`);
      said = readKept(kept);
    }
    return new Map(
      files.map(({ name, text }) => {
        const lines = said.get(shortHash(text));
        return [name, lines ? new Set(lines) : undefined];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const batch = 50;
const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 20);

function readKept(file: string): ReadonlyMap<string, readonly string[] | null> {
  if (!existsSync(file)) return new Map();
  const lines = readFileSync(file, 'utf8').split('\n');
  // One that was ended while it wrote leaves half a line, of which is asked again.
  return new Map(lines.filter((line) => /(?:\]|null)\]$/.test(line)).map((line) => JSON.parse(line)));
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
      // Of itself it has four threads collect its garbage, whatever the machine has.
      env: { HOME: folder, PATH: '', GHCRTS: '-N1 -A64m' },
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
