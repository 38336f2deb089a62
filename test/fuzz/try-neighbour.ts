import { readHadolintYaml } from '../../server/src/config/hadolint-yaml.ts';
import { readSettings } from '../../server/src/config/read-settings.ts';
import { parseIgnoreFile } from '../../server/src/syntax/ignore-file.ts';
import { createDice, numberOf } from './dice.ts';
import { pattern } from './grammar/ignore-file.ts';
import { isWithin, type Probe } from './probe.ts';
import { tryRules } from './try-dockerfile.ts';
import { folder, type Workbench } from './workbench.ts';

/** It asks for every kind of file beside it; its first and last lines have findings that none of them takes away. */
const dockerfile = `FROM nvidia/cuda:12.4.1-devel-ubuntu22.04 AS build
WORKDIR app
COPY . .
COPY pyproject.toml uv.lock README.md ./
RUN --mount=type=cache,target=/root/.cache/uv uv sync --frozen
RUN pip install -r requirements.txt
RUN conda env create -f environment.yml
COPY dist/*.whl src/ data/ /app/
CMD python main.py
`;
const lasting = ['DL3000', 'DL3025'];

const others: Readonly<Record<string, string>> = {
  Dockerfile: dockerfile,
  'README.md': '# x',
  'main.py': 'print()',
  'src/bikes/app.py': 'from fastapi import FastAPI\napp = FastAPI()\n',
  'dist/bikes-1.0-py3-none-any.whl': 'x',
  'data/a.csv': '1',
  '.git/HEAD': 'x',
};

/**
 * Lays a file beside a Dockerfile and tries all of it.
 * @param isLasting findings stay whatever the file says
 */
export async function tryNeighbour(
  file: string,
  text: string,
  probe: Probe,
  bench: Workbench,
  isLasting = true,
): Promise<void> {
  const { service } = bench;
  const files = { ...others, [file]: text };
  bench.lay(files, probe);
  const uri = `${folder}/Dockerfile`;
  const configuration = await probe.step('configuration', () =>
    service.configurationFor(uri, readSettings({})),
  );
  const context = await probe.step('context', () => service.contextOf(uri));
  showShape('', context, probe);
  const findings = await tryRules(dockerfile, probe, bench, context, configuration);
  await probe.step('known at a place', () => {
    for (let at = 0; at <= dockerfile.length; at += 9) {
      const told = [service.explainSource(dockerfile, at, context, configuration)?.span];
      told.push(service.completeSource(dockerfile, at, context, configuration)?.typed);
      const isSound = told.every((span) => !span || isWithin(dockerfile, span));
      probe.holds(isSound, `What is told at ${at} lies outside of the text.`);
    }
  });
  if (isLasting) {
    const found = new Set(findings?.map(({ code }) => code));
    probe.holds(
      lasting.every((code) => found.has(code)),
      `Findings vanished: there are ${[...found].join(' ')}.`,
    );
  }
  const kinds = (await probe.step('kinds of scaffold', () => service.scaffoldKinds(folder))) ?? [];
  for (const { kind } of kinds) {
    const made = await probe.step('scaffold', () => service.scaffold({ folder, kind }));
    probe.shows(`scaffold ${kind} ${made?.files.map(({ path }) => path).join()}`);
  }
}

/** Which parts of the context were read, and how many: what differs there went other ways through the readers. */
function showShape(path: string, value: unknown, probe: Probe): void {
  if (Array.isArray(value)) probe.shows(`${path} ${Math.ceil(Math.log2(value.length + 1))}`);
  if (typeof value !== 'object') probe.shows(`${path} ${typeof value} ${value === ''}`);
  const parts = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  for (const [key, child] of parts.slice(0, 20)) {
    showShape(`${path}.${Array.isArray(value) ? '' : key}`, child, probe);
  }
}

export async function tryIgnoreFile(text: string, probe: Probe, bench: Workbench): Promise<void> {
  const dice = createDice(numberOf(text));
  const long = 'a/'.repeat(1 + dice.below(500));
  const paths = [
    '.',
    '',
    '../x',
    'a',
    'src/a.py',
    `${long}b`,
    'a'.repeat(2_000),
    ...dice.some(8, () => pattern(dice)),
  ];
  const ignored = await probe.step('read', () => parseIgnoreFile(text));
  await probe.step('match', () => {
    for (const path of [...paths, ...text.split('\n', 5)]) {
      probe.shows(`ignores ${ignored?.excludes(path)} ${ignored?.keepsOut(path)}`);
    }
  });
  await tryNeighbour('.dockerignore', text, probe, bench);
}

export async function tryHadolintYaml(text: string, probe: Probe, bench: Workbench): Promise<void> {
  await probe.step('read', () => {
    for (const { start, end, message } of readHadolintYaml(text).problems) {
      probe.holds(isWithin(text, { start, end }), `A problem lies outside of the file: ${message}`);
    }
  });
  await tryNeighbour('.hadolint.yaml', text, probe, bench, false);
}
