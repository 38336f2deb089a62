import type { ShellCommand } from '../syntax/shell.ts';
import type { Copy, Instruction } from '../syntax/tree.ts';
import { type ChainedCommand, commandChain } from './command-chain.ts';
import { type CopiedFolder, contextPathOf, overlaps, touches } from './copied-folder.ts';
import { madeEnvironment, makesEnvironment, passing } from './passing-commands.ts';
import { pathAt, workdirAt } from './paths.ts';
import { folderOf, follow } from './project-commands.ts';

/** How far down a COPY of the project may go: what stands above that needs some of its files alone. */
export interface CopyRoute {
  /** Files of the context, without those that are read behind `end`. */
  readonly files: readonly string[];
  /** Installs that no longer follow the COPY. */
  readonly installs: readonly ShellCommand[];
  /** The last RUN that installs packages and may be passed as a whole. */
  readonly last: Instruction | undefined;
  /** The RUN that cannot be passed, at least not all of it. */
  readonly stop: RouteStop | undefined;
}

/** A RUN that needs the project. */
export interface RouteStop {
  readonly run: Instruction;
  /** The command that needs it. */
  readonly command: ShellCommand;
  /** The folder in which it runs. */
  readonly cwd: string;
  /** The commands before it, which do not. */
  readonly head: readonly ChainedCommand[];
  readonly headInstalls: readonly ShellCommand[];
  readonly headFiles: readonly string[];
  /** All commands of the RUN. */
  readonly chain: readonly ChainedCommand[];
}

/** Follows the instructions behind a COPY up to one that needs the project. */
export function copyRoute(folder: CopiedFolder): CopyRoute {
  const { stage, copy } = folder;
  for (const it of stage.instructions) if (it.index < copy.index) noteEnvironments(folder, it);
  const files = new Set<string>();
  const installs: ShellCommand[] = [];
  let pending: string[] = [];
  let last: Instruction | undefined;
  let stop: RouteStop | undefined;
  for (const it of stage.instructions) {
    if (it.index <= copy.index) continue;
    if (it.onbuild || (it.node.keyword !== 'RUN' && !mayPass(folder, it))) break;
    if (it.node.keyword !== 'RUN') continue;
    const read = readRun(folder, it);
    if (!read) break;
    stop = read.stop;
    if (stop) break;
    pending = [...pending, ...read.files];
    if (read.installs.length === 0) continue;
    for (const file of pending) files.add(file);
    pending = [];
    installs.push(...read.installs);
    last = it;
  }
  return { files: [...files], installs, last, stop };
}

function noteEnvironments({ facts, stage, environments }: CopiedFolder, run: Instruction): void {
  const cwd = workdirAt(facts.file, stage, run);
  for (const command of facts.commands(run)) {
    const place = makesEnvironment(command) ? madeEnvironment(command, cwd ?? '.') : undefined;
    if (place !== undefined) environments.add(place);
  }
}

interface RunRead {
  readonly files: readonly string[];
  readonly installs: readonly ShellCommand[];
  readonly stop: RouteStop | undefined;
}

/** What a RUN needs of the project; undefined where it is not understood. */
function readRun(folder: CopiedFolder, run: Instruction): RunRead | undefined {
  const { facts, stage } = folder;
  const { node } = run;
  const shell = facts.shellText(run);
  if (
    !shell ||
    shell.script.hasErrors ||
    shell.interpreter ||
    (node.heredocs.length > 0 && shell.form === 'shell')
  )
    return undefined;
  const text = shell.form === 'heredoc' ? node.text : node.plain;
  const start = workdirAt(facts.file, stage, run);
  const chain: readonly ChainedCommand[] =
    shell.form === 'exec'
      ? facts.commands(run).map((command) => ({ command, joint: '', closes: 0, opens: 0 }))
      : commandChain(facts, run);
  if (start === undefined || chain.length === 0) return undefined;
  const commands = chain.map(({ command }) => command);
  const files: string[] = [];
  const installs: ShellCommand[] = [];
  for (const [i, { command, joint }] of chain.entries()) {
    const cwd = folderOf(start, commands.slice(0, i), command, node.text);
    if (cwd === undefined) return undefined;
    const needed = redirects(folder, text.slice(command.from, chain[i + 1]?.command.from), cwd)
      ? undefined
      : passing(folder, command, cwd, joint === '|');
    const inFolder = needed && isReached(folder, cwd, start, [...files, ...needed.files]);
    if (!needed || !inFolder) {
      const head = chain.slice(0, i);
      const stop = { run, command, cwd, head, chain, headInstalls: installs, headFiles: files };
      return { files: [], installs: [], stop };
    }
    files.push(...needed.files);
    if (needed.installs) installs.push(command);
  }
  return { files, installs, stop: undefined };
}

/** Whether a folder that a command went into is there without the project. */
function isReached(folder: CopiedFolder, cwd: string, start: string, files: readonly string[]): boolean {
  const path = contextPathOf(folder, cwd);
  if (path === undefined || cwd === start) return true;
  return files.some((file) => path === '' || file.startsWith(`${path}/`));
}

/** Whether a command reads a file of the folder as its input, or writes one. */
function redirects(folder: CopiedFolder, text: string, cwd: string): boolean {
  if (/(?:^|\s)\d?<(?!<)/.test(text)) return true;
  return [...text.matchAll(/(?:^|[\s\d"'&])>{1,2}[ \t]*([^\s;&|<>]+)/g)].some(([, target = '']) => {
    const place = follow(cwd, target.replace(/["']/g, ''));
    return place === undefined || !place.startsWith('/') || touches(folder, place, cwd);
  });
}

const idle = /^(?:LABEL|EXPOSE|SHELL|CMD|ENTRYPOINT|HEALTHCHECK|STOPSIGNAL)$/;
/** Folders of programs, in which no project lies. */
const programs = /^\/(?:usr\/)?(?:local\/)?s?bin\//;

/** Whether a COPY may go below an instruction that runs nothing. */
function mayPass({ facts, stage, copy, at }: CopiedFolder, it: Instruction): boolean {
  const { node } = it;
  if (idle.test(node.keyword)) return true;
  const written = copy.node.destination?.value ?? '';
  // A COPY behind a USER looks as if the files were that user's.
  if (node.keyword === 'USER') return copy.node.flags.some(({ name }) => name === 'chown');
  if (node.keyword === 'WORKDIR') return /^[/$]/.test(written);
  if (node.keyword === 'ENV' || node.keyword === 'ARG') {
    const used = copy.node.text.includes('$');
    return !used || !node.pairs.some(({ key }) => copy.node.text.includes(key.value));
  }
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return false;
  const { destination } = node as Copy;
  const place = destination && pathAt(facts.file, stage, it, destination);
  if (place === undefined) return false;
  return programs.test(`${place}/`) || (place.startsWith('/') && at.startsWith('/') && !overlaps(at, place));
}
