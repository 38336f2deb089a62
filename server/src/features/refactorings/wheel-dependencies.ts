import type { BuildContext } from '../../facts/build-context.ts';
import { contextSources } from '../../facts/context-sources.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { type ProjectInstall, projectInstalls } from '../../facts/project-installs.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { insertLineAbove, lineEnding } from '../../text/edit.ts';
import type { Refactoring } from './refactoring.ts';

const manifests = ['pyproject.toml', 'uv.lock'];

/**
 * Installs what uv.lock names before the wheel comes in: a wheel is another file after each change of the code, and
 * without this all its dependencies are installed anew with it.
 */
export const wheelDependencies: Refactoring = {
  id: 'wheel-dependencies',
  title: 'Install the dependencies of the wheel in a layer of their own',
  gain: 'After a change of the code only the wheel is installed and pushed, not what it depends on.',
  propose({ facts }) {
    const { context, file } = facts;
    const found =
      context?.project && context.lock && !needsMore(context) ? findWheelInstall(facts) : undefined;
    if (!context || !found) return undefined;
    const newline = lineEnding(file.text);
    const run = [
      '# What uv.lock names, in a layer that a change of the code leaves alone.',
      'RUN --mount=type=cache,target=/root/.cache/uv \\',
      ...manifests.map((name) => `    --mount=type=bind,source=${name},target=/tmp/project/${name} \\`),
      '    uv export --quiet --project=/tmp/project --frozen --no-dev --no-emit-project --output-file=/tmp/requirements.txt && \\',
      `    uv pip install ${found.target}--requirement=/tmp/requirements.txt`,
    ].join(newline);
    const ignored = manifests.filter((name) => context.ignoreFile?.keepsOut(name));
    return {
      spans: [found.copy.span, found.run.span],
      edits: [insertLineAbove(file.text, found.copy.span.start, run)],
      ignoreLines: ignored.map((name) => `!${name}`),
    };
  },
};

/** Members of a workspace and sources of a path need more than the two files. */
const needsMore = ({ lock }: BuildContext) =>
  lock?.packages.some(({ isLocal, isFile, folder }) => isFile || (isLocal && folder !== '.')) ?? false;

interface WheelInstall {
  readonly copy: Instruction;
  readonly run: Instruction;
  /** The flags that say where to install, with a blank behind them. */
  readonly target: string;
}

/** The first install of a wheel by uv in a file, whose dependencies are not there before, and the COPY that brings it. */
function findWheelInstall(facts: FileFacts): WheelInstall | undefined {
  if (facts.file.escape === '`') return undefined;
  for (const stage of facts.stages) {
    for (const run of stage.byKeyword.get('RUN') ?? []) {
      const installs = projectInstalls(facts, run);
      const install = installs.find(({ from, command }) => from === 'wheel' && command.name === 'uv');
      if (!install) {
        if (installs.length > 0 || /\buv (?:export|sync)\b|(?:-r|--requirements?)[ =]/.test(run.node.text))
          break;
        continue;
      }
      const copy = stage.instructions.find(
        (it) =>
          it.index < run.index &&
          contextSources(facts, it).some(({ path, kind }) => kind === 'copy' && /\.whl$/.test(path)),
      );
      const target = targetOf(install);
      return copy && target !== undefined ? { copy, run, target } : undefined;
    }
  }
  return undefined;
}

/** Where uv installs to, as flags; undefined where the command has others that decide over it. */
function targetOf({ command }: ProjectInstall): string | undefined {
  const words = command.args.map(({ value }) => value);
  if (words.some((word) => /^--(?:target|prefix|python|no-deps|user)(?:=|$)|^-[tp]$/.test(word)))
    return undefined;
  const flags = words.filter((word) => /^--(?:system|break-system-packages)$/.test(word));
  return flags.map((flag) => `${flag} `).join('');
}
