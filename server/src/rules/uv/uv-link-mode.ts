import { readMounts } from '../../facts/mounts.ts';
import { settingAt } from '../../facts/settings.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { hasUvFlag, isPlainBase, isUvInstall, uvCommands } from '../../facts/uv.ts';
import { hasOwnUvCache, uvCache } from '../../facts/uv-cache.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { type Edit, insertLineAbove, likeKeyword, removeLines } from '../../text/edit.ts';
import { trimEnd } from '../../text/trim.ts';

export default defineRule({
  code: 'uv-link-mode',
  name: 'uv-link-mode',
  aliases: [],
  since: '0.2.0',
  severity: 'style',
  family: 'uv',
  summary: 'uv warns that it cannot link out of its cache mount',
  why: 'A cache mount is a file system of its own, and neither hard links nor clones lead from one to another. uv then copies, and says so with three lines of warning in each build, among which real ones get lost. `UV_LINK_MODE=copy` only says that this is meant; what is installed is the same. The rule is silent on base images that may set it, such as those of applications (uv documentation, "Using uv in Docker"; measured with uv 0.13).',
  messages: {
    warns:
      '`uv {verb}` warns in each build that it cannot link files out of the mount. Write `ENV UV_LINK_MODE=copy` above.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nENV UV_LINK_MODE=copy\nRUN --mount=type=cache,target=/root/.cache/uv uv sync --locked --no-dev',
      },
      {
        code: 'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/uv uv sync --locked --no-dev --link-mode copy',
      },
      {
        code: 'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/pip uv pip install --system numpy==2.3.1',
        note: 'not the cache of uv',
      },
      {
        code: 'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/uv export UV_LINK_MODE=copy && uv sync --locked',
      },
      {
        code: 'FROM prefecthq/prefect:3-python3.12\nRUN --mount=type=cache,target=/root/.cache/uv uv pip install prefect-aws==0.5.0',
        note: 'the image may set it',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY pyproject.toml uv.lock ./\nRUN --mount=type=cache,target=/root/.cache/uv uv sync --locked',
        context: { 'pyproject.toml': '[tool.uv]\nlink-mode = "copy"' },
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/uv uv ⟦sync⟧ --locked --no-dev\nRUN --mount=type=cache,target=/root/.cache/uv uv sync --locked',
        fixed:
          'FROM python:3.12-slim\nENV UV_LINK_MODE=copy\nRUN --mount=type=cache,target=/root/.cache/uv uv sync --locked --no-dev\nRUN --mount=type=cache,target=/root/.cache/uv uv sync --locked',
      },
      {
        code: 'FROM python:3.12-slim\nENV UV_CACHE_DIR=/cache\nRUN --mount=type=cache,target=/cache,sharing=locked uv pip ⟦install⟧ --system numpy==2.3.1',
        fixed:
          'FROM python:3.12-slim\nENV UV_CACHE_DIR=/cache\nENV UV_LINK_MODE=copy\nRUN --mount=type=cache,target=/cache,sharing=locked uv pip install --system numpy==2.3.1',
      },
      {
        code: 'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/uv uv pip ⟦install⟧ --system a==1\nENV UV_LINK_MODE=copy\nRUN --mount=type=cache,target=/root/.cache/uv uv pip install --system b==1',
        fixed:
          'FROM python:3.12-slim\nENV UV_LINK_MODE=copy\nRUN --mount=type=cache,target=/root/.cache/uv uv pip install --system a==1\nRUN --mount=type=cache,target=/root/.cache/uv uv pip install --system b==1',
      },
    ],
  },
  create: () => {
    const told = new Set<Stage>();
    return {
      RUN(run, { facts, report }) {
        const mounts = readMounts(run.node).filter(({ type }) => type === 'cache');
        if (mounts.length === 0) return;
        const stage = facts.stageOf(run);
        const found = uvCommands(facts, run).find(
          (uv) => isUvInstall(uv) && !hasOwnUvCache(uv) && !hasUvFlag(uv, ['link-mode']),
        );
        if (!stage || !found || !isPlainBase(stage)) return;
        const cache = uvCache(facts, run);
        if (!cache || !mounts.some(({ target }) => holds(target, cache.folder))) return;
        // The ENV that is missing in one place holds for all that follow.
        if (lineage(stage).some((ancestor) => told.has(ancestor))) return;
        if (settingAt(facts, run, 'UV_LINK_MODE') !== 'unset') return;
        if (settingAt(facts, run, 'UV_NO_CACHE') !== 'unset') return;
        if (facts.context?.project?.uv.settings.includes('link-mode')) return;
        told.add(stage);
        report(run.at(found.verbWord), 'warns', { verb: found.verb }, () => {
          const line = `${likeKeyword('ENV', run.node.keywordWord.raw)} UV_LINK_MODE=copy`;
          return {
            title: 'Set UV_LINK_MODE=copy',
            safety: 'safe',
            edits: [
              insertLineAbove(facts.file.text, run.span.start, line),
              ...laterLine(stage, run, facts.file.text),
            ],
          };
        });
      },
    };
  },
});

/** Takes the same ENV away further down in the stage, which the one above makes needless. */
function laterLine({ byKeyword }: Stage, run: Instruction, text: string): Edit[] {
  const later = byKeyword
    .get('ENV')
    ?.find(({ node, index }) => index > run.index && /^ENV[ \t]+UV_LINK_MODE=copy[ \t]*$/i.test(node.text));
  return later ? [removeLines(text, later.span)] : [];
}

/** Whether a folder is the target of a mount or in it. */
const holds = (target: string | undefined, folder: string) =>
  target !== undefined && `${folder}/`.startsWith(`${trimEnd(target, /\//)}/`);
