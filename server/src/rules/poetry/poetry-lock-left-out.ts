import { bringAlong } from '../../facts/copy-edits.ts';
import { ignoringPattern } from '../../facts/faults-elsewhere.ts';
import { projectCommands } from '../../facts/project-commands.ts';
import { whyNotThere } from '../../facts/project-needs.ts';
import { defineRule } from '../../lint/rule.ts';

const messages = {
  ignored:
    '.dockerignore keeps `{path}` out of the build, so `poetry install` chooses the newest versions each time. Add `!{path}` to .dockerignore.',
  uncopied:
    '`{path}` is not copied, so `poetry install` chooses the newest versions each time. Add it where pyproject.toml is copied or mounted.',
  missing:
    'There is no `{path}` in the build context, so `poetry install` chooses the newest versions each time. Run `poetry lock` and commit the file.',
} as const;

const manifest = '[tool.poetry]\nname = "svc"\nversion = "1"\n';

export default defineRule({
  code: 'poetry-lock-left-out',
  name: 'poetry-lock-left-out',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'poetry',
  summary: '`poetry install` does not find poetry.lock in the image',
  why: 'Where `poetry.lock` is not beside `pyproject.toml`, `poetry install` says nothing of it: it resolves the dependencies anew and writes a lock file of its own into the image (measured with Poetry 1.8 and 2.5). The image then has other versions than those that were tested, and others with each build.',
  messages,
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml poetry.lock ./\nRUN poetry install --no-root',
        context: { 'pyproject.toml': manifest, 'poetry.lock': '' },
      },
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml poetry.loc[k] ./\nRUN poetry install --no-root',
        context: { 'pyproject.toml': manifest, 'poetry.lock': '' },
      },
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml ./\nRUN poetry lock && poetry install --no-root',
        context: { 'pyproject.toml': manifest },
        note: 'says what it does',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml ./\nRUN poetry config virtualenvs.create false && poetry ⟦install⟧ --no-root',
        fixed:
          'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml poetry.lock ./\nRUN poetry config virtualenvs.create false && poetry install --no-root',
        context: { 'pyproject.toml': manifest, 'poetry.lock': '' },
      },
      {
        code: 'FROM python:3.12-slim\nCOPY . /app\nRUN poetry -C /app ⟦install⟧ --no-root',
        context: { 'pyproject.toml': manifest, 'poetry.lock': '', '.dockerignore': '*.lock\n' },
      },
      {
        code: 'FROM python:3.12-slim\nCOPY . /app\nWORKDIR /app\nRUN poetry ⟦install⟧ --no-root',
        context: { 'pyproject.toml': manifest },
      },
    ],
  },
  create() {
    let isReported = false;
    return {
      RUN(run, { facts, report }) {
        if (isReported || !/\bpoetry\b/.test(run.node.text)) return;
        for (const asked of projectCommands(facts, run)) {
          if (asked.tool !== 'poetry' || asked.verb.value === 'build') continue;
          const lost = whyNotThere(facts, run, asked, 'poetry.lock');
          if (!lost || lost.why === 'outside') continue;
          isReported = true;
          const { path, why } = lost;
          report(run.at(asked.verb), why, { path }, () => bringAlong(facts, run, lost), {
            elsewhere: () => (why === 'ignored' ? ignoringPattern(facts.context, path) : []),
          });
          return;
        }
      },
    };
  },
});
