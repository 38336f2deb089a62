import { packagesOfPython2 } from '../../../data/python-2.ts';
import type { Requirement } from '../../../facts/requirements.ts';
import type { KnownProject } from '../known-project.ts';
import { besideProgram } from '../sources/applications.ts';
import { code } from '../sources/modules.ts';

const python2 =
  'uv makes no environments of it, so write that Dockerfile by hand, or bring the code to Python 3.';

/** Why no image can have the Python that a project is for, in a sentence; undefined where nothing speaks against it. */
export function foreignPython({ texts }: KnownProject, asked: readonly Requirement[]): string | undefined {
  for (const [file, version] of namedPythons(texts)) {
    if (/^2(?:\.|-|$)/.test(version)) return `${file} says Python ${version}: ${python2}`;
    if (/^(?:pypy|graalpy|jython|ironpython|stackless)/.test(version))
      return `${file} says ${version}, and these files are for CPython: write that Dockerfile by hand.`;
  }
  const programs = [...texts].filter(([file]) => file.endsWith('.py') && !besideProgram.test(file));
  const old = programs.find(([, text]) => isPython2(text));
  // What lies beside programs for Python 3 may be one that nobody starts any more.
  if (old && !programs.some(([, text]) => isPython3.test(text))) return inPython2(old[0]);
  const dead = asked.find(({ name }) => packagesOfPython2.has(name));
  return dead && `${dead.name} is for Python 2 alone: ${python2}`;
}

export const inPython2 = (what: string) => `${what} is written for Python 2: ${python2}`;

/** What no Python 2 reads. */
const isPython3 = /\bf["']|^[ \t]*(?:async def|await|nonlocal)\b|^from __future__ import annotations/m;

function namedPythons(texts: KnownProject['texts']): [file: string, version: string][] {
  const pin = texts.get('.python-version');
  const runtime = texts.get('runtime.txt');
  const base = /^FROM[ \t]+(?:[\w.-]+\/)*(?:python:|(?=pypy:))(\S+)/im.exec(
    texts.get('Dockerfile') ?? '',
  )?.[1];
  return [
    ...(pin === undefined ? [] : [['.python-version', firstWord(pin)] as [string, string]]),
    ...(runtime === undefined
      ? []
      : [['runtime.txt', firstWord(runtime).replace(/^python-/, '')] as [string, string]]),
    ...(base === undefined ? [] : [['Dockerfile', base] as [string, string]]),
  ];
}

const firstWord = (text: string) => text.trim().split(/\s/, 1)[0] ?? '';

/**
 * Statements that Python 3 does not read (Python documentation, "What's New In Python 3.0"). Two classes without parentheses are of
 * Python 3.14 (PEP 758).
 */
const isPython2 = (text: string) =>
  /^#!.*\bpython2/.test(text) ||
  /^[ \t]*(?:print[ \t]+["'][^\n]*|except [\w.]+, [a-z_]\w*:[ \t]*)$/m.test(code(text));
