import { addWord } from '../../facts/run-edits.ts';
import { variablesAt } from '../../facts/scope.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'uv-sync-unlocked',
  name: 'uv-sync-unlocked',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'uv',
  summary: '`uv sync` may choose other versions than those of the lock file',
  why: 'Without a flag, `uv sync` brings an outdated `uv.lock` up to date inside the build, where nobody sees it, and without a lock file it takes the newest versions of the day. With `--locked` such a build ends with an error (uv documentation, "Locking and syncing").',
  messages: {
    unlocked:
      '`uv sync` resolves the dependencies anew where uv.lock is missing or out of date. Add `--locked`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.13-slim\nRUN uv sync --locked --no-dev && uv sync --frozen' },
      { code: 'FROM python:3.13-slim\nENV UV_FROZEN=1\nRUN uv sync' },
      { code: 'FROM python:3.13-slim\nRUN UV_LOCKED=1 uv sync; uv sync --upgrade; uv sync --help' },
      { code: 'FROM python:3.13-slim\nRUN uv sync --script job.py && uv pip sync requirements.txt' },
    ],
    bad: [
      {
        code: 'FROM python:3.13-slim\nCOPY . .\nRUN uv ⟦sync⟧ --no-dev',
        fixed: 'FROM python:3.13-slim\nCOPY . .\nRUN uv sync --locked --no-dev',
      },
      {
        code: 'FROM python:3.13-slim\nENV UV_FROZEN=\nRUN --mount=type=cache,target=/root/.cache/uv uv --quiet ⟦sync⟧',
        fixed:
          'FROM python:3.13-slim\nENV UV_FROZEN=\nRUN --mount=type=cache,target=/root/.cache/uv uv --quiet sync --locked',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const stage = facts.stageOf(run);
      if (!stage) return;
      for (const { name, args, assignments } of facts.commands(run)) {
        if (name !== 'uv') continue;
        const verb = args.find(({ value }) => !value.startsWith('-'));
        if (verb?.value !== 'sync') continue;
        const decides = /^--(?:locked|frozen|upgrade.*|script.*|help|dry-run|check|no-lock)$|^-[UhP]/;
        if (args.some(({ value }) => decides.test(value))) continue;
        const variables = variablesAt(facts.file, stage, run);
        const isSet = (variable: string) =>
          assignments.some(({ raw }) => raw.startsWith(`${variable}=`)) ||
          (variables.has(variable) && variables.get(variable) !== '');
        if (isSet('UV_LOCKED') || isSet('UV_FROZEN')) continue;
        report(run.at(verb), 'unlocked', undefined, () => ({
          title: 'Add --locked',
          safety: 'unsafe',
          edits: [addWord(run, verb, '--locked')],
        }));
      }
    },
  }),
});
