import { deadPackages, lastTensorflowGpu } from '../../data/dead-python-packages.ts';
import { notOnPypi } from '../../data/standard-library.ts';
import { basePython, baseRelease } from '../../facts/base-python.ts';
import { baseCuda } from '../../facts/cuda.ts';
import { pythonPackages } from '../../facts/python-packages.ts';
import type { Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'dead-pip-package',
  name: 'dead-pip-package',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'pip',
  summary: 'A Python package cannot be installed under this name any more',
  why: 'Some names on PyPI are only placeholders whose installation ends with a message: `sklearn` since December 2023, `pytorch`, and `tensorflow-gpu` since its last stub 2.12; `opencv` has never been a package there, nor have modules of Python itself such as `os` and `pickle` (measured against PyPI). Older versions that still install are left alone where they are named.',
  messages: {
    dead: '`{name}` cannot be installed from PyPI. Use `{use}`.',
    own: '`{name}` is a part of Python, and PyPI has no package of this name, so the install fails. Delete it.',
    unversioned:
      'Without a version pip takes the newest `{name}`, which only stops the install. Write `{name}=={version}`, the last one for CUDA {cuda}, or take `tensorflow` and a newer base image.',
    unknown:
      'Without a version pip takes the newest `{name}`, which only stops the install, and none is known for CUDA {cuda}. Take `tensorflow` and a newer base image.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nRUN pip install scikit-learn torch "tensorflow[and-cuda]"' },
      {
        code: 'FROM python:3.7\nRUN pip install argparse dataclasses',
        note: 'PyPI has packages of these names',
      },
      { code: 'FROM ubuntu:16.04\nRUN pip2 install tensorflow-gpu', note: 'an older release, for Python 2' },
      { code: 'FROM python:3.7\nRUN pip install tensorflow-gpu==1.15.5', note: 'this version is there' },
      { code: 'FROM python:3.12\nRUN apt-get install -y sklearn && conda install pytorch' },
      {
        code: 'FROM python:3.12\nRUN pip install --index-url https://pypi.example.org/simple opencv',
        note: 'an index of their own may hold it',
      },
    ],
    bad: [
      {
        code: 'FROM nvidia/cuda:8.0-cudnn6-devel-ubuntu16.04\nRUN pip3 install ⟦tensorflow-gpu⟧',
        note: 'TensorFlow 2 needs CUDA 10.1 or newer',
      },
      {
        code: 'FROM python:3.8\nRUN pip install ⟦tensorflow-gpu⟧',
        fixed: 'FROM python:3.8\nRUN pip install tensorflow',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install pandas ⟦sklearn⟧',
        fixed: 'FROM python:3.12-slim\nRUN pip install pandas scikit-learn',
      },
      {
        code: 'FROM python:3.12\nRUN uv pip install --system ⟦tensorflow-gpu⟧',
        fixed: 'FROM python:3.12\nRUN uv pip install --system "tensorflow[and-cuda]"',
      },
      { code: 'FROM python:3.12\nRUN pip install requests ⟦os⟧' },
      {
        code: 'FROM python:3.12\nRUN python3 -m pip install "⟦opencv⟧" numpy',
        fixed: 'FROM python:3.12\nRUN python3 -m pip install "opencv-python-headless" numpy',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      for (const { word, name, specifier, extras, command } of pythonPackages(facts, run)) {
        const isOwn = notOnPypi.has(name);
        const newest = Object.hasOwn(deadPackages, name) ? deadPackages[name] : undefined;
        const stage = facts.stageOf(run);
        // The extra came with TensorFlow 2.14, which asks for Python 3.9 (PyPI); before, the package held CUDA's part itself.
        const use = isOwn ? '' : newest === 'tensorflow[and-cuda]' && isOld(stage) ? 'tensorflow' : newest;
        if (use === undefined || specifier !== '' || extras.length > 0) continue;
        // What pip of Python 2 finds are the last releases for it, before the name was given up.
        if (/^(?:pip|python)2/.test(command.name)) continue;
        // `-i`, `-f`, `--find-links` and the like may lead to another source.
        if (
          command.args.some(({ value }) =>
            /^--?(?:i$|f$|index|default-index|extra-index|find-links)/.test(value),
          )
        )
          continue;
        const at = word.raw.indexOf(word.value);
        if (at < 0) continue;
        const span = run.at({ from: word.from + at, to: word.from + at + word.value.length });
        if (isOwn) {
          report(span, 'own', { name });
          continue;
        }
        const cuda = use.startsWith('tensorflow') && stage ? baseCuda(stage) : undefined;
        // `tensorflow` holds CUDA's part since 2.1, for CUDA 10.1 (TensorFlow, "Tested build configurations").
        if (cuda && (cuda.major < 10 || (cuda.major === 10 && cuda.minor === 0))) {
          const of = `${cuda.major}.${cuda.minor ?? 0}`;
          const version = lastTensorflowGpu[of];
          if (version) report(span, 'unversioned', { name, version, cuda: of });
          else report(span, 'unknown', { name, cuda: of });
          continue;
        }
        report(span, 'dead', { name, use }, () => ({
          title: `Use ${use}`,
          safety: 'unsafe',
          // Brackets are a pattern for the shell.
          edits: [{ span, text: use.includes('[') && word.raw === word.value ? `"${use}"` : use }],
        }));
      }
    },
  }),
});

/** Whether the Python that the base image brings is older than 3.9. */
function isOld(stage: Stage | undefined): boolean {
  const own = stage && basePython(stage);
  if (own) return own.major === 3 && own.minor < 9;
  const [, minor] = /^3\.(\d+)$/.exec((stage && baseRelease(stage)?.python) ?? '') ?? [];
  return minor !== undefined && Number(minor) < 9;
}
