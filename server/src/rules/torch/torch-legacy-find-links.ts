import { pythonPackages } from '../../facts/python-packages.ts';
import { torchFamily, torchRelease, wheelSources } from '../../facts/torch.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

export default defineRule({
  code: 'torch-legacy-find-links',
  name: 'torch-legacy-find-links',
  aliases: [],
  since: '0.2.0',
  severity: 'style',
  family: 'torch',
  dependsOn: 'instruction',
  summary: 'torch is looked for in the old list of wheels',
  why: '`torch_stable.html` is one page with the links of all builds. It is looked at beside PyPI, so that without a local version such as `+cu118` the torch of PyPI is taken, and the installation page of PyTorch names an index for each build in its place since 1.13. Older releases are left alone.',
  messages: {
    old: '`{flag}` only adds this page to PyPI, and pip takes the newest of both, which is mostly that of PyPI. Write `--index-url https://download.pytorch.org/whl/{build}` instead.',
    open: '`{flag}` only adds this page to PyPI, and pip takes the newest of both, which is mostly that of PyPI. Write `--index-url https://download.pytorch.org/whl/cpu` instead, or `cu126` for that CUDA.',
    local:
      '`{build}` has an index of its own, and this page with all builds is the old way. Write `--index-url https://download.pytorch.org/whl/{build}` instead.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch==2.8.0 --index-url https://download.pytorch.org/whl/cpu',
      },
      {
        code: 'FROM python:3.9\nRUN pip install torch==1.10.2+cpu -f https://download.pytorch.org/whl/torch_stable.html',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch -f ⟦https://download.pytorch.org/whl/torch_stable.html⟧',
      },
      {
        code: 'FROM nvidia/cuda:11.8.0-base-ubuntu22.04\nRUN pip install torch==2.0.1+cu118 -f ⟦https://download.pytorch.org/whl/torch_stable.html⟧',
        fixed:
          'FROM nvidia/cuda:11.8.0-base-ubuntu22.04\nRUN pip install torch==2.0.1+cu118 --index-url https://download.pytorch.org/whl/cu118',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!run.node.text.includes('torch_stable.html')) return;
      const packages = pythonPackages(facts, run);
      for (const { name, exact, specifier, command } of packages) {
        const links = wheelSources(command).find(
          ({ kind, value }) => kind === 'links' && value.endsWith('/torch_stable.html'),
        );
        if (name !== 'torch' || !links || isOld(exact, specifier)) continue;
        const build = /\+(cpu|cu\d{2,3})$/.exec(exact ?? '')?.[1];
        const isAlone = packages.every((one) => one.command !== command || torchFamily.has(one.name));
        const { flag, word } = links;
        const cuda = exact === undefined ? undefined : torchRelease(exact)?.cuda;
        const own = build ?? (cuda && `cu${cuda.replace('.', '')}`);
        const messageId = build ? 'local' : own ? 'old' : 'open';
        const data = { build: own ?? '', flag: flag === word ? '--find-links' : flag.value };
        report(run.at(word), messageId, data, (): Fix | undefined => {
          if (!build || !isAlone || flag === word) return undefined;
          const span = { start: run.at(flag).start, end: run.at(word).end };
          const text = `--index-url https://download.pytorch.org/whl/${build}`;
          return { title: `Use the index of ${build}`, safety: 'unsafe', edits: [{ span, text }] };
        });
      }
    },
  }),
});

/** Releases that need the page, and those whose version a variable gives. */
const isOld = (exact: string | undefined, specifier: string) =>
  specifier.includes('$') || /^(?:0|1\.(?:\d|1[0-2]))(?:\.|\+|$)/.test(exact ?? '');
