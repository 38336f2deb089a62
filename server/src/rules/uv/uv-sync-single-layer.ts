import type { FileFacts } from '../../facts/file-facts.ts';
import { isForWork } from '../../facts/shipped-stages.ts';
import { fillsEnvironment, uvCommands } from '../../facts/uv.ts';
import { syncAbove, wholeSync } from '../../facts/uv-split.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Copy, Instruction, Word } from '../../syntax/tree.ts';

/** Names that folders of source have; others may hold what the install needs, such as wheels. */
const sourceFolder = /^(?:\.\/)?(?:src|app|apps|api|backend|server|services?|code|core)\/?$/;

export default defineRule({
  code: 'uv-sync-single-layer',
  name: 'uv-sync-single-layer',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'uv',
  summary: '`uv sync` installs dependencies and project in one layer',
  why: 'A layer is built again when a layer above it changed, so a `uv sync` behind the COPY of the source installs all packages again for each saved file, with PyTorch several gigabytes. `uv sync --no-install-project` needs nothing but `pyproject.toml` and `uv.lock`; the second sync behind the COPY then only adds the project (uv documentation, "Using uv in Docker", "Intermediate layers"). Where the whole context is copied, source-copied-before-deps says so.',
  messages: {
    single:
      'Every change in `{source}` installs all packages again. Above this COPY, copy `pyproject.toml` and `uv.lock` and run `{sync}`; the one below then installs the project alone.',
    late: 'Every change in `{source}` installs all packages again. Above this COPY, install uv, copy `pyproject.toml` and `uv.lock`, and run `{sync}`; the one below then installs the project alone.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked --no-dev --no-install-project\nCOPY src src\nRUN uv sync --locked --no-dev',
      },
      {
        code: 'FROM python:3.12-slim\nRUN --mount=type=bind,source=uv.lock,target=uv.lock --mount=type=bind,source=pyproject.toml,target=pyproject.toml uv sync --locked --no-dev --no-install-project\nCOPY src src',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked\nCOPY src src',
        note: 'a project that is not installed itself',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY pyproject.toml uv.lock ./\nCOPY wheels wheels\nRUN uv sync --locked',
        note: 'the packages need the folder',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY . /app\nRUN uv sync --locked',
        note: 'left to source-copied-before-deps',
      },
      { code: 'FROM python:3.12-slim AS dev\nCOPY pyproject.toml uv.lock src ./\nRUN uv sync --locked' },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nCOPY ⟦src⟧ ./src\nRUN uv sync --frozen --no-dev',
        fixed:
          'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-dev --no-install-project\nCOPY src ./src\nRUN uv sync --frozen --no-dev',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY pyproject.toml uv.lock README.md ⟦main.py⟧ ./\nRUN --mount=type=cache,target=/root/.cache/uv uv sync --locked && uv cache prune',
        fixed:
          'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/uv --mount=type=bind,source=uv.lock,target=uv.lock --mount=type=bind,source=pyproject.toml,target=pyproject.toml uv sync --locked --no-install-project\nCOPY pyproject.toml uv.lock README.md main.py ./\nRUN --mount=type=cache,target=/root/.cache/uv uv sync --locked && uv cache prune',
      },
      {
        code: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nCOPY packages packages\nCOPY ⟦app⟧ app\nRUN uv sync --locked',
        context: {
          'pyproject.toml': '[tool.uv.workspace]\nmembers = ["packages/*"]',
          'uv.lock': 'version = 1\n',
        },
        fixed:
          'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nCOPY packages packages\nRUN uv sync --frozen --no-install-workspace\nCOPY app app\nRUN uv sync --locked',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY ⟦src/⟧ /app/src/\nCOPY pyproject.toml uv.lock /app/\nWORKDIR /app\nRUN uv sync --locked',
      },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      if (!/\bsync\b/.test(facts.file.joined)) return;
      for (const stage of facts.stages) {
        if (isForWork(stage) || !stage.byKeyword.has('COPY')) continue;
        let found: { copy: Instruction<Copy>; source: Word } | undefined;
        for (const it of stage.instructions) {
          if (isContextCopy(it)) {
            // Another rule tells of a COPY of the whole.
            if (it.node.sources.some(({ value }) => /^(?:\.\/?|(?:\.\/)?\*|\/)$/.test(value))) break;
            const source = it.node.sources.find((word) => isSource(word, facts));
            if (source) found ??= { copy: it, source };
          }
          if (it.node.keyword !== 'RUN' || !/\buv\b/.test(it.node.text)) continue;
          const sync = wholeSync(facts, it);
          if (sync && found) {
            const { copy, source } = found;
            const between = stage.instructions.filter(({ index }) => index > copy.index && index <= it.index);
            const isLate = between.some(({ node }) => bringsUv.test(node.text));
            const data = {
              source: source.value,
              sync: ['uv sync', ...sync.args.map(({ raw }) => raw), '--no-install-project'].join(' '),
            };
            report(copy.at(source), isLate ? 'late' : 'single', data, (): Fix | undefined => {
              if (isLate) return undefined;
              const edit = syncAbove(facts, stage, copy, it);
              return (
                edit && { title: 'Install the packages above the COPY', safety: 'unsafe', edits: [edit] }
              );
            });
          }
          // One that stands above the COPY has installed most of it.
          if (uvCommands(facts, it).some(fillsEnvironment)) break;
        }
      }
    },
  }),
});

/** What installs uv itself. */
const bringsUv = /\bpip[\d.]*\s+install\s[^&|;\n]*\buv\b(?!\/)|astral\.sh\/uv|astral-sh\/uv/;

const isContextCopy = (it: Instruction): it is Instruction<Copy> =>
  it.node.keyword === 'COPY' && !it.node.flags.some(({ name }) => name === 'from');

/** Whether a word of a COPY is code of the project: a folder named for it, or a file of Python. */
function isSource({ value }: Word, facts: FileFacts): boolean {
  const { name } = facts.context?.project ?? {};
  const file = /(?:^|\/)(\w+)\.py$/.exec(value)?.[1] ?? '';
  if (/^(?:__init__|setup|hatch_build)$|(?:version|about|info)_*$|meta/.test(file)) return false;
  if (value.endsWith('.py') || sourceFolder.test(value)) return true;
  return (
    name !== undefined &&
    value
      .replace(/^\.\/|\/$/g, '')
      .toLowerCase()
      .replace(/_/g, '-') === name
  );
}
