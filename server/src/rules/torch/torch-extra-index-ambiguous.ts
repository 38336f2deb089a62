import { buildSpans } from '../../data/torch-releases.ts';
import { pythonPackages } from '../../facts/python-packages.ts';
import { buildOf, newestTorch, torchFamily, wheelSources } from '../../facts/torch.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

export default defineRule({
  code: 'torch-extra-index-ambiguous',
  name: 'torch-extra-index-ambiguous',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'torch',
  dependsOn: 'instruction',
  summary: 'PyPI wins over the index of PyTorch that was asked for',
  why: 'With `--extra-index-url` pip looks at both indexes and takes the highest version (pip documentation, "--extra-index-url"). PyTorch no longer makes builds for older CUDA releases, so PyPI has a newer torch, and without a version that one is installed, for another CUDA than the one in the address. `--index-url` looks at PyTorch’s index alone.',
  messages: {
    ignored:
      'PyPI has torch {newest}, newer than the last one for `{build}` ({last}), so pip takes that one and this index is not used. Write `--index-url`, or pin `torch=={last}+{build}`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch --index-url https://download.pytorch.org/whl/cu118',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch==2.7.1+cu118 --extra-index-url https://download.pytorch.org/whl/cu118',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch --extra-index-url https://download.pytorch.org/whl/cpu',
        note: 'it has the newest release as well',
      },
      {
        code: 'FROM python:3.12-slim\nRUN uv pip install --system torch --extra-index-url https://download.pytorch.org/whl/cu118',
        note: 'uv prefers the extra index',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.11-slim\nRUN pip install torch torchvision ⟦--extra-index-url⟧ https://download.pytorch.org/whl/cu118',
        fixed:
          'FROM python:3.11-slim\nRUN pip install torch torchvision --index-url https://download.pytorch.org/whl/cu118',
      },
      {
        code: 'FROM python:3.11-slim\nRUN pip install "torch>=2.0" numpy ⟦--extra-index-url=https://download.pytorch.org/whl/cu121⟧',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!run.node.text.includes('--extra-index-url')) return;
      const packages = pythonPackages(facts, run);
      for (const torch of packages) {
        const { name, specifier, command } = torch;
        // A bound above may keep PyPI's newest one out.
        if (name !== 'torch' || command.name === 'uv' || !/^(?:$|>=?[\d.]+$)/.test(specifier)) continue;
        const extra = wheelSources(command).find(({ kind, value }) => kind === 'extra' && buildOf(value));
        const build = extra && buildOf(extra.value);
        const last = build && Object.hasOwn(buildSpans, build) ? buildSpans[build]?.[1] : undefined;
        const newest = newestTorch()?.version;
        if (!extra || !build || last === undefined || newest === undefined) continue;
        const isAlone = packages.every((one) => one.command !== command || torchFamily.has(one.name));
        const span = run.at(extra.flag);
        report(span, 'ignored', { newest, build, last }, (): Fix | undefined =>
          isAlone
            ? {
                title: 'Look at this index alone',
                safety: 'unsafe',
                edits: [{ span, text: extra.flag.raw.replace('--extra-index-url', '--index-url') }],
              }
            : undefined,
        );
      }
    },
  }),
});
