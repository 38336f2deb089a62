import type { BuildContext } from '../../../facts/build-context.ts';
import { sentFilesOf } from '../../../facts/context-sources.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { workdirAt } from '../../../facts/paths.ts';
import { purposeOf } from '../../../facts/python-project.ts';
import type { Stage } from '../../../facts/stages.ts';
import type { Instruction } from '../../../syntax/tree.ts';
import { aboveComments, type Edit, followsBlankLine, likeKeyword, lineEnding } from '../../../text/edit.ts';
import type { Refactoring } from '../refactoring.ts';
import { type Cut, findCut } from './build-part.ts';
import { installLines } from './carried-lines.ts';
import { directEdits } from './direct-edits.ts';
import { outsideCalls } from './outside-calls.ts';
import { buildName, type RuntimeImage, runtimeImage } from './runtime-image.ts';
import { installWheels } from './wheel-stage.ts';

const environment = '/opt/venv';

/**
 * Splits the one stage of a file behind the last install of dependencies: what is above makes wheels, or builds an
 * environment, for a slim image of the same Python, where the rest goes on. A copy of an environment is a second writing of
 * it: with 540 MB of packages a build from an empty cache took 32 s, with wheels 15 s and in one stage 17 s (two cores,
 * 2026-11-26). `COPY --link` does not help, as older engines refuse it.
 */
export const multiStage: Refactoring = {
  id: 'multi-stage',
  title: 'Build the environment in a stage of its own, and ship a slim image',
  gain: 'Compilers and what else is needed for the build alone stay out of the image.',
  propose({ facts, sources, around }) {
    const [stage, second] = facts.stages;
    if (!stage || second || (facts.context && holdsCompiled(facts.context))) return undefined;
    const calls = outsideCalls(facts, around);
    // Whoever works in notebooks installs there as the user, compiles, and has shells of a login, for which the system sets PATH anew
    // (jupyter_server_terminals, `shell_command`; Debian, /etc/profile).
    if (purposeOf(stage) === 'notebook' || calls.some((text) => startsNotebook.test(text))) return undefined;
    const image = runtimeImage(stage, sources);
    const cut = image && findCut(facts, stage, image, sources, calls);
    const folder = cut && environmentFolder(facts, stage, cut);
    if (!image || !cut || !folder) return undefined;
    const assumes = assumptions(image);
    const about = { spans: [stage.from.span], ...(assumes && { assumes }) };
    if (cut.direct)
      return { ...about, edits: directEdits(facts, stage, image, { ...cut, direct: cut.direct }, folder) };
    const newline = lineEnding(facts.file.text);
    const start = aboveComments(facts.file.text, (cut.rest[0] as Instruction).span.start);
    const isApart = followsBlankLine(facts.file.text, start);
    // Who builds a stage by its name means the last one.
    const { alias } = stage.from.node;
    const keyword = (word: string) => likeKeyword(word, stage.from.node.keywordWord.raw);
    const lines = [
      `${keyword('FROM')} ${image.from}${alias ? ` ${keyword('AS')} ${alias.raw}` : ''}`,
      ...[...cut.carried.lines.values()].filter((line) => line !== ''),
      ...installLines(cut.carried.more),
      ...(cut.wheels
        ? [`${keyword('RUN')} ${installWheels(buildName(stage))}`]
        : [
            `${keyword('COPY')} --from=${buildName(stage)} ${folder} ${folder}`,
            `${keyword('ENV')} VIRTUAL_ENV=${folder} PATH=${folder}/bin:$PATH`,
          ]),
    ];
    // As the file has it; lines of one instruction belong together.
    const between = isApart ? `${newline}${newline}` : newline;
    const isAlike = (line: string, next = '') => line.split(' ', 1)[0] === next.split(' ', 1)[0];
    const joined = lines
      .map((line, at) => line + (isAlike(line, lines[at + 1]) ? newline : between))
      .join('');
    const text = `${isApart ? '' : newline}${joined}`;
    return {
      ...about,
      cost: cut.wheels ? wheelCost : copyCost,
      edits: [...buildEdits(facts, stage, cut), { span: { start, end: start }, text }, ...cut.restEdits],
    };
  },
};

/** As words of a command: services have that name as well. */
const startsNotebook = /\bjupyter[\s"',-]{1,8}(?:lab|notebook|server)\b/;

/** Programs and libraries of the project load others of the image, which no text tells. Scripts beside them are smaller. */
const holdsCompiled = (context: BuildContext) =>
  sentFilesOf(context, '.').some(
    ({ path, size }) => size > largestScript && compiled.test(path) && !environments.test(path),
  );
const compiled = /\.so(?:\.\d+)*$|(?:^|\/)s?bin\/[^/.]+$/;
const environments = /(?:^|\/)(?:\.?venv|env|node_modules|\.git)\//;
/** In bytes. */
const largestScript = 50_000;

/** Measured by `npm run optimize` (docs/optimize.md). */
const wheelCost =
  'Its build writes each wheel once more, so that one from an empty cache, or after a change of the dependencies, takes a fifth to a third longer, beside the download.';
const copyCost =
  'Its build writes the dependencies twice, so that one from an empty cache, or after a change of them, takes about two thirds longer, beside the download.';

/** What no file of the project tells. */
const assumptions = ({ variable, isSlim }: RuntimeImage) =>
  [
    ...(variable ? [`${variable} is given as a bare version, such as 3.12`] : []),
    ...(isSlim ? [] : ['no Python package loads a library of the full image but those that are known to']),
  ].join('; ');

function buildEdits({ file }: FileFacts, stage: Stage, cut: Cut): Edit[] {
  const { span, node, at: place } = stage.from;
  const keyword = (word: string) => likeKeyword(word, node.keywordWord.raw);
  const named: Edit = node.alias
    ? { span: place(node.alias), text: buildName(stage) }
    : { span: { start: span.end, end: span.end }, text: ` ${keyword('AS')} ${buildName(stage)}` };
  if (cut.tool === 'sync' || cut.wheels) return [named, ...cut.buildEdits];
  const at = aboveComments(file.text, cut.firstInstall.span.start);
  const newline = lineEnding(file.text);
  const make = cut.tool === 'uv' ? `uv venv${cut.seeds ? ' --seed' : ''}` : 'python -m venv';
  const lines = [
    `${keyword('ENV')} VIRTUAL_ENV=${environment} PATH=${environment}/bin:$PATH`,
    `${keyword('RUN')} ${make} ${environment}`,
    '',
  ];
  return [named, ...cut.buildEdits, { span: { start: at, end: at }, text: lines.join(newline) }];
}

/** Where the environment lies; undefined where `uv sync` makes it in a folder that is not known. */
function environmentFolder(
  { file }: FileFacts,
  stage: Stage,
  { tool, lastInstall }: Cut,
): string | undefined {
  if (tool !== 'sync') return environment;
  const folder = workdirAt(file, stage, lastInstall);
  // The official images start in `/`.
  return folder && `${folder.replace(/^[./]$/, '')}/.venv`;
}
