import { plainWords } from '../../facts/command-flags.ts';
import { poetryMajor } from '../../facts/poetry-version.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell.ts';

const messages = {
  flag: 'Poetry 2 does not know `{flag}`, so the build ends with an error. {remedy}',
  plugin:
    'Poetry 2 has no `poetry {verb}` of its own, so the build ends with an error. Put `RUN poetry self add poetry-plugin-{verb}` above.',
} as const;

/** What Poetry 2 took away, and what it has in its place; an empty text where nothing is needed. */
const gone: Readonly<Record<string, { readonly verbs: RegExp; readonly instead: string }>> = {
  '--no-dev': { verbs: /^(?:install|update|sync)$/, instead: '--only main' },
  '--no-update': { verbs: /^lock$/, instead: '' },
  '--remove-untracked': { verbs: /^install$/, instead: '--sync' },
};

export default defineRule({
  code: 'poetry-gone-in-2',
  name: 'poetry-gone-in-2',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'poetry',
  summary: 'A command or flag that Poetry 2 does not know any more',
  why: 'Poetry 2.0 of January 2025 took away `--no-dev` and `--remove-untracked` of `poetry install`, `--no-update` of `poetry lock`, and made `poetry export` and `poetry shell` plugins. They end with “The option "--no-dev" does not exist” or “The requested command export does not exist” (measured with Poetry 2.5). Found where the file names the release of Poetry, or installs the newest one with pip.',
  messages,
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nRUN pip install poetry==1.8.5\nRUN poetry install --no-dev --no-root' },
      { code: 'FROM python:3.12-slim\nRUN poetry install --no-dev', note: 'its release is not known' },
      {
        code: 'FROM python:3.12-slim\nRUN pip install poetry==2.1.3 poetry-plugin-export\nRUN poetry export -o requirements.txt && poetry lock && poetry install --sync',
      },
      { code: 'FROM python:3.8-slim\nRUN pip install poetry\nRUN poetry install --no-dev' },
      {
        code: 'FROM python:3.12-slim\nENV POETRY_VERSION=2.1.3\nRUN poetry self add poetry-plugin-export; poetry export --help',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir poetry==2.2.1\nRUN poetry config virtualenvs.create false && poetry install --no-interaction ⟦--no-dev⟧ --no-root',
        fixed:
          'FROM python:3.12-slim\nRUN pip install --no-cache-dir poetry==2.2.1\nRUN poetry config virtualenvs.create false && poetry install --no-interaction --only main --no-root',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install poetry\nRUN poetry lock ⟦--no-update⟧ && poetry install',
        fixed: 'FROM python:3.12-slim\nRUN pip install poetry\nRUN poetry lock && poetry install',
      },
      {
        code: 'FROM python:3.12-slim\nENV POETRY_VERSION=2.0.1\nRUN curl -sSL https://install.python-poetry.org | python3 -\nRUN poetry ⟦export⟧ -f requirements.txt -o requirements.txt',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pipx install "poetry~=2.1"\nRUN poetry install ⟦--remove-untracked⟧',
        fixed: 'FROM python:3.12-slim\nRUN pipx install "poetry~=2.1"\nRUN poetry install --sync',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!/\bpoetry\b/.test(run.node.text)) return;
      for (const command of facts.commands(run)) {
        if (command.name !== 'poetry') continue;
        const [verb] = plainWords(command, ['C', 'directory', 'P', 'project']);
        const flag = verb && flagThatIsGone(command, verb.value);
        const isPlugin = verb !== undefined && /^(?:export|shell)$/.test(verb.value);
        if ((!flag && !isPlugin) || poetryMajor(facts, run) !== 2) continue;
        if (isPlugin) {
          if (facts.file.joined.includes(`poetry-plugin-${verb.value}`)) continue;
          report(run.at(verb), 'plugin', { verb: verb.value });
        }
        if (!flag) continue;
        const { instead } = gone[flag.value] ?? { instead: '' };
        const remedy = instead === '' ? 'Delete it.' : `Write \`${instead}\`.`;
        report(run.at(flag), 'flag', { flag: flag.value, remedy }, (): Fix | undefined => {
          if (run.node.json) return undefined;
          const { start, end } = run.at(flag);
          const before = facts.file.text[start - 1] === ' ' && instead === '' ? 1 : 0;
          const title = instead === '' ? `Leave out ${flag.value}` : `Write ${instead}`;
          return {
            title,
            safety: 'unsafe',
            edits: [{ span: { start: start - before, end }, text: instead }],
          };
        });
      }
    },
  }),
});

const flagThatIsGone = ({ args }: ShellCommand, verb: string): ShellWord | undefined =>
  args.find(({ value }) => Object.hasOwn(gone, value) && gone[value]?.verbs.test(verb));
