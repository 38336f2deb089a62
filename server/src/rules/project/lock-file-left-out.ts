import { bringAlong } from '../../facts/copy-edits.ts';
import { ignoringPattern } from '../../facts/faults-elsewhere.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { projectCommands } from '../../facts/project-commands.ts';
import { whyNotThere } from '../../facts/project-needs.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

const messages = {
  ignored:
    '.dockerignore keeps `{path}` out of the build, so `uv sync {flag}` ends with an error. Add `!{path}` to .dockerignore.',
  uncopied:
    '`{path}` is not copied, so `uv sync {flag}` ends with an error. Add it where pyproject.toml is copied or mounted.',
  missing:
    'There is no `{path}` in the build context, so `uv sync {flag}` ends with an error. Run `uv lock` and commit the file.',
} as const;

const manifest = '[project]\nname = "svc"\nversion = "1"\n';
const lock = 'version = 1\n';

export default defineRule({
  code: 'lock-file-left-out',
  name: 'lock-file-left-out',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'project',
  summary: '`uv sync --locked` or `--frozen` does not find uv.lock in the image',
  why: 'With `--locked` and with `--frozen`, uv takes the versions of `uv.lock` and ends with "Unable to find lockfile" where it is not beside `pyproject.toml` (measured with uv 0.13). The usual causes are an ignore file that lists it, also behind `COPY . .`, where nothing else tells, and a COPY of `pyproject.toml` alone.',
  messages,
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN uv sync --frozen',
        context: { 'pyproject.toml': manifest, 'uv.lock': lock, '.dockerignore': '*.lock\n!uv.lock\n' },
      },
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml ./\nRUN uv lock && uv sync --frozen',
        context: { 'pyproject.toml': manifest },
      },
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN uv sync',
        context: { 'pyproject.toml': manifest, 'uv.lock': lock, '.dockerignore': 'uv.lock\n' },
        note: 'uv chooses the versions anew',
      },
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nCOPY api/pyproject.toml api/\nRUN cd api && uv sync --frozen --no-install-project',
        context: {
          'pyproject.toml': `${manifest}[tool.uv.workspace]\nmembers = ["api"]\n`,
          'uv.lock': lock,
          'api/pyproject.toml': manifest,
        },
        note: 'the lock file of the workspace lies above',
      },
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen',
        context: { 'pyproject.toml': manifest, 'uv.lock': lock, '.dockerignore': '*.lock\n' },
        note: 'left to CopyIgnoredFile, as the build ends at the COPY',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN uv ⟦sync⟧ --frozen --no-dev',
        context: { 'pyproject.toml': manifest, 'uv.lock': lock, '.dockerignore': '.venv\nuv.lock\n' },
      },
      {
        code: 'FROM python:3.12-slim\nENV UV_LOCKED=1\nCOPY pyproject.toml /app/\nRUN uv --project /app ⟦sync⟧',
        fixed:
          'FROM python:3.12-slim\nENV UV_LOCKED=1\nCOPY pyproject.toml uv.lock /app/\nRUN uv --project /app sync',
        context: { 'pyproject.toml': manifest, 'uv.lock': lock },
      },
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nRUN --mount=type=bind,source=pyproject.toml,target=pyproject.toml uv ⟦sync⟧ --locked --no-install-project',
        fixed:
          'FROM python:3.12-slim\nWORKDIR /app\nRUN --mount=type=bind,source=pyproject.toml,target=pyproject.toml --mount=type=bind,source=uv.lock,target=uv.lock uv sync --locked --no-install-project',
        context: { 'pyproject.toml': manifest, 'uv.lock': lock },
      },
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN uv ⟦sync⟧ --locked',
        context: { 'pyproject.toml': manifest },
      },
    ],
  },
  create() {
    let isReported = false;
    return {
      RUN(run, { facts, report }) {
        if (isReported) return;
        for (const asked of projectCommands(facts, run)) {
          const { lock, source, verb } = asked;
          if (!lock || isInWorkspace(facts, source)) continue;
          const lost = whyNotThere(facts, run, asked, 'uv.lock');
          if (!lost || lost.why === 'outside') continue;
          isReported = true;
          const { path } = lost;
          report(
            run.at(verb),
            lost.why,
            { path, flag: `--${lock}` },
            () => (lost.why === 'missing' ? makeLock(source) : bringAlong(facts, run, lost)),
            {
              elsewhere: () => (lost.why === 'ignored' ? ignoringPattern(facts.context, path) : []),
            },
          );
          return;
        }
      },
    };
  },
});

/** Whether a project may share the lock file of a folder above. */
const isInWorkspace = ({ context }: FileFacts, source: string) =>
  [...(context?.projects ?? [])].some(
    ([folder, { uv }]) =>
      uv.isWorkspace && folder !== source && (folder === '' || source.startsWith(`${folder}/`)),
  );

const makeLock = (source: string): Fix | undefined =>
  source === '' ? { title: 'Make uv.lock', safety: 'unsafe', edits: [], task: 'lock' } : undefined;
