import { baseImage, officialName } from '../../facts/base-images.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { projectInstalls } from '../../facts/project-installs.ts';
import { type RequiredPackage, requiredPackages } from '../../facts/required-packages.ts';
import { addWord } from '../../facts/run-edits.ts';
import { shippedStage } from '../../facts/shipped-stages.ts';
import { effective, rootStage, type Stage } from '../../facts/stages.ts';
import { torchFamily, torchRelease, wheelSources } from '../../facts/torch.ts';
import { lockOtherBuild } from '../../facts/torch-lock.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

/** Anything that tells of a GPU, of another platform, or of an index that decides. */
const tellsOfMore =
  /nvidia|cuda|gpu|\bcu1\d\d\b|rocm|xpu|arm64|aarch64|\b(?:PIP|UV)_\w*INDEX|TORCH_BACKEND|pip\.conf|pip config|\btrain/i;
/** What a service starts by. */
const serves =
  /uvicorn|gunicorn|fastapi|flask|streamlit|gradio|serve\b|server\b|hypercorn|waitress|bentoml|litserve/i;

export default defineRule({
  code: 'cpu-service-pulls-cuda-torch',
  name: 'cpu-service-pulls-cuda-torch',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'torch',
  summary: 'A service on a plain Python image installs the CUDA build of torch',
  why: 'The torch of PyPI for Linux brings CUDA libraries along, `nvidia-cublas-cu12` and a dozen others, some 2.5 GB to download and twice that unpacked, of which nothing runs without a GPU; the CPU build has about 200 MB. Nothing in the file speaks of a GPU, and the file alone cannot tell whether the container is given one, which is why this is a hint. With uv a lock file decides: see "Using uv with PyTorch" in its documentation.',
  messages: {
    named:
      'torch from PyPI brings some 2.5 GB of CUDA libraries, which a container without a GPU never uses. If this one runs on CPU, add `{how}`.',
    apart:
      'torch from PyPI brings some 2.5 GB of CUDA libraries, which a container without a GPU never uses. If this one runs on CPU, write `RUN pip install {torch} {how}` above.',
    locked:
      'uv.lock holds torch with some 2.5 GB of CUDA libraries, which a container without a GPU never uses. If this one runs on CPU, take torch from https://download.pytorch.org/whl/cpu by `[[tool.uv.index]]` and `[tool.uv.sources]`, and run `uv lock`.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch==2.8.0 --index-url https://download.pytorch.org/whl/cpu\nCMD ["uvicorn", "app:app"]',
      },
      {
        code: 'FROM python:3.12-slim\nRUN uv pip install --system --torch-backend=cpu torch==2.7.1\nCMD ["uvicorn", "app:app"]',
      },
      {
        code: 'FROM python:3.12-slim\nENV NVIDIA_VISIBLE_DEVICES=all\nRUN pip install torch==2.8.0\nCMD ["uvicorn", "app:app"]',
      },
      { code: 'FROM python:3.12-slim\nRUN pip install torch==2.8.0\nCMD ["python", "train.py"]' },
      {
        code: 'FROM nvidia/cuda:12.8.1-base-ubuntu22.04\nRUN pip install torch==2.8.0\nCMD ["uvicorn", "app:app"]',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir ⟦torch==2.8.0⟧ torchvision==0.23.0\nCMD ["uvicorn", "app:app"]',
        fixed:
          'FROM python:3.12-slim\nRUN pip install --no-cache-dir torch==2.8.0 torchvision==0.23.0 --index-url=https://download.pytorch.org/whl/cpu\nCMD ["uvicorn", "app:app"]',
      },
      {
        code: 'FROM python:3.12-slim\nRUN uv pip install --system fastapi==0.116.1 ⟦torch==2.8.0⟧\nCMD ["fastapi", "run", "app.py"]',
        fixed:
          'FROM python:3.12-slim\nRUN uv pip install --system fastapi==0.116.1 torch==2.8.0 --torch-backend=cpu\nCMD ["fastapi", "run", "app.py"]',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY . .\nRUN uv ⟦sync⟧ --locked\nCMD ["uvicorn", "app:app"]',
        fixedManifest:
          '[project]\nname = "a"\ndependencies = ["torch>=2"]\n\n[[tool.uv.index]]\nname = "pytorch-cpu"\nurl = "https://download.pytorch.org/whl/cpu"\nexplicit = true\n\n[tool.uv.sources]\ntorch = { index = "pytorch-cpu" }\n',
        context: {
          'pyproject.toml': '[project]\nname = "a"\ndependencies = ["torch>=2"]\n',
          'uv.lock':
            'version = 1\n\n[[package]]\nname = "torch"\nversion = "2.8.0"\nsource = { registry = "https://pypi.org/simple" }\n\n[[package]]\nname = "nvidia-cublas-cu12"\nversion = "12.8.4.1"\nsource = { registry = "https://pypi.org/simple" }\n',
        },
      },
    ],
  },
  create() {
    let isReported = false;
    return {
      RUN(run, { facts, report }) {
        const final = facts.finalStage;
        if (isReported || !final || !/torch|requirements|\bsync\b/.test(run.node.text)) return;
        const stage = shippedStage(facts, run);
        if (!stage || !isPlainPython(stage) || !isService(final)) return;
        if (tellsOfMore.test(facts.file.joined)) return;
        const torch = requiredPackages(facts, run).find(isPypiTorch);
        const sync =
          !torch && hasLockedCuda(facts)
            ? projectInstalls(facts, run).find(({ from }) => from === 'lock')
            : undefined;
        const verb = sync?.command.args.find(({ value }) => value === 'sync');
        isReported = torch !== undefined || verb !== undefined;
        if (torch)
          report(
            run.at(torch.word),
            needsOwnInstall(facts, run, torch) ? 'apart' : 'named',
            { how: flagFor(torch), torch: `torch${torch.exact ? `==${torch.exact}` : ''}` },
            () => useCpu(facts, run, torch),
          );
        else if (verb)
          report(
            run.at(verb),
            'locked',
            undefined,
            () => facts.context && lockOtherBuild(facts.context, 'cpu'),
          );
      },
    };
  },
});

const isPlainPython = (stage: Stage) =>
  rootStage(stage).base.unknown.length === 0 &&
  /^(?:python|debian|ubuntu|(?:astral-sh|astral)\/uv)$/.test(officialName(baseImage(stage)));

const isService = (stage: Stage) =>
  [effective(stage, 'CMD'), effective(stage, 'ENTRYPOINT')].some((it) => it && serves.test(it.node.text));

const isPypiTorch = ({ name, exact = '', command }: RequiredPackage) =>
  name === 'torch' &&
  !exact.includes('+') &&
  (exact === '' || torchRelease(exact)?.cuda !== undefined) &&
  wheelSources(command).length === 0;

const flagFor = ({ command }: RequiredPackage) =>
  command.name === 'uv' ? '--torch-backend=cpu' : '--index-url=https://download.pytorch.org/whl/cpu';

/** Whether the flag cannot stand beside the other packages: pip’s index has PyTorch’s packages and little else. */
function needsOwnInstall(facts: FileFacts, run: Instruction, { command, file }: RequiredPackage): boolean {
  if (command.name === 'uv') return false;
  const all = requiredPackages(facts, run).filter((one) => one.command === command);
  return file !== undefined || all.some(({ name }) => !torchFamily.has(name));
}

/** The flag behind the last word. */
function useCpu(facts: FileFacts, run: Instruction, torch: RequiredPackage): Fix | undefined {
  const { command, file } = torch;
  const last = command.args.at(-1);
  if (!last || file !== undefined || needsOwnInstall(facts, run, torch)) return undefined;
  return { title: 'Take the CPU build', safety: 'unsafe', edits: [addWord(run, last, flagFor(torch))] };
}

/** Whether the lock file takes torch from PyPI, with CUDA libraries beside it. */
function hasLockedCuda({ context }: FileFacts): boolean {
  const packages = context?.lock?.packages ?? [];
  const torches = packages.filter(({ name }) => name === 'torch');
  const isPypi = torches.length === 1 && /^https:\/\/pypi\.org\//.test(torches[0]?.registry ?? '');
  return isPypi && packages.some(({ name }) => /^nvidia-cu(?:blas|dnn)/.test(name));
}
