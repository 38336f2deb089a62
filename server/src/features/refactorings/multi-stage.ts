import type { FileFacts } from '../../facts/file-facts.ts';
import { workdirAt } from '../../facts/paths.ts';
import type { Stage } from '../../facts/stages.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { type Edit, lineEnding } from '../../text/edit.ts';
import { type Cut, findCut } from './build-part.ts';
import type { Refactoring } from './refactoring.ts';
import { runtimeImage } from './runtime-image.ts';

const environment = '/opt/venv';

/**
 * Splits the one stage of a file behind the last install of dependencies: what is above builds an environment, which is
 * copied into a slim image of the same Python, where the rest goes on.
 */
export const multiStage: Refactoring = {
  id: 'multi-stage',
  title: 'Build the environment in a stage of its own, and ship a slim image',
  gain: 'Compilers, uv and what else is needed for the build stay out of the image.',
  propose({ facts, sources }) {
    const [stage, second] = facts.stages;
    if (!stage || second || stage.name !== undefined) return undefined;
    const runtime = runtimeImage(stage, sources);
    const cut = runtime && findCut(facts, stage);
    if (!runtime || !cut) return undefined;
    // A slim image on which nothing is compiled is as small as it gets.
    if (runtime.isSame && !cut.dropsTools) return undefined;
    const newline = lineEnding(facts.file.text);
    const lines = [
      '',
      `FROM ${runtime.from}`,
      ...cut.carried.map((it) => it.node.text),
      ...cut.runtimePackages,
      ...environmentLines(facts, stage, cut),
      '',
    ];
    const start = aboveComments(facts.file.text, (cut.rest[0] as Instruction).span.start);
    return {
      spans: [stage.from.span],
      ...(runtime.variable && { assumes: `${runtime.variable} is given as a bare version, such as 3.12` }),
      edits: [
        ...buildEdits(facts, stage, cut),
        { span: { start, end: start }, text: lines.join(newline) },
        ...cut.restEdits,
      ],
    };
  },
};

function buildEdits({ file }: FileFacts, stage: Stage, cut: Cut): Edit[] {
  const { end } = stage.from.span;
  const named: Edit = { span: { start: end, end }, text: ' AS build' };
  if (cut.tool === 'sync') return [named, ...cut.buildEdits];
  const at = aboveComments(file.text, (cut.firstInstall as Instruction).span.start);
  const newline = lineEnding(file.text);
  const make = cut.tool === 'uv' ? `uv venv ${environment}` : `python -m venv ${environment}`;
  const lines = [`ENV VIRTUAL_ENV=${environment} PATH=${environment}/bin:$PATH`, `RUN ${make}`, ''];
  return [named, ...cut.buildEdits, { span: { start: at, end: at }, text: lines.join(newline) }];
}

/** The beginning of the comment lines right above an instruction, which belong to it. */
function aboveComments(text: string, start: number): number {
  let at = start;
  for (;;) {
    const line = text.slice(text.lastIndexOf('\n', at - 2) + 1, at);
    if (at === 0 || !/^[ \t]*#/.test(line)) return at;
    at -= line.length;
  }
}

/** How the environment gets into the final stage and is found there. */
function environmentLines({ file }: FileFacts, stage: Stage, { tool, rest }: Cut): string[] {
  const workdir = workdirAt(file, stage, rest[0] as Instruction) ?? '/';
  const folder = tool === 'sync' ? `${workdir.replace(/\/$/, '')}/.venv` : environment;
  return [`COPY --from=build ${folder} ${folder}`, `ENV VIRTUAL_ENV=${folder} PATH=${folder}/bin:$PATH`];
}
