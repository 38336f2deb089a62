import { readPythonVersion } from '../../project/requirement-files.ts';
import type { KnownProject } from './known-project.ts';
import { nameOf } from './paths.ts';

/** A Python that a file of the project names. */
export interface SaidPython {
  readonly version: string;
  readonly file: string;
}

/** The Pythons that a project is run with, by what its files say, the surest first. */
export function saidPythons({ context, texts }: KnownProject): SaidPython[] {
  const found = (file: string, version: string | undefined) =>
    version === undefined ? [] : [{ version, file }];
  const images = [...texts].flatMap(([file, text]) => (isDockerfile(file) ? imagePythons(file, text) : []));
  const conda = context.environment?.packages.flatMap(
    (one) => /^python\s*={1,2}(3\.\d+)/.exec(one)?.[1] ?? [],
  );
  return [
    ...found('.python-version', readPythonVersion(texts.get('.python-version') ?? '')),
    ...images.filter(({ file }) => file === 'Dockerfile'),
    ...images.filter(({ file }) => file !== 'Dockerfile'),
    ...found('runtime.txt', /^python-(3\.\d+)/.exec(texts.get('runtime.txt') ?? '')?.[1]),
    ...found(context.environment?.path ?? '', conda?.[0]),
    ...byVersion(ciPythons(texts)),
  ];
}

/** Of images of Python and of uv: `python:3.12-slim`, `ghcr.io/astral-sh/uv:python3.12-bookworm`. */
const imagePythons = (file: string, text: string): SaidPython[] =>
  text.split('\n').flatMap((line) => {
    const version = /^FROM\s/i.test(line.trim()) ? /python:?(3\.\d+)/i.exec(line)?.[1] : undefined;
    return version === undefined ? [] : [{ version, file }];
  });

const isDockerfile = (path: string) =>
  /^(?:[\w-]+\.)?(?:dockerfile|containerfile)(?:\.|$)/i.test(nameOf(path));

/** What workflows set up; one that is tried is as good as another, so the newest comes first. */
function ciPythons(texts: KnownProject['texts']): SaidPython[] {
  return [...texts].flatMap(([file, text]) => {
    if (!file.startsWith('.github/workflows/')) return [];
    const lines = text.split('\n');
    return lines.flatMap((line, at) => {
      const key = line.trim().replace(/^- */, '');
      if (!/^["']?python(?:-version)?s?["']?:/.test(key)) return [];
      const value = key.slice(key.indexOf(':') + 1).trim();
      const goesOn = value === '' || (value.startsWith('[') && !value.includes(']'));
      const below = goesOn ? lines.slice(at + 1, at + 12) : [];
      const end = below.findIndex((one) => !/^\s*(?:-\s|["'\d\]])/.test(one));
      const said = [line.slice(line.indexOf(':')), ...below.slice(0, end < 0 ? below.length : end)].join(' ');
      return [...said.matchAll(/(?<![\d.])3\.\d+/g)].map(([version]) => ({ version, file }));
    });
  });
}

const byVersion = (all: readonly SaidPython[]) =>
  [...all].sort((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true }));
