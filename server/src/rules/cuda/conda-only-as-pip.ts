import { condaMlPackages, condaPackagesOnPypi } from '../../data/conda-packages.ts';
import { isPythonImage } from '../../facts/base-images.ts';
import { baseCuda } from '../../facts/cuda.ts';
import { type InstallForm, installsOf, type PackageInstall } from '../../facts/package-installs.ts';
import { defineRule } from '../../lint/rule.ts';
import { inOrder } from '../../text/in-order.ts';
import type { Span } from '../../text/span.ts';

const form: InstallForm = {
  programs: ['conda', 'mamba', 'micromamba'],
  verbs: ['install', 'create'],
  valueFlags: ['c', 'channel', 'n', 'name', 'p', 'prefix', 'file', 'f', 'solver', 'override-frozen'],
};

export default defineRule({
  code: 'conda-only-as-pip',
  name: 'conda-only-as-pip',
  aliases: ['tally/gpu/prefer-uv-over-conda'],
  since: '0.2.0',
  severity: 'info',
  recommended: {
    level: 'hint',
    because:
      '`conda` may also bring the Python that the rest of the image uses, and then leaving it out is more work.',
  },
  family: 'cuda',
  summary: 'conda installs only packages that PyPI has as wheels',
  why: 'On an image with CUDA, conda brings a second Python and often a second CUDA of several GB, while wheels of the same packages bring what they need. PyTorch itself no longer publishes for conda: 2.5 was the last release there (pytorch/pytorch#138506). `uv pip install`, or `uv sync` with a lock file, installs the same packages in a fraction of the time. The rule is silent where conda reads an environment file, or installs anything that is no Python package of PyPI.',
  messages: {
    pip: 'conda brings libraries such as MKL and CUDA with these packages, which makes the image larger than the wheels of PyPI do. Write `pip install {names}`, and keep conda only where something else needs its Python.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN conda install -y numpy ffmpeg',
        note: 'ffmpeg is none',
      },
      {
        code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN conda install -y numpy && conda env create -f environment.yml',
      },
      { code: 'FROM continuumio/miniconda3:25.3.1-1\nRUN conda install -y numpy', note: 'an image of conda' },
    ],
    bad: [
      {
        code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN conda ⟦install⟧ -y -c conda-forge numpy "pandas>=2"',
      },
      {
        code: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\nRUN conda ⟦install⟧ -y scikit-learn && conda install -y conda-forge::tqdm && conda clean -afy',
      },
      {
        code: 'FROM nvidia/cuda:12.4.1-base-ubuntu22.04\nRUN mamba ⟦create⟧ -n env python=3.11 pytorch torchvision pytorch-cuda=12.4 -c pytorch',
      },
    ],
  },
  create: () => {
    const found: { span: Span; install: PackageInstall }[] = [];
    return {
      RUN(run, { facts }) {
        const stage = facts.stageOf(run);
        if (!stage || !baseCuda(stage) || !isPythonImage(stage)) return;
        for (const install of installsOf(facts, run, form))
          found.push({ span: run.at(install.verb), install });
      },
      end({ facts, report }) {
        const { text } = facts.file;
        if (/\benv (?:create|update)\b|--file\b/.test(text) || inOrder(text, /\s/, /environment/, /\.ya?ml/))
          return;
        const names = found.flatMap(({ install }) => install.packages.map(({ value }) => nameOf(value)));
        const first = found[0];
        if (!first || !names.every((name) => condaPackagesOnPypi.has(name))) return;
        if (names.some((name) => condaMlPackages.test(name)))
          report(first.span, 'pip', { names: onPypi(names) });
      },
    };
  },
});

const otherNames: Readonly<Record<string, string>> = {
  cupy: 'cupy-cuda12x',
  opencv: 'opencv-python',
  pytorch: 'torch',
  'pytorch-gpu': 'torch',
  python: '',
  'pytorch-cuda': '',
  pip: '',
};

/** The first of some packages of conda, as PyPI names them. */
function onPypi(names: readonly string[]): string {
  const all = [...new Set(names.map((name) => otherNames[name] ?? name).filter((name) => name !== ''))];
  return `${all.slice(0, 5).join(' ')}${all.length > 5 ? ' …' : ''}`;
}

/** `conda-forge::numpy>=2` is `numpy`. */
const nameOf = (word: string) =>
  word
    .replace(/^.*::/, '')
    .replace(/[=<>!~[\s].*$/s, '')
    .toLowerCase();
