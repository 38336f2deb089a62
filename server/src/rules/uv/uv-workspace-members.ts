import type { BuildContext } from '../../facts/build-context.ts';
import { hasFlag } from '../../facts/command-flags.ts';
import { joinPath } from '../../facts/paths.ts';
import { type ProjectCommand, projectCommands } from '../../facts/project-commands.ts';
import { whyNotThere } from '../../facts/project-needs.ts';
import { addWord } from '../../facts/run-edits.ts';
import { defineRule } from '../../lint/rule.ts';

const messages = {
  locked:
    '`uv sync --locked` reads the pyproject.toml of every package of the workspace, and `{path}` is not copied yet, so the build ends with an error. Write `--frozen` here, or copy those files above.',
  unlocked:
    '`uv sync` reads the pyproject.toml of every package of the workspace, and `{path}` is not copied yet, so the build ends with an error. Add `{flags}`, or copy those files above.',
  installed:
    '`uv sync --frozen` installs `{name}` of the workspace as well, and its folder is not copied yet, so the build ends with an error. Add `--no-install-workspace`.',
} as const;

const manifest =
  '[project]\nname = "app"\nversion = "0.1.0"\ndependencies = ["my-dep"]\n[tool.uv.workspace]\nmembers = ["workspace/*"]\n[tool.uv.sources]\nmy-dep = { workspace = true }\n';
const lock =
  'version = 1\n[[package]]\nname = "app"\nversion = "0.1.0"\nsource = { virtual = "." }\n\n[[package]]\nname = "my-dep"\nversion = "0.1.0"\nsource = { editable = "workspace/my_dep" }\n';
const context = {
  'pyproject.toml': manifest,
  'uv.lock': lock,
  'workspace/my_dep/pyproject.toml': '[project]\nname = "my-dep"\nversion = "0.1.0"\n',
};
const mounts =
  '--mount=type=bind,source=uv.lock,target=uv.lock --mount=type=bind,source=pyproject.toml,target=pyproject.toml';

export default defineRule({
  code: 'uv-workspace-members',
  name: 'uv-workspace-members',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'uv',
  summary: '`uv sync` runs in a workspace whose members are not copied yet',
  why: 'With `--locked`, uv reads the `pyproject.toml` of each member of the workspace and each package that is taken from a folder, as it cannot tell else whether `uv.lock` is up to date. A layer that holds the manifest of the workspace and the lock file alone ends with “references a workspace in `tool.uv.sources` but is not a workspace member” or “The lockfile needs to be updated”. With `--frozen` uv takes the lock file as it is, and `--no-install-workspace` leaves the members for a later `uv sync` (uv documentation, "Using uv in Docker", "Intermediate layers in workspaces"; measured with uv 0.13).',
  messages,
  options: {},
  examples: {
    good: [
      {
        code: `FROM python:3.12-slim\nWORKDIR /app\nRUN ${mounts} uv sync --frozen --no-install-workspace\nCOPY . .\nRUN uv sync --locked`,
        context,
      },
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nCOPY workspace/my_dep/pyproject.toml workspace/my_dep/\nRUN uv sync --locked --no-install-workspace',
        context,
      },
      {
        code: `FROM python:3.12-slim\nWORKDIR /app\nRUN ${mounts} --mount=type=bind,source=workspace,target=workspace uv sync --locked --no-install-workspace`,
        context,
      },
      {
        code: `FROM python:3.12-slim\nWORKDIR /app\nRUN ${mounts} uv sync --locked --no-install-project`,
        context: { 'pyproject.toml': '[project]\nname = "app"\n', 'uv.lock': lock.split('\n\n')[0] ?? '' },
      },
    ],
    bad: [
      {
        code: `FROM python:3.12-slim\nWORKDIR /app\nRUN ${mounts} uv sync ⟦--locked⟧ --no-dev --no-install-project --no-install-workspace\nCOPY . .\nRUN uv sync --locked --no-dev`,
        fixed: `FROM python:3.12-slim\nWORKDIR /app\nRUN ${mounts} uv sync --frozen --no-dev --no-install-project --no-install-workspace\nCOPY . .\nRUN uv sync --locked --no-dev`,
        context,
      },
      {
        code: 'FROM python:3.12-slim\nCOPY pyproject.toml uv.lock /app/\nRUN cd /app && uv ⟦sync⟧ --no-install-workspace',
        context,
      },
      {
        code: `FROM python:3.12-slim\nWORKDIR /app\nRUN ${mounts} uv ⟦sync⟧ --frozen --no-install-project`,
        fixed: `FROM python:3.12-slim\nWORKDIR /app\nRUN ${mounts} uv sync --no-install-workspace --frozen --no-install-project`,
        context,
      },
    ],
  },
  create() {
    let isReported = false;
    return {
      RUN(run, { facts, report }) {
        if (isReported || !facts.context?.lock) return;
        for (const sync of projectCommands(facts, run)) {
          if (sync.tool !== 'uv sync' || sync.source !== '') continue;
          const { verb, command, lock: how } = sync;
          const missing = membersOf(facts.context, sync).find(
            ({ folder }) => whyNotThere(facts, run, sync, `${folder}/pyproject.toml`)?.why === 'uncopied',
          );
          if (!missing) continue;
          isReported = true;
          const path = `${joinPath('.', missing.folder).slice(2)}/pyproject.toml`;
          const flag = command.args.find(({ value }) => value === '--locked');
          if (how === 'frozen') {
            return report(run.at(verb), 'installed', { name: missing.name }, () => ({
              title: 'Add --no-install-workspace',
              safety: 'unsafe',
              edits: [addWord(run, verb, '--no-install-workspace')],
            }));
          }
          if (how === undefined) {
            const isWithout = hasFlag(command, ['no-install-workspace']);
            const flags = isWithout ? '--frozen' : '--frozen --no-install-workspace';
            return report(run.at(verb), 'unlocked', { path, flags });
          }
          return report(run.at(flag ?? verb), 'locked', { path }, () =>
            flag
              ? {
                  title: 'Write --frozen',
                  safety: 'unsafe',
                  edits: [{ span: run.at(flag), text: run.node.json ? '"--frozen"' : '--frozen' }],
                }
              : undefined,
          );
        }
      },
    };
  },
});

/** The packages of other folders that a `uv sync` cannot do without, as far as the lock file has them. */
function membersOf({ lock, project }: BuildContext, { command, lock: how }: ProjectCommand) {
  const members = (lock?.packages ?? []).flatMap(({ name, folder }) =>
    folder === undefined || folder === '.' ? [] : [{ name, folder }],
  );
  if (how === 'locked') return members;
  const asked = new Set(project?.dependencies.map(({ name }) => name));
  const direct = members.filter(({ name }) => asked.has(name) && project?.uv.fromWorkspace.includes(name));
  if (how === undefined) return direct;
  const isLeftOut = hasFlag(command, [
    'no-install-workspace',
    'no-install-local',
    'only-group',
    'only-dev',
    'package',
  ]);
  return isLeftOut ? [] : direct;
}
