import { fullImagePrograms, wordsToo } from '../../../data/full-image-programs.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import type { Instruction } from '../../../syntax/tree.ts';

/**
 * Which of the programs that only full images have the image calls: in its own instructions, in Compose files and what else
 * starts something in its containers, in shell scripts that any of these name, and in the project's Python code.
 * @param outside what files around the image have its containers do
 */
export function calledPrograms(
  facts: FileFacts,
  instructions: readonly Instruction[],
  sources: SourceTexts | undefined,
  outside: readonly string[] = [],
): ReadonlySet<string> {
  const called = new Set<string>();
  const note = (program: string | undefined) => {
    const name = program?.slice(program.lastIndexOf('/') + 1) ?? '';
    if (fullImagePrograms.has(name)) called.add(name);
  };
  for (const it of instructions) {
    const { keyword, plain } = it.node;
    if (keyword === 'RUN')
      for (const { name, args } of facts.commands(it)) [name, ...gitUrls(args)].forEach(note);
    if (/^(?:CMD|ENTRYPOINT|HEALTHCHECK)$/.test(keyword)) {
      const words = plain
        .split(wordEnds)
        .filter((word) => !/^(?:CMD|ENTRYPOINT|HEALTHCHECK|--.*)$/i.test(word));
      for (const word of words) if (!wordsToo.has(word)) note(word);
      // A word of code, as in `python -c`, is no program.
      [words[0], ...calledByShell(words.join(' '))].forEach(note);
    }
  }
  for (const [path, text] of sources ?? []) {
    if (isCompose(path)) for (const word of text.split(wordEnds)) if (!wordsToo.has(word)) note(word);
    if (path.endsWith('.py') && !isAside(path)) calledByPython(text).forEach(note);
  }
  for (const text of outside)
    for (const word of text.split(wordEnds)) if (word === 'make' || !wordsToo.has(word)) note(word);
  for (const text of startedScripts(instructions, sources, outside)) calledByShell(text).forEach(note);
  return called;
}

const wordEnds = /[\s"'`$()[\]{};|&,=]+/;
export const isCompose = (path: string) => /(?:^|\/)(?:docker-)?compose[\w.-]*\.ya?ml$/i.test(path);
/** Code that is not run in the image. */
const isAside = (path: string) =>
  /(?:^|\/)(?:tests?|docs?|examples?|benchmarks?|\.github|ci)\/|(?:^|\/)(?:setup|conftest|noxfile|tasks|fabfile|test_\w+|\w+_test)\.py$/.test(
    path,
  );

/** pip and uv call git for a package in a repository. */
const gitUrls = (args: readonly { readonly value: string }[]) =>
  args.some(({ value }) => /\bgit\+/.test(value)) ? ['git'] : [];

/** The texts of the shell scripts that instructions, Compose files and other texts name, and that those name. */
export function startedScripts(
  instructions: readonly Instruction[],
  sources: SourceTexts | undefined,
  outside: readonly string[] = [],
): readonly string[] {
  const scripts = new Map([...(sources ?? [])].filter(([path]) => isShell(path)));
  const compose = [...(sources ?? [])].filter(([path]) => isCompose(path)).map(([, text]) => text);
  let texts = [
    ...instructions.filter(({ node }) => !/^(?:COPY|ADD)$/.test(node.keyword)).map(({ node }) => node.text),
    ...compose,
    ...outside,
  ];
  const started: string[] = [];
  while (texts.length > 0) {
    const words = new Set(texts.flatMap((text) => text.split(wordEnds)).map(baseName));
    texts = [...scripts].flatMap(([path, text]) => {
      if (!words.has(baseName(path))) return [];
      scripts.delete(path);
      return [text];
    });
    started.push(...texts);
  }
  return started;
}

const isShell = (path: string) => /\.(?:ba)?sh$|(?:^|\/)[\w-]*entrypoint$/.test(path);
const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** Words of a shell that a command may stand behind. */
const leading =
  /^(?:then|do|else|elif|if|while|until|!|exec|sudo|time|command|-v|which|type|\w+=\S*|"?\$\w+"?)$/;

/** The first word of each command of a shell text, as well as it can be told without its grammar. */
function calledByShell(text: string): string[] {
  const lines = text.split('\n').filter((line) => !/^\s*#/.test(line));
  return lines
    .flatMap((line) => line.split(/[;&|()`]+/))
    .flatMap((part) => {
      const words = part.trim().split(/\s+/);
      return words.slice(0, words.findIndex((word) => !leading.test(word)) + 1).at(-1) ?? [];
    })
    .map((word) => word.replace(/["']/g, ''));
}

const startsProcesses =
  /\bsubprocess\b|\bos\.(?:system|popen|exec|spawn)|\bpopen\b|\bwhich\(|\bpexpect\b|\bpty\b/;
/** Functions that take the words of a program, or its name. */
const starters = /run|call|popen|system|which|output|exec|spawn|shell/i;

/** The first word of each string of Python code that may start a program. */
function calledByPython(text: string): string[] {
  if (!startsProcesses.test(text)) return [];
  return [...text.matchAll(/["']([\w./-]{1,40})(?=["'\s])/g)].flatMap(({ 1: word = '', index }) => {
    const before = text
      .slice(Math.max(0, index - 60), index)
      .replace(/\b[frb]$/, '')
      .trimEnd();
    const outside = before.endsWith('[') ? before.slice(0, -1).trimEnd() : before;
    const callee = outside.endsWith('(') ? (outside.slice(0, -1).split(/\W/).at(-1) ?? '') : '';
    const isFirst = wordsToo.has(baseName(word)) ? starters.test(callee) : /[[(=]$/.test(before);
    return isFirst ? [word] : [];
  });
}
