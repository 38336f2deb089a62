import type { Copy, Instruction } from '../syntax/tree.ts';
import { aboveComments, type Edit, likeKeyword, lineEnding } from '../text/edit.ts';
import type { ChainedCommand } from './command-chain.ts';
import { hasFlag } from './command-flags.ts';
import { contextSources } from './context-sources.ts';
import type { CopiedFolder } from './copied-folder.ts';
import type { CopyRoute, RouteStop } from './copy-route.ts';
import { dependencyRun } from './dependency-runs.ts';
import { namesFile } from './file-variables.ts';
import { winsTime } from './moved-installs.ts';
import { joinPath, pathAt } from './paths.ts';
import { lineage } from './stages.ts';

/**
 * Puts the COPY of a whole project below the installs that need some of its files alone, and an install of its dependencies
 * above the COPY where what comes next installs both. Undefined where that wins nothing.
 */
export function copyBelow(folder: CopiedFolder, route: CopyRoute): Edit[] | undefined {
  const { facts, copy } = folder;
  if (!isPlain(copy) || namesFiles(folder)) return undefined;
  const { stop, last } = route;
  const head = stop && splitHead(stop);
  const extra =
    stop && (stop.head.length === 0 || head) ? dependencyRun(folder, route, head?.state ?? '') : undefined;
  const splits = head !== undefined && (stop?.headInstalls.length ?? 0) > 0;
  if (!last && !splits && !extra) return undefined;
  if (!winsTime(folder, route, { splits, adds: extra !== undefined })) return undefined;
  const isSplit = head?.run !== undefined && (splits || extra !== undefined);
  const files = new Set([
    ...route.files,
    ...(isSplit ? (stop?.headFiles ?? []) : []),
    ...(extra?.files ?? []),
  ]);
  const newline = lineEnding(facts.file.text);
  const manifests = manifestCopies(
    folder,
    [...files].filter((file) => !isBrought(folder, file)),
    newline,
  );
  const block = blockOf(facts.file.text, copy);
  if (!stop || (!splits && !extra)) return moved(block, manifests, last as Instruction, newline);
  const lines = [isSplit ? head.run : undefined, extra?.run].filter((line) => line !== undefined);
  // Nothing stands between the two.
  if (stop.run.index === copy.index + 1 && !isSplit && manifests === '') {
    return [{ span: { start: block.start, end: block.start }, text: `${lines.join(newline)}${newline}` }];
  }
  // What a comment tells of goes on with its first commands.
  const first = stop.run.span.start;
  const start = isSplit ? first : aboveComments(facts.file.text, first);
  return [
    replaced(block, manifests),
    { span: { start, end: start }, text: `${[...lines, block.text].join(newline)}${newline}` },
    ...(isSplit ? [head.rest] : []),
  ];
}

/** A COPY of one source, whose flags every file may have. */
function isPlain({ node, onbuild }: Instruction<Copy>): boolean {
  const { sources, destination, heredocs, flags } = node;
  if (onbuild || sources.length !== 1 || heredocs.length > 0) return false;
  if (!destination || /\s/.test(destination.value)) return false;
  return flags.every(({ name }) => /^(?:chown|chmod|link)$/.test(name));
}

/** Whether a variable tells pip or uv of a file, which may be one of the project. */
const namesFiles = ({ stage }: CopiedFolder): boolean =>
  lineage(stage)
    .flatMap(({ byKeyword }) => [...(byKeyword.get('ENV') ?? []), ...(byKeyword.get('ARG') ?? [])])
    .some(
      ({ node }) =>
        (node.keyword === 'ENV' || node.keyword === 'ARG') &&
        node.pairs.some(({ key, value }) => namesFile(key.value, value?.value ?? '')),
    );

/** Whether an instruction above the COPY, or above what names it, puts a file of the context where the COPY will. */
function isBrought({ facts, stage, copy, at, from }: CopiedFolder, file: string): boolean {
  const named = stage.instructions.find(
    ({ index, node }) => index > copy.index && node.keyword === 'RUN' && node.text.includes(file),
  );
  return stage.instructions.some((it) => {
    if (
      it === copy ||
      it.index >= (named?.index ?? copy.index) ||
      !contextSources(facts, it).some(({ path, kind }) => path === from + file && kind === 'copy')
    )
      return false;
    const { destination } = it.node as Copy;
    const to = destination && pathAt(facts.file, stage, it, destination);
    const name = file.slice(file.lastIndexOf('/') + 1);
    return to !== undefined && [to, joinPath(to, name)].includes(joinPath(at, file));
  });
}

export interface Block {
  /** Where its lines begin, those of its comment among them, and where the last one ends. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** With the line ending behind it. */
  readonly whole: number;
}

/** An instruction with the comment lines right above it. */
export function blockOf(text: string, { span }: Instruction): Block {
  const start = aboveComments(text, span.start);
  const newline = text.indexOf('\n', span.end);
  const whole = newline < 0 ? text.length : newline + 1;
  return { start, end: span.end, text: text.slice(start, span.end), whole };
}

/** The block behind an instruction. */
const moved = (block: Block, manifests: string, last: Instruction, newline: string): Edit[] => [
  replaced(block, manifests),
  { span: { start: last.span.end, end: last.span.end }, text: `${newline}${block.text}` },
];

const replaced = ({ start, end, whole }: Block, manifests: string): Edit =>
  manifests === '' ? { span: { start, end: whole }, text: '' } : { span: { start, end }, text: manifests };

/** A COPY of some files for each of their folders. */
function manifestCopies(
  { copy: { node }, from }: CopiedFolder,
  files: readonly string[],
  newline: string,
): string {
  const folders = Map.groupBy(files, (file) => file.slice(0, file.lastIndexOf('/') + 1));
  const flags = node.flags.map(({ from, to }) => `${node.text.slice(from, to)} `).join('');
  const target = node.destination?.value ?? '';
  const place = target.endsWith('/') ? target : `${target}/`;
  return [...folders]
    .map(
      ([folder, of]) =>
        `${likeKeyword('COPY', node.keywordWord.raw)} ${flags}${of.map((file) => from + file).join(' ')} ${place}${folder}`,
    )
    .join(newline);
}

interface Head {
  /** The commands that pass, as a RUN of their own; undefined where they only set up the shell. */
  readonly run: string | undefined;
  /** What sets up the shell for the commands behind them. */
  readonly state: string;
  /** Takes them out of their RUN. */
  readonly rest: Edit;
}

const setsUp = /^(?:cd|set|export|source|\.|umask|shopt|)$/;
/** What takes away what commands before it left, so that one layer is smaller than two. */
const cleans =
  /^(?:rm|(?:apt|apt-get|yum|dnf|microdnf|apk|conda|mamba|micromamba) .*\b(?:clean|purge|remove|autoremove|del)\b|(?:pip[\d.]*|uv) .*\b(?:purge|uninstall|prune|clean)\b)/;

/** The commands before the one that needs the project as a RUN of their own; undefined where they belong together. */
function splitHead({ run, command, head, chain }: RouteStop): Head | undefined {
  const { node } = run;
  const boundary = chain[head.length];
  // After `set -e` a `;` is as good as `&&`.
  const isStrict = head[0]?.command.name === 'set' && hasFlag(head[0].command, ['e']);
  const joins = ({ joint }: ChainedCommand) => joint === '&&' || (isStrict && joint === ';');
  if (!boundary || head.length === 0 || node.json || node.heredocs.length > 0 || !joins(boundary))
    return undefined;
  if ([...head, boundary].some(({ closes, opens, joint }) => closes + opens > 0 || joint === undefined))
    return undefined;
  const textOf = (one: ChainedCommand) => node.text.slice(one.command.from, one.command.to);
  if (chain.slice(head.length).some((one) => cleans.test(`${one.command.name} ${textOf(one)}`)))
    return undefined;
  const up = head.filter(({ command: { name } }) => setsUp.test(name));
  if (up.some((one) => one.joint !== '' && !joins(one))) return undefined;
  // What sets up the shell for nothing behind it is of no use.
  const last = head.findLastIndex(({ command: { name } }) => !setsUp.test(name));
  const first = head[0]?.command.from ?? command.from;
  const end = head[last]?.command.to ?? first;
  const flags = node.flags.map(({ from, to }) => `${node.text.slice(from, to)} `).join('');
  const state = up.map((one) => `${textOf(one)} && `).join('');
  return {
    run: last < 0 ? undefined : `${node.keywordWord.raw} ${flags}${node.text.slice(first, end)}`,
    state,
    rest: { span: run.at({ from: first, to: command.from }), text: state },
  };
}
