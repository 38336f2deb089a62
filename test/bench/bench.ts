// `npm run bench [-- FOLDER]`: how fast Dockerfiles are judged, by the service alone, through the real server's pipe,
// and by the CLI beside other linters.
// Figures are of this machine as it is now; compare runs on the same one.
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { serverFlags } from '../../client/src/language/server-flags.ts';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { createService } from '../../server/src/service.ts';
import { ensureBundles } from '../server/bundles.ts';
import { startServer } from '../server/client.ts';
import { loadTestShellParser } from '../server/linter.ts';
import { benchPairs } from './pairs.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const folder = path.resolve(
  process.argv[2] ?? process.env.WHEELHOUSE_CORPUS ?? path.join(repository, '../shared/corpus'),
);
const own = path.join(repository, 'test/corpus/dockerfiles');
const root = existsSync(folder) ? folder : own;
const files = globSync('**/*', { cwd: root, withFileTypes: true })
  .filter(
    (entry) =>
      entry.isFile() && /^(?:Dockerfile|Containerfile)|\.(?:dockerfile|Dockerfile)$/.test(entry.name),
  )
  .map((entry) => path.join(entry.parentPath, entry.name));
const texts = files.map((file) => readFileSync(file, 'utf8'));
if (texts.length === 0) throw new Error(`There are no Dockerfiles in ${root}. Name a folder that has some.`);
console.log(`${texts.length} Dockerfiles of ${root}, Node ${process.versions.node}, ${cpus().length} cores`);

await benchService();
await benchServer();
await benchPairs(files);

/** Findings of the first pass, each text by a service that has never seen it, and again by one that has. */
async function benchService(): Promise<void> {
  const parseShell = await loadTestShellParser();
  const service = createService({
    ports: { readFile: async () => undefined, log: console.error },
    parseShell,
  });
  for (const name of ['service, first time', 'service, again']) {
    row(
      name,
      texts.map((text) => time(() => service.lint(text, defaultConfiguration))),
    );
  }
}

/** A key typed and taken back in the middle of each open file, then the pull that an editor sends: until its answer is here. */
async function benchServer(): Promise<void> {
  await ensureBundles();
  const begin = performance.now();
  const server = await startServer({ execArgv: serverFlags });
  const uri = (i: number) => `untitled:bench-${i}`;
  await server.open(uri(0), texts[0] as string);
  await server.pull(uri(0));
  console.log(`start to first diagnostics   ${(performance.now() - begin).toFixed(0)} ms`);

  const opening: number[] = [];
  const changing: number[] = [];
  for (const [i, text] of texts.entries()) {
    const begin = performance.now();
    if (i > 0) await server.open(uri(i), text);
    await server.pull(uri(i));
    opening.push(performance.now() - begin);
    const place = middleOfInstruction(text);
    for (let version = 2; version <= 7; version++) {
      const insert = version % 2 === 0 ? 'x' : '';
      const end = { line: place.line, character: place.character + (insert ? 0 : 1) };
      const begin = performance.now();
      void server.change(uri(i), version, { range: { start: place, end }, text: insert });
      await server.pull(uri(i));
      changing.push(performance.now() - begin);
    }
    await server.close(uri(i));
  }
  row('open to diagnostics', opening);
  row('change to diagnostics', changing);
  row('the same, 1,000 instructions', await changeLongFile(server));
  row('the same, 20,000 files around', await changeInLargeProject(server));
  const working = memory(server.pid);
  await setTimeout(10_000);
  console.log(
    `server memory ${working} MB after all of them, ${memory(server.pid)} MB after ten seconds of rest`,
  );
  await server.stop();
}

/** Milliseconds from change to answer in a file of 1,000 instructions, taken from the corpus. */
async function changeLongFile(server: Awaited<ReturnType<typeof startServer>>): Promise<number[]> {
  const isRun = (line: string) => /^(?:RUN|COPY|ENV|ARG|WORKDIR) \S.*[^\\]$/.test(line);
  const lines = texts.flatMap((text) => text.split(/\r?\n/).filter(isRun));
  const every = Math.max(1, Math.floor(lines.length / 1000));
  const text = ['FROM debian:12', ...lines.filter((_, i) => i % every === 0).slice(0, 1000)].join('\n');
  return typeInto(server, 'untitled:long', text);
}

/** The same in a project of 20,000 files, as many as are looked at, all of which the Dockerfile copies. */
async function changeInLargeProject(server: Awaited<ReturnType<typeof startServer>>): Promise<number[]> {
  const project = mkdtempSync(path.join(tmpdir(), 'wheelhouse-bench-'));
  const text =
    'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCOPY dist/*.whl .\nRUN uv sync --locked\nCMD ["python", "a.py"]\n';
  const files = {
    Dockerfile: text,
    'pyproject.toml': '[project]\nname = "bikes"\n',
    '.dockerignore': '*.md\ndata\n!data/x\n',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(project, name), content);
  for (let i = 0; i < 20_000; i++) {
    const below = path.join(project, `src/part${i % 300}`);
    if (i < 300) mkdirSync(below, { recursive: true });
    writeFileSync(path.join(below, `module${i}.py`), '');
  }
  try {
    return await typeInto(server, pathToFileURL(path.join(project, 'Dockerfile')).href, text);
  } finally {
    rmSync(project, { recursive: true });
  }
}

/** Milliseconds from change to answer while a key is typed and taken back in the middle of a file. */
async function typeInto(
  server: Awaited<ReturnType<typeof startServer>>,
  uri: string,
  text: string,
): Promise<number[]> {
  await server.open(uri, text);
  await server.pull(uri);
  // What is read of a folder comes late, and brings another judgement.
  await setTimeout(2_000);
  const durations: number[] = [];
  for (let version = 2; version <= 101; version++) {
    const insert = version % 2 === 0 ? 'x' : '';
    const start = middleOfInstruction(text);
    const end = { line: start.line, character: start.character + (insert ? 0 : 1) };
    const begin = performance.now();
    void server.change(uri, version, { range: { start, end }, text: insert });
    await server.pull(uri);
    durations.push(performance.now() - begin);
  }
  await server.close(uri);
  return durations;
}

/** The end of the first word behind the keyword of the instruction in the middle of the file. */
function middleOfInstruction(text: string): { line: number; character: number } {
  const lines = text.split(/\r?\n/);
  const middle = lines.length >> 1;
  const isInstruction = (line: string) => /^[A-Za-z]+ +\S/.test(line);
  const found = lines.findIndex((line, i) => i >= middle && isInstruction(line));
  const line = found >= 0 ? found : Math.max(0, lines.findLastIndex(isInstruction));
  return { line, character: /^[A-Za-z]+ +\S+/.exec(lines[line] ?? '')?.[0].length ?? 0 };
}

function time(work: () => unknown): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}

function row(name: string, durations: readonly number[]): void {
  const sorted = [...durations].sort((a, b) => a - b);
  const total = sorted.reduce((sum, duration) => sum + duration, 0);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2);
  const perSecond = Math.round((1000 * durations.length) / total);
  console.log(
    `${name.padEnd(31)} ${String(perSecond).padStart(6)} a second   p50 ${at(0.5)}   p95 ${at(0.95)}   max ${at(1)} ms`,
  );
}

/** Resident memory of a process in MB, from /proc; NaN elsewhere. */
function memory(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
  } catch {
    return Number.NaN;
  }
}
