// `npm run bench [-- FOLDER]`: how fast Dockerfiles are judged, beside the other language servers and linters and on the
// same files in the same run. `npm run bench -- --check` holds the bundles against those of the commit before.
// Figures are of this machine as it is now; compare those of one run.
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { serverFlags } from '../../client/src/language/server-flags.ts';
import { repository } from '../parts/cache.ts';
import { ensureBundles } from '../server/bundles.ts';
import { checkAgainstBefore } from './check.ts';
import { byTurns, type CommandLine, runTool } from './command-lines.ts';
import { median, milliseconds, quantile, row } from './figures.ts';
import { type LanguageServer, measureServer } from './language-servers.ts';
import { benchOurselves } from './ourselves.ts';
import { ensurePeers } from './peers.ts';
import { makeProjects } from './projects.ts';

/** As many files are opened in editors, and given to command lines. */
const opened = 219;
const linted = 600;
const rounds = 3;
const roundsOfOne = 15;

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean' }, against: { type: 'string' } },
  allowPositionals: true,
});
const folder = path.resolve(
  positionals[0] ?? process.env.WHEELHOUSE_CORPUS ?? path.join(repository, '../shared/corpus'),
);
const root = existsSync(folder) ? folder : path.join(repository, 'test/corpus/dockerfiles');
const files = globSync('**/*', { cwd: root, withFileTypes: true })
  .filter(
    (entry) =>
      entry.isFile() && /^(?:Dockerfile|Containerfile)|\.(?:dockerfile|Dockerfile)$/.test(entry.name),
  )
  .map((entry) => path.join(entry.parentPath, entry.name))
  .sort();
if (files.length === 0) throw new Error(`There are no Dockerfiles in ${root}. Name a folder that has some.`);
console.log(`${files.length} Dockerfiles of ${root}, Node ${process.versions.node}, ${cpus().length} cores`);

/** Files from all of a list, as many as wanted where there are so many. */
const sample = (wanted: number) => {
  const every = Math.max(1, files.length / wanted);
  return Array.from(
    { length: Math.min(wanted, files.length) },
    (_, i) => files[Math.floor(i * every)] as string,
  );
};

const { server, cli } = await ensureBundles();
if (values.check) {
  process.exitCode = (await checkAgainstBefore(sample(opened), sample(linted), values.against)) ? 0 : 1;
} else {
  const peers = await ensurePeers();
  await benchServers([
    { name: 'wheelhouse', command: [process.execPath, ...serverFlags, server, '--stdio'] },
    { name: 'rcjsuen’s server', command: [process.execPath, peers.langserver, '--stdio'] },
    { name: 'tally lsp', command: [peers.tally, 'lsp', '--stdio'] },
  ]);
  benchCommandLines(peers);
  await benchOurselves(files.map((file) => readFileSync(file, 'utf8')));
}

async function benchServers(servers: readonly LanguageServer[]): Promise<void> {
  const projects = makeProjects(sample(opened));
  try {
    console.log(`\nLanguage servers, ${projects.files.length} files, each in a project`);
    row('', 'start', 'open p50', 'change p50', 'change p95', 'working', 'rest', 'findings');
    for (const one of servers) {
      const { start, opening, changing, working, rest, findings } = await measureServer(one, projects.files);
      const times = [start, median(opening), median(changing), quantile(changing, 0.95)].map(milliseconds);
      row(one.name, ...times, `${working} MB`, `${rest} MB`, String(findings));
    }
  } finally {
    projects.remove();
  }
}

function benchCommandLines({ hadolint, tally, shellcheck }: Awaited<ReturnType<typeof ensurePeers>>): void {
  const withShellcheck = mkdtempSync(path.join(tmpdir(), 'wheelhouse-bench-'));
  symlinkSync(shellcheck, path.join(withShellcheck, 'shellcheck'));
  const ours = [process.execPath, cli, 'lint', '--format', 'json', '--no-fail'] as const;
  const tools: readonly CommandLine[] = [
    { name: 'wheelhouse', command: [...ours, '--no-shellcheck'] },
    { name: 'wheelhouse with ShellCheck', command: ours, path: withShellcheck },
    { name: 'hadolint, which has it within', command: [hadolint, '--format', 'json', '--no-fail'] },
    // Its slow checks wait for registries.
    {
      name: 'tally',
      command: [tally, 'lint', '--format', 'json', '--fail-level', 'none', '--slow-checks', 'off'],
    },
  ];
  try {
    const all = sample(linted);
    // tally gives up a whole run at the first file that it cannot read.
    const readable = all.filter((file) => runTool(tools[3] as CommandLine, [file]).status === 0);
    report(`Command lines, ${readable.length} files that all can read`, rounds, tools, readable);
    report('Command lines, one file', roundsOfOne, tools, readable.slice(0, 1));
  } finally {
    rmSync(withShellcheck, { recursive: true });
  }
}

function report(
  title: string,
  rounds: number,
  tools: readonly CommandLine[],
  files: readonly string[],
): void {
  const times = byTurns(rounds, tools, files).map((own) => own.map((time) => time / files.length));
  console.log(`\n${title}, ${rounds} rounds by turns`);
  row('', 'a file', 'of our time');
  for (const [i, { name }] of tools.entries()) {
    const ratio = median((times[i] ?? []).map((time, round) => time / (times[0]?.[round] ?? Number.NaN)));
    row(name, milliseconds(median(times[i] ?? [])), `${ratio.toFixed(2)}×`);
  }
}
