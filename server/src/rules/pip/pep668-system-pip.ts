import { hasFlag } from '../../facts/command-flags.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { refusesPip } from '../../facts/managed-python.ts';
import { readPipInstall } from '../../facts/pip.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { insertLineAbove, likeKeyword, lineEnding } from '../../text/edit.ts';
import { inOrder } from '../../text/in-order.ts';

/** Another Python than the distribution's, a setting that lets pip in, or a failure that is put up with. */
/** What apt brings with pip; Ubuntu 24.04 ends with "Cannot uninstall pip 24.0, RECORD file not found". */
const ofApt = /^(?:pip|setuptools|wheel)(?:$|[<>=!~])/;

const escapes =
  /EXTERNALLY-MANAGED|break[-_]system|pip[./]conf|pip config|(?<!python3-|python3\.\d\d-)venv|virtualenv|activate|conda|mamba|pyenv|pixi|deadsnakes|ppa:|python\.org|get-pip|ensurepip|make (?:alt)?install|uv python|\bPIP_(?!NO_CACHE|DISABLE|DEFAULT_TIMEOUT|TIMEOUT|INDEX|EXTRA|TRUSTED|ROOT_USER|PROGRESS|NO_INPUT)/i;
const copiesPython = (text: string) =>
  inOrder(text, /[\r\n]/, /COPY /i, /--from=/i, /python|pip|\/usr\/local/i);
const systemPip = (text: string) => inOrder(text, /$/, /\bapt(?:-get|itude)?\b/, /\bpython3-pip\b/);
const otherPlace = /^(?:-t|--target|--prefix|--root|--python|--dry-run|-h|--help)(?:=|$)/;

export default defineRule({
  code: 'pep668-system-pip',
  name: 'pep668-system-pip',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'pip',
  summary: 'pip is to install into the Python of a distribution that refuses it',
  why: 'Since Debian 12 and Ubuntu 23.04 the distribution’s Python is marked as managed by apt, and pip and `uv pip --system` end with "externally-managed-environment" (PEP 668; measured with pip 23.0 of Debian 12 and uv 0.13). A file that built on Ubuntu 22.04 stops building when its CUDA image moves to 24.04. The official images of Python have one of their own and are not concerned. Only the first such install of a stage is reported, and none where the file mentions another Python, an environment or a setting of pip.',
  messages: {
    refused:
      'The Python of this base image belongs to apt and refuses `{program}`, so the build ends here. Write `ENV {variable}=1` above, or make a virtual environment and put its `bin` first on PATH.',
    upgrades:
      'The Python of this base image belongs to apt and refuses `pip`, which could not replace the packages of apt either, so the build ends here. Install `python3-venv`, and write `RUN python3 -m venv /opt/venv` and `ENV PATH="/opt/venv/bin:$PATH"` above.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM nvidia/cuda:12.9.1-base-ubuntu24.04\nRUN apt-get update && apt-get install -y python3-pip python3-venv && python3 -m venv /venv && /venv/bin/pip install numpy==2.3.1',
      },
      {
        code: 'FROM debian:bookworm-slim\nENV PIP_BREAK_SYSTEM_PACKAGES=1\nRUN apt-get update && apt-get install -y python3-pip && pip3 install numpy==2.3.1',
      },
      {
        code: 'FROM ubuntu:24.04\nRUN apt-get install -y python3-pip software-properties-common && add-apt-repository ppa:deadsnakes/ppa && apt-get install -y python3.11\nRUN python3.11 -m pip install numpy',
        note: 'a Python from elsewhere',
      },
      { code: 'FROM python:3.12-slim-bookworm\nRUN apt-get install -y python3-pip && pip install numpy' },
      { code: 'FROM ubuntu:22.04\nRUN apt-get install -y python3-pip && pip install numpy' },
      {
        code: 'FROM ubuntu:24.04\nRUN apt-get install -y python3-pip\nRUN pip install --target /opt/lib numpy',
      },
      { code: 'ARG OS\nFROM ubuntu:${OS}\nRUN apt-get install -y python3-pip\nRUN pip install numpy' },
    ],
    bad: [
      {
        code: 'FROM nvidia/cuda:12.9.1-base-ubuntu24.04\nRUN apt-get update && apt-get install -y python3-pip && pip ⟦install⟧ numpy==2.3.1',
        fixed:
          'FROM nvidia/cuda:12.9.1-base-ubuntu24.04\nENV PIP_BREAK_SYSTEM_PACKAGES=1\nRUN apt-get update && apt-get install -y python3-pip && pip install numpy==2.3.1',
      },
      {
        code: 'FROM debian:bookworm-slim\nRUN apt-get install -y python3-pip python3-venv\nRUN python3 -m pip ⟦install⟧ -U wheel\nRUN pip install torch',
        fixed:
          'FROM debian:bookworm-slim\nRUN apt-get install -y python3-pip python3-venv\nRUN python3 -m venv /opt/venv\nENV PATH="/opt/venv/bin:$PATH"\nRUN python3 -m pip install -U wheel\nRUN pip install torch',
      },
      {
        code: 'FROM ubuntu:noble AS base\nRUN apt-get install -y python3-pip\nFROM base\nCOPY --from=ghcr.io/astral-sh/uv:0.9.5 /uv /bin/\nRUN uv pip ⟦install⟧ --system numpy==2.3.1',
        fixed:
          'FROM ubuntu:noble AS base\nRUN apt-get install -y python3-pip\nFROM base\nCOPY --from=ghcr.io/astral-sh/uv:0.9.5 /uv /bin/\nENV UV_BREAK_SYSTEM_PACKAGES=1\nRUN uv pip install --system numpy==2.3.1',
      },
    ],
  },
  create: () => {
    const pythons = new Map<Stage, StagePython>();
    const reported = new Set<Stage>();
    return {
      RUN(run, { facts, report }) {
        if (!/\bpip/.test(run.node.text)) return;
        const stage = facts.stageOf(run);
        // The build ends at the first one.
        if (!stage || !refusesPip(stage) || lineage(stage).some((one) => reported.has(one))) return;
        const python = pythons.get(stage) ?? readStage(stage);
        pythons.set(stage, python);
        if (run.index < python.pipAt || run.index >= python.escapesAt) return;
        // A failure that another command makes good, or that nothing comes of.
        if (/\|\||\bif\b|\bcase\b|;\s*(?:true|exit 0)\b/.test(run.node.text)) return;
        for (const command of facts.commands(run)) {
          const verb = refusedInstall(command);
          if (!verb) continue;
          reported.add(stage);
          const program = command.name === 'uv' ? 'uv' : 'pip';
          const variable = `${program.toUpperCase()}_BREAK_SYSTEM_PACKAGES`;
          if (
            program === 'pip' &&
            command.args.some(({ value }) => ofApt.test(value)) &&
            hasFlag(command, ['U', 'upgrade'])
          )
            return report(run.at(verb), 'upgrades', undefined, () => makeVenv(facts, run, stage, program));
          report(run.at(verb), 'refused', { program, variable }, () => [
            ...makeVenv(facts, run, stage, program),
            insertAbove(facts, run, `Set ${variable}`, [`ENV ${variable}=1`]),
          ]);
          return;
        }
      },
    };
  },
});

interface StagePython {
  /** Where apt brings pip, and with it Python. */
  readonly pipAt: number;
  /** From where on the Python may be another one, or let pip in. */
  readonly escapesAt: number;
}

function readStage(stage: Stage): StagePython {
  let [pipAt, escapesAt] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const { instructions } of lineage(stage))
    for (const { node, index } of instructions) {
      if (index < pipAt && node.keyword === 'RUN' && systemPip(node.text)) pipAt = index;
      if (index < escapesAt && (escapes.test(node.text) || copiesPython(node.text))) escapesAt = index;
    }
  return { pipAt, escapesAt };
}

/** The word `install` of a command that would install into the system's Python. */
function refusedInstall(command: ShellCommand): ShellWord | undefined {
  const { name, nameWord, args } = command;
  if (/^(?!\/usr\/bin\/).*[/$]/.test(nameWord?.value ?? '')) return undefined;
  if (args.some(({ value }) => otherPlace.test(value))) return undefined;
  if (name === 'uv') {
    const isSystem = args.some(({ value }) => value === '--system');
    return isSystem && args[0]?.value === 'pip' && args[1]?.value === 'install' ? args[1] : undefined;
  }
  return /^(?:pip|pip3|python3)$/.test(name) ? readPipInstall(command)?.verb : undefined;
}

function makeVenv(facts: FileFacts, run: Instruction, stage: Stage, program: string): Fix[] {
  // With pip the module has to be there before; uv and apt in the same RUN would need more than a line.
  const isThere = stage.instructions.some(
    ({ node, index }) => index < run.index && /\bpython3(?:\.\d+)?-(?:venv|full)\b/.test(node.text),
  );
  if (program === 'uv' || !isThere) return [];
  const lines = ['RUN python3 -m venv /opt/venv', 'ENV PATH="/opt/venv/bin:$PATH"'];
  return [insertAbove(facts, run, 'Make a virtual environment above', lines)];
}

function insertAbove({ file }: FileFacts, run: Instruction, title: string, lines: readonly string[]): Fix {
  const line = lines
    .map((words) => words.replace(/^\w+/, (keyword) => likeKeyword(keyword, run.node.keywordWord.raw)))
    .join(lineEnding(file.text));
  return { title, safety: 'unsafe', edits: [insertLineAbove(file.text, run.span.start, line)] };
}
