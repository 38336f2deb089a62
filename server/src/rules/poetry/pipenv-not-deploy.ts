import { hasFlag, plainWords } from '../../facts/command-flags.ts';
import { addWord } from '../../facts/run-edits.ts';
import { isSwitchedOn } from '../../facts/settings.ts';
import { defineRule } from '../../lint/rule.ts';

/** Flags that take the next word (pipenv 2026 `pipenv install --help`). */
const valueFlags = [
  'python',
  'p',
  'requirements',
  'r',
  'index',
  'i',
  'pypi-mirror',
  'categories',
  'extra-pip-args',
  'e',
  'editable',
];
/** Flags with which the lock file is not written, or another file is installed. */
const decides = ['deploy', 'ignore-pipfile', 'skip-lock', 'r', 'requirements', 'e', 'editable', 'help', 'h'];

export default defineRule({
  code: 'pipenv-not-deploy',
  name: 'pipenv-not-deploy',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'poetry',
  summary: '`pipenv install` may lock other versions than those of Pipfile.lock',
  why: 'Where `Pipfile.lock` is missing or does not fit the `Pipfile`, `pipenv install` writes it anew inside the build, with the newest versions of the day, and nobody sees the result. With `--deploy` such a build ends with an error; `--ignore-pipfile` and `pipenv sync` take the lock file as it is (pipenv documentation, "Commands"; measured with pipenv 2026.10).',
  messages: {
    relocks:
      '`pipenv install` takes other versions than were tested where Pipfile.lock is out of date or missing. Copy that file, and add `--deploy`, with which the build stops where it is out of date.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nCOPY Pipfile Pipfile.lock ./\nRUN pipenv install --system --deploy' },
      { code: 'FROM python:3.12-slim\nRUN pipenv sync --system && pipenv install --ignore-pipfile' },
      { code: 'FROM python:3.12-slim\nRUN pipenv install --skip-lock; pipenv install requests $PIPENV_ARGS' },
      { code: 'FROM python:3.12-slim\nENV PIPENV_DEPLOY=1\nRUN pipenv install --system' },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nCOPY Pipfile Pipfile.lock ./\nRUN pip install pipenv==2026.10.3 && pipenv ⟦install⟧',
        fixed:
          'FROM python:3.12-slim\nCOPY Pipfile Pipfile.lock ./\nRUN pip install pipenv==2026.10.3 && pipenv install --deploy',
      },
      {
        code: 'FROM python:3.12-slim\nRUN ["pipenv", ⟦"install"⟧, "--system", "--python", "3.12"]',
        fixed: 'FROM python:3.12-slim\nRUN ["pipenv", "install", "--deploy", "--system", "--python", "3.12"]',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!run.node.text.includes('pipenv')) return;
      for (const command of facts.commands(run)) {
        if (command.name !== 'pipenv' || hasFlag(command, decides)) continue;
        const [verb, ...packages] = plainWords(command, valueFlags);
        if (verb?.value !== 'install' || packages.length > 0) continue;
        if (
          ['PIPENV_DEPLOY', 'PIPENV_IGNORE_PIPFILE', 'PIPENV_SKIP_LOCK'].some((name) =>
            isSwitchedOn(facts, run, name),
          )
        )
          continue;
        report(run.at(verb), 'relocks', undefined, () => ({
          title: 'Add --deploy',
          safety: 'unsafe',
          edits: [addWord(run, verb, '--deploy')],
        }));
      }
    },
  }),
});
