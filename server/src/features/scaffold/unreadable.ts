import { modulesOfPython2 } from '../../data/python-2.ts';
import { inPython2 } from './foreign-pythons.ts';
import { fileOf } from './modules.ts';
import { foldersAbove } from './paths.ts';
import { neededFiles } from './program-file.ts';
import type { ProjectFacts } from './project.ts';
import type { Start } from './start.ts';
import { statementsIn } from './whole-statements.ts';

/** Of larger texts the two ends are known alone. */
const largest = 190_000;

/** Why Python does not even begin with a start, in a sentence: a file that it needs is one that no Python 3 reads. */
export function unreadableFault(facts: ProjectFacts, start: Start): string | undefined {
  for (const path of neededFiles(facts, start)) {
    const text = facts.texts.get(path) ?? '';
    const fault = path.endsWith('.py') && text.length < largest ? faultIn(path, text) : undefined;
    if (fault !== undefined) return fault;
    const module = facts.tree
      .neededImports(path)
      .find(
        (one) =>
          modulesOfPython2.has(one) && !foldersAbove(path).some((folder) => fileOf(folder, one, facts.tree)),
      );
    if (module !== undefined) return inPython2(`${path}, which imports ${module},`);
  }
  return undefined;
}

function faultIn(path: string, text: string): string | undefined {
  const { statements, end } = statementsIn(text);
  for (const [at, { line, text: one }] of statements.entries()) {
    const isLast = at === statements.length - 1;
    const what = wrongIn(one) ?? (isLast ? unfinished(one, end) : undefined);
    if (what !== undefined)
      return `${path} is not read by Python, as line ${line} ${what}, then add the files again.`;
    if (isOf2(one)) return inPython2(`${path} (line ${line})`);
  }
  return undefined;
}

function wrongIn(one: string): string | undefined {
  if (/^(?:<{7}|>{7})(?: |$)/.test(one)) return 'is left of a conflict of Git: settle it';
  if (/^(?:from [\w.]+(?: import)?|import)$/.test(one)) return 'ends in the middle of an import: complete it';
  if (/^[!%]\w/.test(one)) return 'is for a notebook: leave it out';
  const name = one.endsWith('=') ? /^[A-Za-z_][\w.]*(?= ?(?::[^=]*)?=$)/.exec(one)?.[0] : undefined;
  return name === undefined ? undefined : `gives ${name} no value: write one`;
}

/** What a file ends with, though it cannot. */
function unfinished(one: string, end: 'bracket' | 'string' | undefined): string | undefined {
  if (end === 'string') return 'begins a string that does not end: complete it';
  if (end === 'bracket' && /^(?:from|import) /.test(one))
    return 'begins an import that does not end: complete it';
  return /^(?:async |def |class |if |for |while |with |try\b|else\b|except\b|finally\b).*:$/.test(one)
    ? 'begins a block that is not there: complete it'
    : undefined;
}

/** Python 2 alone has such statements and modules (Python documentation, "What's New In Python 3.0"). */
function isOf2(one: string): boolean {
  if (
    /^print (?!(?:if|in|is|and|or|not|for|else)\b)["\w]/.test(one) ||
    /^exec ["\w]|^raise [\w.]+ ?,|^except [\w.]+ ?, ?[a-z_]\w* ?:/.test(one)
  )
    return !/^(?:print|exec) \w+ ?[=.:([]/.test(one);
  return false;
}
