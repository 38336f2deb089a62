import { type FetchedPython, fetchedPythons } from '../../facts/fetched-python.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { joinPath, pathBelow } from '../../facts/paths.ts';
import { settingAt } from '../../facts/settings.ts';
import { usedStage } from '../../facts/stage-graph.ts';
import { lineage, rootStage, type Stage } from '../../facts/stages.ts';
import { saysUv } from '../../facts/uv-text.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';
import { insertLineAbove } from '../../text/edit.ts';

const sync = 'COPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-install-project';
const slim = 'FROM ghcr.io/astral-sh/uv:0.9.5-debian-slim AS builder\nWORKDIR /app';

export default defineRule({
  code: 'uv-python-left-behind',
  name: 'uv-python-left-behind',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'uv',
  summary: 'An environment is copied whose Python uv fetched and which stayed in the builder',
  why: 'Where the image has no Python that fits, `uv sync` and `uv venv` fetch one into `~/.local/share/uv/python`, and `.venv/bin/python` is a link to it (uv documentation, "Python versions" and "Storage"). Copied to another stage without that folder, the link leads nowhere, and each program in `.venv/bin` ends with "no such file or directory" when the container starts. That the next stage has a Python of its own does not help. It happens with images of uv without a Python, with `UV_PYTHON_PREFERENCE=only-managed`, after `uv python install`, and where `.python-version` or `requires-python` asks for another release than the base image has.',
  messages: {
    left: '`{environment}/bin/python` is a link into `{folder}`, where uv put the Python that it fetched, and that folder is not copied, so nothing in the environment starts. {remedy}',
  },
  options: {},
  examples: {
    good: [
      {
        code: `FROM ghcr.io/astral-sh/uv:python3.12-bookworm-slim AS builder\nWORKDIR /app\n${sync}\nFROM python:3.12-slim-bookworm\nCOPY --from=builder /app/.venv /app/.venv`,
        note: 'the Python of the image is at the same place in both',
      },
      {
        code: `${slim}\nENV UV_PYTHON_INSTALL_DIR=/python\n${sync}\nFROM debian:trixie-slim\nCOPY --from=builder /python /python\nCOPY --from=builder /app/.venv /app/.venv`,
      },
      {
        code: `${slim}\n${sync}\nFROM python:3.12-slim\nCOPY --from=builder /root/.local /root/.local\nCOPY --from=builder /app /app`,
      },
      { code: `${slim}\n${sync}\nFROM builder\nCOPY --from=builder /app/.venv /srv/.venv` },
      {
        code: `${slim}\nRUN apt-get update && apt-get install -y python3\n${sync}\nFROM python:3.12-slim\nCOPY --from=builder /app/.venv /app/.venv`,
        note: 'uv takes the Python that is there',
      },
      {
        code: `FROM ghcr.io/astral-sh/uv:python3.12-bookworm-slim AS builder\nENV UV_PYTHON_DOWNLOADS=never\nWORKDIR /app\n${sync}\nFROM python:3.12-slim-bookworm\nCOPY --from=builder /app/.venv /app/.venv`,
        context: { 'pyproject.toml': '[project]\nname = "a"\nrequires-python = ">=3.13"\n', 'uv.lock': '' },
      },
      {
        code: `${slim}\n${sync}\nFROM ghcr.io/astral-sh/uv:0.9.5-debian-slim\nCOPY --from=builder /app /app\nRUN cd /app && uv sync --frozen`,
        note: 'the environment is made anew',
      },
    ],
    bad: [
      {
        code: `${slim}\n${sync}\nFROM python:3.12-slim\nCOPY --from=builder ⟦/app/.venv⟧ /app/.venv\nUSER 1000\nCMD ["/app/.venv/bin/python", "-m", "app"]`,
        fixed: `FROM ghcr.io/astral-sh/uv:0.9.5-debian-slim AS builder\nENV UV_PYTHON_INSTALL_DIR=/python\nWORKDIR /app\n${sync}\nFROM python:3.12-slim\nCOPY --from=builder /python /python\nCOPY --from=builder /app/.venv /app/.venv\nUSER 1000\nCMD ["/app/.venv/bin/python", "-m", "app"]`,
      },
      {
        code: `FROM python:3.12-slim AS builder\nCOPY --from=ghcr.io/astral-sh/uv:0.9.5 /uv /bin/\nENV UV_PYTHON_PREFERENCE=only-managed UV_PYTHON_INSTALL_DIR=/opt/python\nWORKDIR /app\n${sync}\nFROM python:3.12-slim\nCOPY --from=builder ⟦/app⟧ /app`,
        fixed: `FROM python:3.12-slim AS builder\nCOPY --from=ghcr.io/astral-sh/uv:0.9.5 /uv /bin/\nENV UV_PYTHON_PREFERENCE=only-managed UV_PYTHON_INSTALL_DIR=/opt/python\nWORKDIR /app\n${sync}\nFROM python:3.12-slim\nCOPY --from=builder /opt/python /opt/python\nCOPY --from=builder /app /app`,
      },
      {
        code: `FROM ghcr.io/astral-sh/uv:python3.12-bookworm-slim AS builder\nWORKDIR /app\n${sync}\nFROM python:3.13-slim\nCOPY --from=builder ⟦/app/.venv⟧ /app/.venv`,
        context: { 'pyproject.toml': '[project]\nname = "a"\nrequires-python = ">=3.13"\n', 'uv.lock': '' },
      },
      {
        code: `FROM ghcr.io/astral-sh/uv:python3.12-bookworm-slim AS builder\nWORKDIR /app\nCOPY . .\nRUN uv sync --frozen\nFROM python:3.13-slim\nCOPY --from=builder ⟦/app/.venv⟧ /app/.venv`,
        context: { 'pyproject.toml': '[project]\nname = "a"\n', 'uv.lock': '', '.python-version': '3.13\n' },
      },
      {
        code: 'FROM debian:trixie-slim AS builder\nCOPY --from=ghcr.io/astral-sh/uv:0.9.5 /uv /bin/\nRUN uv python install 3.13 && uv venv --python 3.13 /opt/venv\nFROM debian:trixie-slim\nCOPY --from=builder ⟦/opt/venv⟧ /opt/venv',
      },
    ],
  },
  create() {
    const known = new Map<Stage, readonly FetchedPython[]>();
    const reported = new Set<Stage>();
    return {
      COPY(copy, { facts, report }) {
        const target = facts.stageOf(copy);
        const from = copy.node.flags.find(({ name }) => name === 'from')?.value?.value;
        const source = from === undefined ? undefined : usedStage(facts, from, true);
        if (!target || !source || reported.has(target) || lineage(target).includes(source)) return;
        if (!/\buv\b/.test(facts.file.joined)) return;
        const fetched = known.get(source) ?? fetchedPythons(facts, source);
        known.set(source, fetched);
        for (const python of fetched) {
          const word = copy.node.sources.find(({ value }) => covers(value, python.environment));
          if (!word) continue;
          // Asked once for each stage, as each answer takes a look at all of it.
          reported.add(target);
          if (isProvided(target, python)) return;
          const fix = mend(facts, copy, source, from ?? '', python);
          const isMoved = settingAt(facts, python.run, 'UV_PYTHON_INSTALL_DIR') !== 'unset';
          const remedy = isMoved
            ? 'Copy it as well.'
            : 'Set `UV_PYTHON_INSTALL_DIR=/python` in the builder and copy `/python` as well, or build on an image with that Python.';
          const { environment, folder } = python;
          report(copy.at(word), 'left', { environment, folder, remedy }, () => fix);
          return;
        }
      },
    };
  },
});

/** Whether a path is another one or a folder that it lies in. */
const covers = (path: string, other: string): boolean => {
  const whole = joinPath('/', path);
  return whole === other || pathBelow(whole, other) !== undefined;
};

/** Whether a stage gets the Python in another way, or makes the environment anew. */
function isProvided(target: Stage, { folder }: FetchedPython): boolean {
  return lineage(target).some(({ instructions }) =>
    instructions.some(({ node }) => {
      if (node.keyword === 'RUN') return saysUv(node.text, /^(?:sync|venv|python|run)\b/);
      if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return false;
      const { destination, sources } = node as Copy;
      const ends = [...sources, ...(destination ? [destination] : [])].map(({ value }) => value);
      return ends.some(
        (path) => path.includes('$') || covers(path, folder) || covers(folder, joinPath('/', path)),
      );
    }),
  );
}

/** Copies the folder as well, which the builder is told to have outside of a home where it is in one. */
function mend(facts: FileFacts, copy: Instruction, source: Stage, from: string, python: FetchedPython): Fix {
  const { text } = facts.file;
  const isMoved = settingAt(facts, python.run, 'UV_PYTHON_INSTALL_DIR') !== 'unset';
  const folder = isMoved ? python.folder : '/python';
  const line = `COPY --from=${from} ${folder} ${folder}`;
  const edits = [insertLineAbove(text, copy.span.start, line)];
  const first = rootStage(source).instructions[0];
  if (!isMoved && first)
    edits.unshift(insertLineAbove(text, first.span.start, `ENV UV_PYTHON_INSTALL_DIR=${folder}`));
  return { title: 'Copy the Python as well', safety: 'unsafe', edits };
}
