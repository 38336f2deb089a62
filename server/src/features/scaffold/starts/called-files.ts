import { standardLibrary } from '../../../data/standard-library.ts';
import { importedBy } from '../packages/providers.ts';
import { folderOf, nameOf, posixJoin } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { importRootOf, withoutComments } from '../sources/modules.ts';
import { programsOfStart } from './program-file.ts';
import type { Start } from './start.ts';

/** What runs another program. */
const runs = /\bsubprocess\b|\bos\.(?:system|popen|exec\w+|spawn\w+)\b|\bcreate_subprocess_\w+\(/;
/** So many characters before the name of a file Python is named. */
const near = 60;

/** A start whose program, or script, runs further ones by their files: Python finds their modules by PYTHONPATH alone. */
export function withCalled(facts: ProjectFacts, start: Start): Start {
  const roots = calledFiles(facts, start).flatMap((path) => {
    const { root, others } = importRootOf(path, facts.tree);
    // What is installed is found anywhere.
    const isInstalled = facts.isInPackage(path) && /^(?:src)?$/.test(root);
    return isInstalled ? [] : [root, ...others].filter((folder) => folder !== folderOf(path));
  });
  return roots.length === 0 ? start : { ...start, roots: [...new Set([...start.roots, ...roots])] };
}

function calledFiles(facts: ProjectFacts, start: Start): string[] {
  const { texts, tree } = facts;
  const at = (path: string) => posixJoin(start.folder ?? '', path);
  const scripts = start.words.flatMap((word) =>
    word.endsWith('.sh') ? withoutComments(texts.get(at(word)) ?? '') : [],
  );
  const programs = programsOfStart(facts, start).flatMap(({ text }) => (runs.test(text) ? text : []));
  const found = [...scripts, ...programs].flatMap(namedIn).map(at);
  return [...new Set(found)].filter((path) => tree.paths.has(path));
}

/** The files that stand behind the name of Python. */
const namedIn = (text: string): string[] =>
  [...text.matchAll(/[\w./-]+/g)].flatMap(({ 0: path, index }) => {
    const before = text.slice(Math.max(index - near, 0), index);
    const isStarted = /\bpython3?\b|\bsys\.executable\b/.test(before) && !/\.py\b/.test(before);
    return path.endsWith('.py') && isStarted ? path : [];
  });

/** A list or a text that begins with Python and the file. */
const launched =
  /(?:\bsys\.executable,\s{0,20}["']|["']python3?(?:["'],\s{0,20}["']| ))([\w./-]{1,200}\.py)\b/g;

/** Why a start ends at once that imports nothing but what Python has and runs other programs, in a sentence: none of them is there. */
export function calledFault(facts: ProjectFacts, start: Start): string | undefined {
  const [program, ...others] = programsOfStart(facts, start);
  if (!program || others.length > 0 || !runs.test(program.text)) return undefined;
  const isLauncher = program.text
    .split('\n')
    .flatMap(importedBy)
    .every((one) => standardLibrary.has(one));
  if (!isLauncher) return undefined;
  const there = new Set((facts.context.files?.files ?? []).map(({ path }) => nameOf(path)));
  const all = [...program.text.matchAll(launched)].map(([, path = '']) => path);
  const [first] = all;
  // What else stands there may be written before it is run.
  const isGone = all.every((path) => !there.has(nameOf(path))) && !/\bopen\(|\bwrite/.test(program.text);
  return first !== undefined && isGone
    ? `${program.path} runs ${first}, which is not there: correct it, then add the files again.`
    : undefined;
}
