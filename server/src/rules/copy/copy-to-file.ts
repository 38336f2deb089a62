import { joinPath, workdirAt } from '../../facts/paths.ts';
import { resolveWord } from '../../facts/scope.ts';
import { defineRule, type Fix, type RuleContext } from '../../lint/rule.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';

const messages = {
  file: 'Several sources go to `{path}`, which is one file unless the folder is there already: the last source overwrites the others. Write `{path}/`.',
} as const;

const options = {
  dots: {
    default: false,
    description: 'Also report `.` and `..` as the destination.',
    hadolint: {
      value: true,
      reason:
        '`.` and `..` are folders whatever stands behind them, and BuildKit copies into them (tried with 0.34); hadolint asks for `./`.',
      example: 'FROM debian:12\nWORKDIR /app\nCOPY a b .\n',
    },
  },
  variables: {
    default: false,
    description: 'Also report a destination that ends in a variable without a default.',
    hadolint: {
      value: true,
      reason: 'The variable may end in a slash: `ENV APP=/app/` above decides, and is looked up.',
      example: 'FROM debian:12\nENV APP=/app/\nCOPY a b $APP\n',
    },
  },
  add: {
    default: true,
    description: 'Also look at ADD.',
    hadolint: {
      value: false,
      reason: 'ADD overwrites the files as COPY does.',
      example: 'FROM debian:12\nADD a.tar b.tar /data\n',
    },
  },
} as const;

export default defineRule({
  code: 'DL3021',
  name: 'copy-to-file',
  aliases: ['dockerfile-utils/INVALID_DESTINATION'],
  since: '0.2.0',
  severity: 'error',
  family: 'copy',
  summary: 'Several sources are copied to a path without a slash at its end',
  why: 'Where the destination is not a folder yet, `COPY a b c` makes `c` a copy of `b`: BuildKit 0.34 loses `a` without a word, and the older builder ends the build. With a slash, `c/` is a folder in each case.',
  messages,
  options,
  examples: {
    good: [
      { code: 'FROM debian:12\nCOPY a b /app/' },
      { code: 'FROM debian:12\nCOPY a /app' },
      { code: 'FROM debian:12\nWORKDIR /app\nCOPY pyproject.toml uv.lock .', note: 'a folder in any case' },
      { code: 'FROM debian:12\nCOPY ["a", "b", "/my app/"]' },
      { code: 'FROM debian:12\nARG DIR\nCOPY a b ${DIR}\nENV APP=/app/\nCOPY a b $APP' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nCOPY pyproject.toml uv.lock ⟦/app⟧',
        fixed: 'FROM debian:12\nCOPY pyproject.toml uv.lock /app/',
      },
      {
        code: 'FROM debian:12\nCOPY --chown=1 ["a", "b", ⟦"/my app"⟧]\nADD a.tar b.tar ⟦\'data\'⟧',
        fixed: 'FROM debian:12\nCOPY --chown=1 ["a", "b", "/my app/"]\nADD a.tar b.tar \'data/\'',
      },
      {
        code: 'FROM debian:12\nWORKDIR /app\nCOPY a b ⟦/app⟧',
        fixed: 'FROM debian:12\nWORKDIR /app\nCOPY a b /app/',
      },
      {
        code: 'FROM debian:12\nENV APP=/app\nCOPY a b ⟦$APP⟧',
        fixed: 'FROM debian:12\nENV APP=/app\nCOPY a b $APP/',
      },
      {
        code: 'FROM debian:12\nCOPY a b ⟦..⟧',
        options: { dots: true },
        fixed: 'FROM debian:12\nCOPY a b ../',
      },
    ],
  },
  create: () => ({
    COPY: check,
    ADD(add, ctx) {
      if (ctx.options.add) check(add, ctx);
    },
  }),
});

function check(
  copy: Instruction<Copy>,
  { facts, options: chosen, report }: RuleContext<typeof messages, typeof options>,
) {
  const { destination, sources, heredocs } = copy.node;
  if (!destination || (sources.length < 2 && heredocs.length < 2) || /\/$/.test(destination.value)) return;
  const stage = facts.stageOf(copy);
  const path =
    stage && !chosen.variables ? resolveWord(facts.file, stage, copy, destination) : destination.value;
  if (path === undefined || /\/$/.test(path)) return;
  if (!chosen.dots && /(?:^|\/)\.\.?$/.test(path)) return;
  const span = copy.at(destination);
  report(span, 'file', { path: destination.value }, (): Fix => {
    // The folder that the stage works in is there.
    const isThere =
      stage && !path.includes('$') && workdirAt(facts.file, stage, copy) === joinPath('/', path);
    const raw = destination.raw;
    const at = span.end - (/["']$/.test(raw) ? 1 : 0);
    return {
      title: 'Add the slash',
      safety: isThere ? 'safe' : 'unsafe',
      edits: [{ span: { start: at, end: at }, text: '/' }],
    };
  });
}
