import { hasFlag, plainWords } from '../../facts/command-flags.ts';
import { poetryMajor } from '../../facts/poetry-version.ts';
import { addWord } from '../../facts/run-edits.ts';
import { isForWork, isToWorkIn, stagesOfImage, usesDevTools } from '../../facts/shipped-stages.ts';
import type { Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';

/** Flags that say which groups are meant. */
const decides = ['only', 'without', 'with', 'only-root', 'all-groups', 'no-dev', 'help', 'h', 'dry-run'];
/** Poetry before the groups, whose install knows no `--only`. */
const withoutGroups = /\bpoetry["']?==["']?(?:0|1\.[01])\.|POETRY_VERSION[= ]["']?(?:0|1\.[01])\./;

export default defineRule({
  code: 'poetry-install-flags',
  name: 'poetry-install-flags',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'poetry',
  summary: '`poetry install` installs groups that the image does not need, or has a flag that is gone',
  why: 'Without a flag `poetry install` installs every group that is not optional, test runners and linters among them (Poetry documentation, "Managing dependencies"). `--only main` leaves them out. It takes the place of `--no-dev`, which Poetry 2 does not know any more: there the install ends with “The option "--no-dev" does not exist” (measured with Poetry 2.5).',
  messages: {
    groups:
      '`poetry install` installs the groups for development as well, where the project has any. Add `--only main`.',
    gone: '`--no-dev` is deprecated, and Poetry 2 ends with an error at it. Write `--only main`.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nENV POETRY_VIRTUALENVS_IN_PROJECT=1\nRUN poetry install --only main --no-root',
      },
      {
        code: 'FROM python:3.12-slim\nRUN poetry config virtualenvs.create false && poetry install --without dev,lint',
      },
      {
        code: 'FROM python:3.9\nRUN pip install poetry==1.1.15 && poetry install --no-dev',
        note: 'before the groups',
      },
      { code: 'FROM python:3.12-slim AS test\nRUN poetry install --no-root' },
      { code: 'FROM python:3.12-slim\nRUN poetry install && poetry run pytest\nCMD ["python", "app.py"]' },
      { code: 'FROM python:3.12-slim\nRUN poetry install\nCMD ["bash"]', note: 'an image to work in' },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install poetry==2.1.3 && poetry ⟦install⟧ --no-root',
        fixed: 'FROM python:3.12-slim\nRUN pip install poetry==2.1.3 && poetry install --only main --no-root',
      },
      {
        code: 'FROM python:3.12-slim\nRUN poetry --no-ansi install ⟦--no-dev⟧ --no-root',
        fixed: 'FROM python:3.12-slim\nRUN poetry --no-ansi install --only main --no-root',
      },
    ],
  },
  create: () => {
    let shipped: ReadonlySet<Stage> | undefined;
    return {
      RUN(run, { facts, report }) {
        const stage = facts.stageOf(run);
        const { finalStage, file } = facts;
        if (!stage || !finalStage || !/\bpoetry\b/.test(run.node.text)) return;
        for (const command of facts.commands(run)) {
          if (command.name !== 'poetry') continue;
          const [verb] = plainWords(command, ['C', 'directory', 'P', 'project']);
          if (verb?.value !== 'install' || withoutGroups.test(file.joined)) continue;
          const gone = command.args.find(({ value }) => value === '--no-dev');
          // Where Poetry 2 is known to run it, another rule says so.
          if (gone && poetryMajor(facts, run) !== 2) {
            const span = run.at(gone);
            const isElement = run.node.json?.some(({ from }) => from === gone.from);
            report(span, 'gone', undefined, () => ({
              title: 'Write --only main',
              safety: 'unsafe',
              edits: [{ span, text: isElement ? '"--only", "main"' : '--only main' }],
            }));
          }
          if (hasFlag(command, decides)) continue;
          shipped ??= isToWorkIn(finalStage) ? new Set() : stagesOfImage(facts);
          if (!shipped.has(stage) || isForWork(stage)) continue;
          if (usesDevTools(stage)) continue;
          const isElement = run.node.json?.some(({ from }) => from === verb.from);
          report(run.at(verb), 'groups', undefined, () => ({
            title: 'Add --only main',
            safety: 'unsafe',
            edits: [addWord(run, verb, isElement ? '--only=main' : '--only main')],
          }));
        }
      },
    };
  },
});
