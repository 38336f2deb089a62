import type { BuildContext } from '../../facts/build-context.ts';
import { contextSources, filesOf } from '../../facts/context-sources.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { aboutManifest, hasOwnMeaning, installOfManifest } from '../../facts/manifest-requirements.ts';
import { pipArgs, readPipTargets } from '../../facts/pip.ts';
import { withoutTarget } from '../../facts/project-dependencies.ts';
import { type ProjectInstall, projectInstalls } from '../../facts/project-installs.ts';
import { readWheelName } from '../../facts/wheels.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { aboveComments, insertLineAbove, lineEnding } from '../../text/edit.ts';
import type { Refactoring } from './refactoring.ts';

/**
 * Installs what uv.lock or pyproject.toml names before the wheel comes in: a wheel is another file after each change of the code, and
 * without this all its dependencies are installed anew with it.
 */
export const wheelDependencies: Refactoring = {
  id: 'wheel-dependencies',
  title: 'Install the dependencies of the wheel in a layer of their own',
  gain: 'After a change of the code only the wheel is installed and pushed, not what it depends on.',
  propose({ facts }) {
    const { context } = facts;
    const found = context?.project && !needsMore(context) ? findWheelInstall(facts) : undefined;
    if (!context || !found) return undefined;
    const read =
      context.lock && found.install.command.name === 'uv' ? fromLock(found) : fromManifest(facts, found);
    if (!read) return undefined;
    const { text } = facts.file;
    const ignored = read.manifests.filter((name) => context.ignoreFile?.keepsOut(name));
    return {
      spans: [found.copy.span, found.run.span],
      edits: [
        insertLineAbove(text, aboveComments(text, found.copy.span.start), read.lines.join(lineEnding(text))),
      ],
      ignoreLines: ignored.map((name) => `!${name}`),
    };
  },
};

interface DependencyLines {
  readonly lines: readonly string[];
  /** The files that they read. */
  readonly manifests: readonly string[];
}

/** What uv exports of the lock file. */
function fromLock({ install }: WheelInstall): DependencyLines | undefined {
  const target = targetOf(install);
  if (target === undefined) return undefined;
  const manifests = ['pyproject.toml', 'uv.lock'];
  const lines = [
    '# What uv.lock names, in a layer that a change of the code leaves alone.',
    'RUN --mount=type=cache,target=/root/.cache/uv \\',
    ...manifests.map((name) => `    --mount=type=bind,source=${name},target=/tmp/project/${name} \\`),
    '    uv export --quiet --project=/tmp/project --frozen --no-dev --no-emit-project --output-file=/tmp/requirements.txt && \\',
    `    uv pip install ${target}--requirement=/tmp/requirements.txt`,
  ];
  return { lines, manifests };
}

/** What the manifest names, for pip and where there is no lock file. */
function fromManifest(facts: FileFacts, { run, install }: WheelInstall): DependencyLines | undefined {
  const { command } = install;
  const { context } = facts;
  const stage = facts.stageOf(run);
  const args = pipArgs(command);
  const wheel = args?.find(({ value }) => value.endsWith('.whl'));
  const hasSources = (context?.project?.uv.sources.size ?? 0) > 0;
  if (!stage || !context?.files || !args || !wheel || hasSources || hasOwnMeaning(command)) return undefined;
  const { packages, editables, requirementFiles, constraintFiles } = readPipTargets(args);
  if (packages.length !== 1 || editables.length + requirementFiles.length + constraintFiles.length > 0)
    return undefined;
  if (run.node.json || run.node.flags.length > 0 || run.node.heredocs.length > 0) return undefined;
  const kept = withoutTarget(run.node.plain, command, args, wheel.value);
  const place = { context, stage, at: '/tmp/project' };
  const made =
    kept === undefined ? undefined : installOfManifest(place, { command, start: '/', cwd: '/' }, kept);
  return (
    made && {
      lines: [aboutManifest, `RUN ${made.mounts.join(' ')} \\`, `    ${made.script}`],
      manifests: ['pyproject.toml'],
    }
  );
}

/** Members of a workspace and sources of a path need more than the two files. */
const needsMore = ({ lock }: BuildContext) =>
  lock?.packages.some(({ isLocal, isFile, folder }) => isFile || (isLocal && folder !== '.')) ?? false;

interface WheelInstall {
  readonly copy: Instruction;
  readonly run: Instruction;
  readonly install: ProjectInstall;
}

/** The first install of a wheel in a file, whose dependencies are not there before, and the COPY that brings it. */
function findWheelInstall(facts: FileFacts): WheelInstall | undefined {
  if (facts.file.escape === '`') return undefined;
  for (const stage of facts.stages) {
    for (const run of stage.byKeyword.get('RUN') ?? []) {
      const installs = projectInstalls(facts, run);
      const install = installs.find(({ from }) => from === 'wheel');
      if (!install) {
        if (installs.length > 0 || /\buv (?:export|sync)\b|(?:-r|--requirements?)[ =]/.test(run.node.text))
          break;
        continue;
      }
      const copy = stage.instructions.find((it) => it.index < run.index && bringsWheel(facts, it));
      const isFirst = facts.commands(run)[0] === install.command;
      const between = stage.instructions.filter(
        ({ index }) => copy && index > copy.index && index < run.index,
      );
      return copy && isFirst && between.every(mayPass) ? { copy, run, install } : undefined;
    }
  }
  return undefined;
}

/** Whether a COPY brings a wheel, and none of another project than the one of the context. */
function bringsWheel(facts: FileFacts, it: Instruction): boolean {
  const { context } = facts;
  return contextSources(facts, it).some(({ path, kind }) => {
    if (kind !== 'copy' || !/\.whl$/.test(path)) return false;
    const names = context?.files ? filesOf(context, path).map((file) => readWheelName(file.path)?.name) : [];
    return names.every((name) => name === context?.project?.name);
  });
}

/** What may stand between the COPY and the RUN, as it has no say over an install above both. */
const mayPass = ({ node }: Instruction): boolean =>
  /^(?:LABEL|EXPOSE|WORKDIR|ARG)$/.test(node.keyword) ||
  (node.keyword === 'COPY' && !node.flags.some(({ name }) => name === 'from'));

/** Where uv installs to, as flags; undefined where the command has others that decide over it. */
function targetOf({ command }: ProjectInstall): string | undefined {
  const words = command.args.map(({ value }) => value);
  if (words.some((word) => /^--(?:target|prefix|python|no-deps|user)(?:=|$)|^-[tp]$/.test(word)))
    return undefined;
  const flags = words.filter((word) => /^--(?:system|break-system-packages)$/.test(word));
  return flags.map((flag) => `${flag} `).join('');
}
