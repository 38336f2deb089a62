import type { ShellCommand } from '../syntax/shell.ts';
import type { Copy, Instruction } from '../syntax/tree.ts';
import { type ChainedCommand, commandChain } from './command-chain.ts';
import { type CopiedFolder, contextPathOf, overlaps, type Passing, touches } from './copied-folder.ts';
import { madeEnvironment, makesEnvironment, passing } from './passing-commands.ts';
import { mayPassCopy } from './passing-copies.ts';
import { pathAt, workdirAt } from './paths.ts';
import { folderOf, follow } from './project-commands.ts';
import { isWholeCopy } from './whole-copies.ts';

/** How far down a COPY of the project may go: what stands above that needs some of its files alone. */
export interface CopyRoute {
  /** Files of the context. */
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
  /** The folder in which the RUN starts, and the one in which the command runs. */
  readonly start: string;
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
  let last: Instruction | undefined;
  let stop: RouteStop | undefined;
  for (const it of stage.instructions) {
    if (it.index <= copy.index) continue;
    if (it.onbuild || (it.node.keyword !== 'RUN' && !mayPass(folder, it))) break;
    if (it.node.keyword !== 'RUN') continue;
    const read = readRun(folder, it, [...files]);
    if (!read) break;
    stop = read.stop;
    if (stop) break;
    for (const file of read.files) files.add(file);
    if (read.installs.length === 0) continue;
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

/** Each command asks where those before it went; nobody writes so many in a RUN that installs packages. */
const mostCommands = 200;

/** A command of a RUN that passes. */
interface Passed extends Passing {
  readonly command: ShellCommand;
  readonly cwd: string;
}

/**
 * What a RUN needs of the project; undefined where it is not understood.
 * @param known files that come in above it
 */
function readRun(folder: CopiedFolder, run: Instruction, known: readonly string[]): RunRead | undefined {
  const { facts, stage } = folder;
  const start = workdirAt(facts.file, stage, run);
  const chain = chainOf(folder, run);
  if (start === undefined || chain.length === 0 || chain.length > mostCommands) return undefined;
  const commands = chain.map(({ command }) => command);
  const text = run.node.heredocs.length > 0 ? run.node.text : run.node.plain;
  let passed: Passed[] = [];
  for (const [i, { command, joint }] of chain.entries()) {
    const cwd = folderOf(start, commands.slice(0, i), command, run.node.text);
    if (cwd === undefined) return undefined;
    // A test may ask for any file.
    if (joint === undefined) break;
    const isFed = joint === '|';
    const reads = redirects(folder, text.slice(command.from, commands[i + 1]?.from), cwd);
    const needed = reads ? undefined : passing(folder, command, cwd, isFed);
    if (!needed) break;
    passed.push({ ...needed, command, cwd });
  }
  const filesOf = () => passed.flatMap(({ files }) => files);
  for (;;) {
    const files = [...known, ...filesOf()];
    const lost = passed.findIndex(({ cwd }) => cwd !== start && !isReached(folder, cwd, files));
    if (lost < 0) break;
    passed = passed.slice(0, lost);
  }
  const installs = passed.filter((one) => one.installs).map(({ command }) => command);
  const command = commands[passed.length];
  if (!command) return { files: filesOf(), installs, stop: undefined };
  const cwd = folderOf(start, commands.slice(0, passed.length), command, run.node.text) ?? start;
  const head = chain.slice(0, passed.length);
  const stop = { run, command, start, cwd, head, chain, headInstalls: installs, headFiles: filesOf() };
  return { files: [], installs: [], stop };
}

/** The outermost commands of a RUN that a usual shell reads, or none. */
function chainOf({ facts }: CopiedFolder, run: Instruction): readonly ChainedCommand[] {
  const shell = facts.shellText(run);
  if (!shell || shell.script.hasErrors || shell.interpreter) return [];
  if (shell.form === 'exec')
    return facts.commands(run).map((command) => ({ command, joint: '', closes: 0, opens: 0 }));
  return shell.form === 'shell' && run.node.heredocs.length > 0 ? [] : commandChain(facts, run);
}

/** Whether a folder that a command went into is there without the project. */
function isReached(folder: CopiedFolder, cwd: string, files: readonly string[]): boolean {
  const path = contextPathOf(folder, cwd);
  return path === undefined || files.some((file) => path === '' || file.startsWith(`${path}/`));
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
function mayPass(folder: CopiedFolder, it: Instruction): boolean {
  const { facts, stage, copy, at } = folder;
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
  if ((node.keyword !== 'COPY' && node.keyword !== 'ADD') || isWholeCopy(it)) return false;
  const { destination } = node as Copy;
  const place = destination && pathAt(facts.file, stage, it, destination);
  if (place === undefined) return false;
  if (programs.test(`${place}/`)) return true;
  // Where neither is absolute, both count from the folder that the base left.
  const isKnown = place.startsWith('/') === at.startsWith('/') && !`${at}/${place}`.includes('..');
  const isElsewhere = isKnown && !overlaps(at, place);
  return isElsewhere || mayPassCopy(folder, it as Instruction<Copy>);
}
