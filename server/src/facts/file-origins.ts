import { harmlessCommands } from '../data/harmless-commands.ts';
import type { ShellCommand } from '../syntax/shell.ts';
import type { Copy, Instruction } from '../syntax/tree.ts';
import { isPythonImage, isWellKnown, staysRoot } from './base-images.ts';
import { contextSources, filesOf, hasWildcard, sentFilesOf } from './context-sources.ts';
import type { FileFacts } from './file-facts.ts';
import { readMounts } from './mounts.ts';
import { joinPath, pathBelow, workdirAt } from './paths.ts';
import { resolveWord } from './scope.ts';
import { lineage, rootStage, type Stage } from './stages.ts';

/**
 * How a file of an image came there: from this path of the build context; `nothing` where no instruction brought it, and
 * `unknown` where one may have.
 */
export type Origin = { readonly path: string } | 'nothing' | 'unknown';

/**
 * Where a file that a command of a RUN looks for comes from.
 * @param path absolute, or from the unknown folder of the base image on, as `workdirAt` has it
 */
export function originOf(facts: FileFacts, run: Instruction, command: ShellCommand, path: string): Origin {
  const stage = facts.stageOf(run);
  if (!stage || !facts.context?.files) return 'unknown';
  const mounted = fromMounts(facts, stage, run, path);
  if (mounted) return mounted;
  if (!isHarmless(facts, run, path, command)) return 'unknown';
  for (const ancestor of lineage(stage)) {
    for (const it of ancestor.instructions.toReversed()) {
      if (it.index >= run.index) continue;
      const { keyword } = it.node;
      if (it.onbuild) continue;
      const brought =
        keyword === 'COPY' || keyword === 'ADD'
          ? fromCopy(facts, ancestor, it as Instruction<Copy>, path)
          : keyword === 'RUN' && !isHarmless(facts, it, path)
            ? 'unknown'
            : undefined;
      if (brought) return brought;
    }
  }
  return startsEmpty(stage) ? 'nothing' : 'unknown';
}

/** Whether the base image from outside is a public one that holds no project. */
const startsEmpty = (stage: Stage): boolean =>
  rootStage(stage).base.unknown.length === 0 &&
  (isPythonImage(stage) || staysRoot(stage) || isWellKnown(stage));

function fromMounts(facts: FileFacts, stage: Stage, run: Instruction, path: string): Origin | undefined {
  const folder = workdirAt(facts.file, stage, run);
  for (const { type, options, target = '' } of readMounts(run.node).toReversed()) {
    const to = resolveWord(facts.file, stage, run, { value: target });
    if (to === undefined || folder === undefined) return 'unknown';
    const at = joinPath(folder, to);
    if (path !== at && pathBelow(at, path) === undefined) continue;
    const source = options.get('source') ?? options.get('src') ?? '.';
    if (type !== 'bind' || options.has('from') || source.includes('$')) return 'unknown';
    return arrives(facts, cleanPath(source), pathBelow(at, path) ?? '') ?? 'nothing';
  }
  return undefined;
}

function fromCopy(facts: FileFacts, stage: Stage, copy: Instruction<Copy>, path: string): Origin | undefined {
  const { node } = copy;
  const { destination, sources, flags } = node;
  const to = destination && resolveWord(facts.file, stage, copy, destination);
  const folder = workdirAt(facts.file, stage, copy);
  if (to === undefined || (folder === undefined && !to.startsWith('/'))) return 'unknown';
  const at = joinPath(folder ?? '/', to);
  // What lies where from the folder of the base image on, only a path of the same kind tells.
  if (at.startsWith('/') !== path.startsWith('/')) return 'unknown';
  const below = path === at ? '' : pathBelow(at, path);
  if (below === undefined) return undefined;
  if (flags.some(({ name }) => name === 'from')) {
    const names = sources.map(({ value }) => value.split('/').at(-1) ?? '');
    // A file such as `bikes.whl` brings itself and nothing else.
    const areFiles = names.every((name) => /^[\w-]+(?:\.[\w-]+)+$/.test(name));
    return areFiles && below !== '' && !names.includes(below) ? undefined : 'unknown';
  }
  if (flags.some(({ name }) => name === 'parents' || name === 'exclude')) return 'unknown';
  const known = contextSources(facts, copy);
  // Addresses, heredocs and unknown variables.
  if (known.length < sources.length || node.heredocs.length > 0) return 'unknown';
  for (const source of known.toReversed()) {
    const found = arrives(facts, source.path, below, !to.endsWith('/') && sources.length === 1);
    if (found) return found;
  }
  return undefined;
}

/**
 * What a source of the context puts at a path below the place that it is copied to.
 * @param below `''` for that place itself
 * @param mayRename whether a file may get the name of the place
 */
function arrives(
  { context }: FileFacts,
  source: string,
  below: string,
  mayRename = true,
): Origin | undefined {
  if (!context) return 'unknown';
  if (hasWildcard(source)) {
    const fits = sentFilesOf(context, source).filter(
      ({ path }) => path === below || path.endsWith(`/${below}`),
    );
    return fits.length === 1 && fits[0] ? { path: fits[0].path } : fits.length > 0 ? 'unknown' : undefined;
  }
  const all = filesOf(context, source);
  const isFile = all.some(({ path }) => path === source);
  const isSent = (path: string) => sentFilesOf(context, path).some((file) => file.path === path);
  if (isFile) {
    const isThere = below === source.split('/').at(-1) || (below === '' && mayRename);
    return isThere && isSent(source) ? { path: source } : undefined;
  }
  // What is not there yet may be a folder that a build makes.
  if (all.length === 0 && source !== '.') return /\.\w+$/.test(source) ? undefined : 'unknown';
  const path = source === '.' ? below : `${source}/${below}`;
  if (isSent(path)) return { path };
  return context.files?.isComplete ? undefined : 'unknown';
}

const cleanPath = (path: string) => joinPath('.', path).slice(2) || '.';

/**
 * Whether a RUN brings a file of a project into the image by none of its commands, as those that install packages.
 * @param until looks at those before this one alone
 */
function isHarmless(facts: FileFacts, run: Instruction, path: string, until?: ShellCommand): boolean {
  const script = facts.shellText(run)?.script;
  if (!script || script.hasErrors) return false;
  const all = facts.commands(run);
  const commands = until ? all.filter(({ to }) => to <= until.from) : all;
  const [first] = commands;
  if (!first) return until !== undefined;
  const name = path.split('/').at(-1) ?? '';
  // Also where its output is sent to.
  const text = run.node.text.slice(first.from, until ? until.from : undefined);
  return !text.includes(name) && commands.every((command) => bringsNothing(command, name));
}

function bringsNothing({ name, args }: ShellCommand, file: string): boolean {
  if (name === '') return true;
  const words = args.map(({ value }) => value);
  const verb = words.find((word) => !word.startsWith('-')) ?? '';
  if (/^(?:python|pypy)[\d.]*$/.test(name)) return words.some((word) => /^-[mcV]$|^--version$/.test(word));
  if (/^pip[\d.]*$|^pipx$/.test(name)) return true;
  // A script from a pipe installs a tool; one with a name may do anything.
  if (/^(?:ba|da|z)?sh$/.test(name)) return words.every((word) => word.startsWith('-'));
  if (name === 'uv' || name === 'poetry' || name === 'pdm') {
    const locks = !/^(?:pip|venv|python|tool|cache|self|config|)$/.test(verb);
    const isFixed = words.some((word) => /^--(?:locked|frozen)$/.test(word));
    return !/^(?:init|new)$/.test(verb) && (!file.endsWith('.lock') || !locks || isFixed);
  }
  if (name === 'git') return /^(?:config|lfs)$/.test(verb);
  return harmlessCommands.has(name);
}
