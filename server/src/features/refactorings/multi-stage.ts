import { baseImage, fullName } from '../../facts/base-images.ts';
import { basePython, baseRelease } from '../../facts/base-python.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { workdirAt } from '../../facts/paths.ts';
import type { Stage } from '../../facts/stages.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { type Edit, lineEnding } from '../../text/edit.ts';
import { type Cut, findCut } from './build-part.ts';
import type { Refactoring } from './refactoring.ts';

const environment = '/opt/venv';

/**
 * Splits the one stage of a file behind the last install of dependencies: what is above builds an environment, which is
 * copied into a slim image of the same Python, where the rest goes on.
 */
export const multiStage: Refactoring = {
  id: 'multi-stage',
  title: 'Build the environment in a stage of its own, and ship a slim image',
  gain: 'Compilers, uv and what else is needed for the build stay out of the image.',
  propose({ facts }) {
    const [stage, second] = facts.stages;
    if (!stage || second || stage.name !== undefined) return undefined;
    const runtime = runtimeImage(stage);
    const cut = runtime && findCut(facts, stage);
    if (!runtime || !cut) return undefined;
    // A slim image on which nothing is compiled is as small as it gets.
    if (/^(?:\d[\d.]*)-slim(?:-|$)/.test(baseImage(stage).tag ?? '') && !cut.dropsTools) return undefined;
    const newline = lineEnding(facts.file.text);
    const lines = [
      '',
      `FROM ${runtime}`,
      ...cut.carried.map((it) => it.node.text),
      ...cut.runtimePackages,
      ...environmentLines(facts, stage, cut),
      '',
    ];
    const start = aboveComments(facts.file.text, (cut.rest[0] as Instruction).span.start);
    return {
      spans: [stage.from.span],
      edits: [
        ...buildEdits(facts, stage, cut),
        { span: { start, end: start }, text: lines.join(newline) },
        ...cut.restEdits,
      ],
    };
  },
};

/** The slim image of the same Python and distribution; undefined where the base is another or slim already. */
function runtimeImage(stage: Stage): string | undefined {
  const python = basePython(stage);
  const { tag = '', digest } = baseImage(stage);
  const name = fullName(baseImage(stage));
  const isUv = /^(?:ghcr\.io\/astral-sh|astral)\/uv$/.test(name);
  // Images of others that end in `python`, as those for AWS Lambda, hold more than a Python.
  if (!isUv && name !== 'python') return undefined;
  if (!python || digest !== undefined || /alpine|windows/.test(tag)) return undefined;
  const codename = baseRelease(stage)?.codename;
  const patch = isUv ? undefined : /^\d+\.\d+\.\d+/.exec(tag)?.[0];
  return [
    `python:${patch ?? `${python.major}.${python.minor}`}`,
    'slim',
    ...(codename ? [codename] : []),
  ].join('-');
}

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
