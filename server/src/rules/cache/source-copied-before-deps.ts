import { copiedFolder } from '../../facts/copied-folder.ts';
import { copyBelow } from '../../facts/copy-below.ts';
import { copyRoute } from '../../facts/copy-route.ts';
import { type DependencyInstall, readDependencyInstall } from '../../facts/dependency-installs.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { textsOfContext } from '../../facts/manifest-files.ts';
import { joinPath, pathBelow, workdirAt } from '../../facts/paths.ts';
import type { Stage } from '../../facts/stages.ts';
import { isWhole, isWholeCopy } from '../../facts/whole-copies.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';

export default defineRule({
  code: 'source-copied-before-deps',
  name: 'source-copied-before-deps',
  aliases: [],
  since: '0.1.0',
  severity: 'warning',
  family: 'cache',
  summary: 'The whole project is copied before its dependencies are installed',
  why: 'A layer is built again when a layer above it changed, and `COPY . .` changes with every saved file: then torch and everything else is downloaded and installed again. In a study of 1,993 machine-learning Dockerfiles ("ML in a Box", MSR 2026) 44 % of the commits rebuilt the image, 96 % of those only because of files in the build context. Copy the manifests first, install, and copy the source behind that. The fix copies what requirement files name as well (`-r base.txt`, a wheel), and there is none where they ask for code of the project (`-e .`). It needs a look where the files of the project are not known.',
  messages: {
    early:
      'Every change in the project installs the dependencies again, as all of it is copied above. Copy {manifest} above the install, and the rest below it.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY . .',
      },
      {
        code: 'FROM python:3.12-slim\nRUN --mount=type=bind,source=requirements.txt,target=/r.txt pip install -r /r.txt\nCOPY . .',
      },
      {
        code: 'FROM python:3.12\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked --no-install-project\nCOPY . .\nRUN uv sync --locked',
        note: 'the second sync only adds the project',
      },
      {
        code: 'FROM python:3.12 AS a\nCOPY . .\nFROM python:3.12\nCOPY --from=a /x .\nRUN pip install -r requirements.txt',
      },
      { code: 'FROM python:3.12\nCOPY . .\nRUN pip install .', note: 'the project itself needs its source' },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nCOPY ⟦.⟧ .\nRUN pip install --no-cache-dir -r requirements.txt',
        fixed:
          'FROM python:3.12-slim\nCOPY requirements.txt ./\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY . .',
      },
      {
        code: 'FROM python:3.12\nWORKDIR /app\nCOPY --chown=app ⟦./⟧ /app\nENV X=1\nRUN pip install -r requirements.txt -r dev.txt\nRUN true',
        fixed:
          'FROM python:3.12\nWORKDIR /app\nCOPY --chown=app requirements.txt dev.txt /app/\nENV X=1\nRUN pip install -r requirements.txt -r dev.txt\nCOPY --chown=app ./ /app\nRUN true',
      },
      {
        code: 'FROM python:3.12\nCOPY ⟦.⟧ /src\nWORKDIR /src\nRUN pip install -U pip==25.3\nRUN pip install -r /src/requirements.txt',
        fixed:
          'FROM python:3.12\nCOPY requirements.txt /src/\nWORKDIR /src\nRUN pip install -U pip==25.3\nRUN pip install -r /src/requirements.txt\nCOPY . /src',
      },
      { code: 'FROM python:3.12\nCOPY ⟦.⟧ /src\nRUN pip install -r requirements.txt && pip install -e /src' },
      {
        code: 'FROM python:3.12\nWORKDIR /app\nCOPY ⟦.⟧ /app\nRUN uv sync --locked --no-dev',
        fixed:
          'FROM python:3.12\nWORKDIR /app\nRUN --mount=type=bind,source=uv.lock,target=uv.lock --mount=type=bind,source=pyproject.toml,target=pyproject.toml uv sync --locked --no-dev --no-install-project\nCOPY . /app\nRUN uv sync --locked --no-dev',
      },
      { code: 'FROM python:3.12\nADD ⟦*⟧ /app/\nWORKDIR /app\nRUN poetry install --no-root' },
      {
        code: 'FROM mambaorg/micromamba:2.1.0\nCOPY ["⟦.⟧", "/app"]\nRUN micromamba env create -f /app/environment.yml',
      },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      for (const stage of facts.stages) {
        const found = findEarlyCopy(stage, facts);
        const source = found?.copy.node.sources.find(isWhole);
        if (!found || !source) continue;
        const quotes = source.raw.startsWith('"') ? 1 : 0;
        const span = found.copy.at({ from: source.from + quotes, to: source.to - quotes });
        const files = found.install.files.map((file) => contextPath(file, found, stage, facts));
        const known = files.every((file) => file !== undefined) && files.length > 0;
        const manifest = known ? files.map((file) => `\`${file}\``).join(' and ') : 'the manifests';
        report(span, 'early', { manifest }, () => moveCopy(found, stage, facts), {
          related: [
            { span: found.run.at(found.install.command), message: 'The dependencies are installed here.' },
          ],
        });
      }
    },
  }),
});

interface EarlyCopy {
  readonly copy: Instruction<Copy>;
  readonly run: Instruction;
  readonly install: DependencyInstall;
}

function findEarlyCopy(stage: Stage, facts: FileFacts): EarlyCopy | undefined {
  let copy: Instruction<Copy> | undefined;
  const before: DependencyInstall[] = [];
  for (const it of stage.instructions) {
    if (isWholeCopy(it)) copy ??= it;
    for (const command of facts.commands(it)) {
      // What follows a clone belongs to another project.
      if (command.name === 'git' && command.args[0]?.value === 'clone') break;
      const install = readDependencyInstall(command);
      if (!install) continue;
      if (!copy) before.push(install);
      else if (!before.some((earlier) => isSame(earlier, install))) return { copy, run: it, install };
    }
  }
  return undefined;
}

/** The same dependencies again, as `uv sync` behind the copy adds the project to what is there. */
function isSame(a: DependencyInstall, b: DependencyInstall): boolean {
  const name = (path: string) => path.replace(/^.*\//, '');
  return a.tool === b.tool && b.files.every((file) => a.files.some((other) => name(other) === name(file)));
}

/** Where a file that the RUN names lies in the build context, as the COPY brought it in. */
function contextPath(
  file: string,
  { copy, run }: EarlyCopy,
  stage: Stage,
  facts: FileFacts,
): string | undefined {
  const target = copy.node.destination?.value;
  const there = workdirAt(facts.file, stage, copy);
  const here = workdirAt(facts.file, stage, run);
  if (!target || there === undefined || here === undefined || /[$:]/.test(target + file)) return undefined;
  return pathBelow(joinPath(there, target), joinPath(here, file));
}

/** The COPY of the requirement files in place of the whole, and the whole behind the RUN. */
function moveCopy({ copy, install }: EarlyCopy, stage: Stage, facts: FileFacts): Fix | undefined {
  const folder = copiedFolder(facts, stage, copy, textsOfContext(facts.context));
  const route = folder && copyRoute(folder);
  const edits = route && copyBelow(folder, route);
  if (!edits) return undefined;
  const isAbove = [...route.installs, ...(route.stop?.headInstalls ?? [])].includes(install.command);
  const isFirst = isAbove || route.stop?.command === install.command;
  const title = isAbove ? 'Copy the requirements first' : 'Install the packages above the COPY';
  return isFirst ? { title, safety: 'unsafe', edits } : undefined;
}
