import { readMounts } from '../../facts/mounts.ts';
import { readPipInstall } from '../../facts/pip.ts';
import { defineRule } from '../../lint/rule.ts';
import { removeWord } from '../../text/edit.ts';

export default defineRule({
  code: 'pip-cache-mount-defeated',
  name: 'pip-cache-mount-defeated',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'pip',
  dependsOn: 'instruction',
  summary: 'pip is told not to use the cache that is mounted for it',
  why: '`--no-cache-dir` keeps pip from reading and writing its cache (pip documentation, "Caching"), so the cache mount stays empty and each build downloads the wheels anew, several gigabytes with CUDA. With the mount nothing of the cache reaches the layer either way.',
  messages: {
    defeated:
      '`{flag}` keeps pip from using the cache that is mounted here, so it downloads all in each build. Delete `{flag}`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt',
      },
      {
        code: 'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/uv pip install --no-cache-dir uv && uv sync',
        note: 'the cache is for another program',
      },
      { code: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir -r requirements.txt' },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install ⟦--no-cache-dir⟧ -r requirements.txt',
        fixed:
          'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt',
      },
      {
        code: 'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache,sharing=locked python -m pip install ⟦--no-cache⟧ torch==2.9.0',
        fixed:
          'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache,sharing=locked python -m pip install torch==2.9.0',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const mounts = readMounts(run.node).filter(
        ({ type, target }) => type === 'cache' && /^[^~].*\/\.cache(?:\/pip)?\/?$/.test(target ?? ''),
      );
      if (mounts.length === 0) return;
      for (const command of facts.commands(run)) {
        const flag = readPipInstall(command)?.args.find(({ value }) => /^--no-cache(?:-dir)?$/.test(value));
        if (!flag) continue;
        const span = run.at(flag);
        report(span, 'defeated', { flag: flag.value }, () => ({
          title: `Remove ${flag.value}`,
          safety: 'unsafe',
          edits: [removeWord(facts.file.text, span)],
        }));
      }
    },
  }),
});
