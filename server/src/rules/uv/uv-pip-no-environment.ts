import { officialName } from '../../facts/base-images.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { variablesOfImage } from '../../facts/image-variables.ts';
import { addWord } from '../../facts/run-edits.ts';
import { lineage, rootStage, type Stage } from '../../facts/stages.ts';
import { runsAsRoot } from '../../facts/users.ts';
import { hasUvFlag, uvCommands } from '../../facts/uv.ts';
import { saysUv } from '../../facts/uv-text.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { remember } from '../../text/remember.ts';

/** What may make an environment, lead uv to one, or tell it to use the Python of the system. */
const hints =
  /venv|VIRTUAL_ENV|UV_(?:SYSTEM_PYTHON|PYTHON\b|CONFIG_FILE|PROJECT)|activate|conda|mamba|pixi|pyenv|virtualenv|poetry|pdm\b|hatch\b|uv\.toml|tool\.uv/i;
const target = [
  'system',
  'python',
  'p',
  'target',
  't',
  'prefix',
  'project',
  'directory',
  'config-file',
  'help',
  'h',
];
/** What a failing command may be part of without ending the build, and files that set variables. */
const excused = /\|\||\b(?:if|case|while|until)\b|(?:^|[\s;&|])(?:source|\.)\s/;

export default defineRule({
  code: 'uv-pip-no-environment',
  name: 'uv-pip-no-environment',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'uv',
  summary: '`uv pip install` finds no environment to install into',
  why: 'Unlike pip, `uv pip` only installs into a virtual environment unless it is told otherwise: without `VIRTUAL_ENV`, a `.venv`, one whose Python is on PATH or `--system` it ends with “No virtual environment found” (uv documentation, "Using Python environments"; measured with uv 0.13, for which a version such as `UV_PYTHON=3.12` makes no difference). The rule is silent where the file has anything that may make or name an environment, on a base image that may set `UV_SYSTEM_PYTHON`, and where nothing in the file brings uv, so that another image or script may bring more.',
  messages: {
    none: '`uv pip {verb}` ends with an error here, as there is no virtual environment. Add `--system`, or make one with `uv venv` and set `VIRTUAL_ENV`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nRUN uv pip install --system --no-cache numpy==2.3.1' },
      { code: 'FROM python:3.12-slim\nENV UV_SYSTEM_PYTHON=1\nRUN uv pip install --no-cache numpy==2.3.1' },
      { code: 'FROM python:3.12-slim\nRUN uv venv && uv pip install numpy==2.3.1' },
      { code: 'FROM python:3.12-slim\nRUN . /opt/env/bin/activate; uv pip install numpy==2.3.1' },
      { code: 'FROM python:3.12-slim\nRUN uv pip install --target /opt/lib numpy==2.3.1 && uv pip list' },
      { code: 'FROM python:3.12-slim\nRUN uv pip install numpy==2.3.1 || pip install numpy==2.3.1' },
      {
        code: 'ARG BASE_IMAGE\nFROM $BASE_IMAGE\nRUN uv pip install numpy==2.3.1',
        note: 'the image may set UV_SYSTEM_PYTHON',
      },
      {
        code: 'FROM python:3.12-slim\nRUN uv pip install numpy==2.3.1',
        note: 'where uv comes from is not known',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY . .\nRUN uv pip install -r pyproject.toml',
        context: { 'pyproject.toml': '[project]\nname = "a"\n[tool.uv]\npip = { system = true }' },
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.12.5 /uv /bin/\nRUN uv pip ⟦install⟧ --no-cache numpy==2.3.1',
        fixed:
          'FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.12.5 /uv /bin/\nRUN uv pip install --system --no-cache numpy==2.3.1',
      },
      {
        code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nRUN pip install uv==0.12.5\nRUN uv --quiet pip ⟦install⟧ torch==2.8.0',
      },
      {
        code: 'FROM ghcr.io/astral-sh/uv:0.12.5-python3.12-trixie-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN uv pip ⟦sync⟧ requirements.txt',
        fixed:
          'FROM ghcr.io/astral-sh/uv:0.12.5-python3.12-trixie-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN uv pip sync --system requirements.txt',
      },
    ],
  },
  create: () => {
    let isHinted: boolean | undefined;
    return {
      RUN(run, { facts, report }) {
        if (!/\bpip\b/.test(run.node.text) || excused.test(run.node.text)) return;
        const stage = facts.stageOf(run);
        // Newer images of PyTorch may have an environment of their own.
        if (!stage || !variablesOfImage(stage) || /pytorch/.test(rootStage(stage).base.text)) return;
        isHinted ??= hints.test(facts.file.joined) || saysUv(facts.file.joined, /^(?:sync|init|add|run)\b/i);
        if (!bringsUv(facts)(stage)) return;
        if (isHinted || facts.context?.project?.uv.settings.includes('pip.system')) return;
        for (const uv of uvCommands(facts, run)) {
          if (!/^pip (?:install|sync)$/.test(uv.verb) || hasUvFlag(uv, target)) continue;
          const { verbWord } = uv;
          report(
            run.at(verbWord),
            'none',
            { verb: verbWord.value },
            (): Fix | undefined =>
              takesSystem(stage) && runsAsRoot(facts.file, stage, run)
                ? { title: 'Add --system', safety: 'safe', edits: [addWord(run, verbWord, '--system')] }
                : undefined,
            { repair: { name: 'UV_SYSTEM_PYTHON' } },
          );
        }
      },
    };
  },
});

/** Whether the image or something in the stages is known to bring uv. */
const bringsUv = remember((facts: FileFacts): ((stage: Stage) => boolean) => {
  const isUv = ({ value }: { readonly value: string }) => /^uv(?:$|[=<>~!@[])/.test(value);
  return remember((stage: Stage) =>
    lineage(stage).some(
      ({ base, instructions }) =>
        /(?:^|\/)uv$/.test(base.image.repository) ||
        instructions.some((it) => {
          const { node } = it;
          if (node.keyword === 'COPY' || node.keyword === 'ADD')
            return node.args.some(({ value }) => /(?:^|\/)uvx?$/.test(value)) || /\/uv[:@]/.test(node.text);
          if (node.keyword !== 'RUN') return false;
          if (/astral\.sh\/uv|astral-sh\/uv|\/uv:/.test(node.text)) return true;
          return facts
            .commands(it)
            .some(
              ({ name, args }) =>
                name !== 'uv' &&
                args.some(({ value }) => /^(?:install|add|in)$/.test(value)) &&
                args.some(isUv),
            );
        }),
    ),
  );
});

/** Whether the first Python of the image is one that packages may be installed for: not the one of the distribution. */
function takesSystem(stage: Stage): boolean {
  const { image } = rootStage(stage).base;
  if (/(?:^|\/)python$/.test(officialName(image))) return true;
  return /(?:^|\/)uv$/.test(image.repository) && /(?:^|-)python3/.test(image.tag ?? '');
}
