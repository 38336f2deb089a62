import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { serverFlags } from '../../client/src/language/server-flags.ts';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import { createService } from '../../server/src/service.ts';
import { startServer } from '../server/client.ts';
import { loadTestShellParser } from '../server/linter.ts';
import { milliseconds, quantile, row } from './figures.ts';
import { middleOfInstruction } from './language-servers.ts';

/** What no other program can be asked: the rules without a server around them, and files of unusual size. */
export async function benchOurselves(texts: readonly string[]): Promise<void> {
  const parseShell = await loadTestShellParser();
  const service = createService({
    ports: { readFile: async () => undefined, log: console.error },
    parseShell,
  });
  const judge = (text: string) => {
    const begin = performance.now();
    service.lint(text, defaultConfiguration);
    return performance.now() - begin;
  };
  row('rules alone', 'p50', 'p95', 'most');
  quantiles('  a text for the first time', texts.map(judge));
  quantiles('  again, as most of it is known', texts.map(judge));
  const server = await startServer({ execArgv: serverFlags });
  row('change to findings', 'p50', 'p95', 'most');
  quantiles('  1,000 instructions', await typeInto(server, 'untitled:long', longFile(texts)));
  quantiles('  20,000 files around', await changeInLargeProject(server));
  await server.stop();
}

const quantiles = (name: string, times: readonly number[]) =>
  row(name, ...[0.5, 0.95, 1].map((share) => milliseconds(quantile(times, share))));

/** 1,000 instructions of many files. */
function longFile(texts: readonly string[]): string {
  const isRun = (line: string) => /^(?:RUN|COPY|ENV|ARG|WORKDIR) \S.*[^\\]$/.test(line);
  const lines = texts.flatMap((text) => text.split(/\r?\n/).filter(isRun));
  const every = Math.max(1, Math.floor(lines.length / 1000));
  return ['FROM debian:12', ...lines.filter((_, i) => i % every === 0).slice(0, 1000)].join('\n');
}

/** In a project of 20,000 files, as many as are looked at, all of which the Dockerfile copies. */
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
    const end = { ...start, character: start.character + (insert ? 0 : 1) };
    const begin = performance.now();
    void server.change(uri, version, { range: { start, end }, text: insert });
    await server.pull(uri);
    durations.push(performance.now() - begin);
  }
  await server.close(uri);
  return durations;
}
