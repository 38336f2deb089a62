import { readPipTargets } from '../../facts/pip.ts';
import { readRequirement } from '../../facts/requirements.ts';
import { settingAt } from '../../facts/settings.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { isPlainBase, isUvInstall, type UvCommand, uvCommands } from '../../facts/uv.ts';
import {
  hasOwnUvCache,
  isUvCacheGone,
  isUvCacheMounted,
  type UvCache,
  uvCache,
} from '../../facts/uv-cache.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { remember } from '../../text/remember.ts';

export default defineRule({
  code: 'uv-cache-not-mounted',
  name: 'uv-cache-not-mounted',
  aliases: ['tally/prefer-package-cache-mounts'],
  since: '0.2.0',
  severity: 'info',
  recommended: { level: 'hint', because: 'It makes builds faster; the image stays the same.' },
  family: 'uv',
  summary: 'uv downloads every package again whenever the layer is built',
  why: 'A layer is built again when the lock file or anything above changed, and uv then downloads all packages anew, for PyTorch with CUDA more than 2 GB. With a cache mount it takes what it has from the last build (uv documentation, "Using uv in Docker"). In size the mount changes little where uv links: measured with uv 0.13 on overlay, the cache of a 58 MB environment adds 2 MB, since its files are hard links. It adds all of them a second time where `UV_LINK_MODE=copy` is set. The fix counts as safe for named packages only: a project that is not installed as editable is rebuilt when its `pyproject.toml` changed, so that a cache which lasts may bring back an older build of its source (measured).',
  messages: {
    again:
      'Whenever this layer is built, `uv {verb}` downloads every package again. Write `RUN --mount=type=cache,target={target} …`, or add `--no-cache` where that is meant.',
    againSomewhere:
      'Whenever this layer is built, `uv {verb}` downloads every package again. Set `UV_CACHE_DIR` to a folder and mount a cache there, or add `--no-cache` where that is meant.',
    twiceSomewhere:
      'Every package stays in the layer twice, in the environment and in the cache of uv. Set `UV_CACHE_DIR` to a folder and mount a cache there, or add `--no-cache`.',
    twice:
      'Every package stays in the layer twice, in the environment and in the cache of uv. Write `RUN --mount=type=cache,target={target} …`, or add `--no-cache`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nENV UV_LINK_MODE=copy\nRUN --mount=type=cache,target=/root/.cache/uv uv sync --locked --no-dev',
      },
      { code: 'FROM python:3.12-slim\nRUN uv pip install --system --no-cache torch==2.8.0' },
      { code: 'FROM python:3.12-slim\nENV UV_NO_CACHE=1\nRUN uv pip install --system torch==2.8.0' },
      {
        code: 'FROM python:3.12-slim\nENV UV_CACHE_DIR=/cache\nRUN --mount=type=cache,target=/cache uv sync --locked',
      },
      { code: 'FROM python:3.12-slim\nRUN uv sync --locked && uv cache clean' },
      { code: 'FROM python:3.12-slim\nRUN uv sync --locked && rm -rf ~/.cache' },
      {
        code: 'ARG BASE_IMAGE\nFROM $BASE_IMAGE\nRUN uv sync --locked',
        note: 'the image may switch the cache off',
      },
      {
        code: 'FROM python:3.12-slim AS app\nRUN --mount=type=cache,target=/root/.cache/uv uv sync --locked --no-dev\nFROM app AS dev\nRUN uv sync --locked',
        note: 'only the group is missing',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN uv pip ⟦install⟧ --system torch==2.8.0',
        fixed:
          'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/uv uv pip install --system torch==2.8.0',
      },
      {
        code: 'FROM python:3.12-slim\nRUN --mount=type=bind,source=uv.lock,target=uv.lock uv ⟦sync⟧ --locked --no-dev && uv sync --locked',
        fixed:
          'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/uv --mount=type=bind,source=uv.lock,target=uv.lock uv sync --locked --no-dev && uv sync --locked',
      },
      {
        code: 'FROM python:3.12-slim\nRUN useradd -m -u 1000 app\nUSER app\nENV UV_LINK_MODE=copy\nRUN uv ⟦sync⟧ --locked',
        fixed:
          'FROM python:3.12-slim\nRUN useradd -m -u 1000 app\nUSER app\nENV UV_LINK_MODE=copy\nRUN --mount=type=cache,target=/home/app/.cache/uv,uid=1000 uv sync --locked',
      },
      {
        code: 'FROM python:3.12-slim\nENV UV_CACHE_DIR=/opt/uv-cache/\nRUN uv ⟦sync⟧ --locked',
        fixed:
          'FROM python:3.12-slim\nENV UV_CACHE_DIR=/opt/uv-cache/\nRUN --mount=type=cache,target=/opt/uv-cache uv sync --locked',
      },
      {
        code: 'FROM python:3.12-slim\nUSER app\nRUN uv ⟦sync⟧ --locked',
        note: 'the number of the user is not known',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const installs = uvCommands(facts, run).filter((uv) => isUvInstall(uv) && !hasOwnUvCache(uv));
      const [first] = installs;
      const stage = facts.stageOf(run);
      if (!first || !stage || !isPlainBase(stage)) return;
      const cache = uvCache(facts, run);
      if (isUvCacheMounted(run, cache) || isUvCacheGone(facts, run, cache)) return;
      const mode = settingAt(facts, run, 'UV_LINK_MODE');
      const span = run.at(first.verbWord);
      const { verb } = first;
      // Most packages are there already.
      if (verb === 'sync' && lineage(stage).some((one) => one !== stage && synced(one))) return;
      const fix = () => (cache && !linksIntoCache(mode, installs) ? mount(run, cache, installs) : undefined);
      const folder = cache?.folder;
      const target = cache && mountTarget(cache);
      const extras = { repair: { name: folder ?? '' } };
      if (mode === 'copy')
        return target === undefined
          ? report(span, 'twiceSomewhere', undefined, fix, extras)
          : report(span, 'twice', { target }, fix, extras);
      return target === undefined
        ? report(span, 'againSomewhere', { verb }, fix, extras)
        : report(span, 'again', { verb, target }, fix, extras);
    },
  }),
});

/** Whether a stage brings the packages of the project in already. */
const synced = remember(({ byKeyword }: Stage): boolean =>
  (['RUN', 'ONBUILD'] as const)
    .flatMap((keyword) => byKeyword.get(keyword) ?? [])
    .some(({ node }) => /\buv[ \t]+sync\b/.test(node.text)),
);

/** Symbolic links would lead nowhere without the mount. */
const linksIntoCache = (mode: string, installs: readonly UvCommand[]) =>
  /^(?:symlink|unknown)$/.test(mode) ||
  installs.some(({ args }) => args.some(({ value }) => value === 'symlink' || value.endsWith('=symlink')));

/** A cache belongs to root unless the mount says otherwise. */
const mountTarget = ({ folder, uid }: UvCache) => `${folder}${uid === undefined ? '' : `,uid=${uid}`}`;

function mount(run: Instruction, cache: UvCache, installs: readonly UvCommand[]): Fix {
  const { end } = run.at(run.node.keywordWord);
  const { folder, isSure } = cache;
  const target = mountTarget(cache);
  return {
    title: `Mount a cache at ${folder}`,
    safety: isSure && installs.every(isOfNames) ? 'safe' : 'unsafe',
    edits: [{ span: { start: end, end }, text: ` --mount=type=cache,target=${target}` }],
  };
}

/** Whether a command installs nothing but packages that it names: no folder whose old build may come back. */
function isOfNames({ verb, args }: UvCommand): boolean {
  const { packages, requirementFiles, editables } = readPipTargets(args);
  if (verb !== 'pip install' || requirementFiles.length > 0 || editables.length > 0) return false;
  return packages.every(({ value }) => !/[/$]/.test(value) && readRequirement(value) !== undefined);
}
