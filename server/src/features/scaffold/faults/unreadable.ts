import { modulesOfPython2 } from '../../../data/python-2.ts';
import { foldersAbove } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { inPython2 } from '../releases/foreign-pythons.ts';
import { fileOf } from '../sources/modules.ts';
import { statementsIn } from '../sources/whole-statements.ts';
import { neededFiles } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';
import { type BlockFault, blockFault } from './block-faults.ts';

/** Of larger texts the two ends are known alone. */
const largest = 190_000;

/** Why Python does not even begin with a start, in a sentence: a file that it needs is one that no Python 3 reads. */
export function unreadableFault(facts: ProjectFacts, start: Start): string | undefined {
  for (const path of neededFiles(facts, start)) {
    const text = facts.texts.get(path) ?? '';
    const isRead = path.endsWith('.py') && text.length < largest;
    const fault = isRead ? (encodingFault(facts, path, text) ?? faultIn(path, text)) : undefined;
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

/** Python reads UTF-8 where a file does not name another encoding (Python documentation, "Encoding declarations"). */
function encodingFault({ context }: ProjectFacts, path: string, text: string): string | undefined {
  const size = context.files?.files.find((one) => one.path === path)?.size;
  // Each byte that is none of UTF-8 was read as a sign of three.
  const isOther =
    size !== undefined && text.includes('\ufffd') && new TextEncoder().encode(text).length > size;
  const isNamed = text.split('\n', 2).some((line) => /^[ \t\f]*#.*?coding[:=]/.test(line));
  const what = text.includes('\0') ? 'it has null bytes' : isOther && !isNamed ? 'it is no UTF-8' : undefined;
  return what && `${path} is not read by Python, as ${what}: save it as UTF-8, then add the files again.`;
}

/** What is wrong with a program for every Python, in a sentence. */
export function faultIn(path: string, given: string): string | undefined {
  const text = given.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  const { statements, end, open, stray, cut } = statementsIn(text);
  const is2 = statements.find((one) => isOf2(one.text));
  const found: BlockFault[] = statements.flatMap(({ line, text: one }, at) => {
    const isLast = at === statements.length - 1;
    const what = (isLast ? unfinished(one, end) : undefined) ?? (isLast && end ? undefined : wrongIn(one));
    return what === undefined ? [] : { line, what };
  });
  // One closed and one open bracket are told at the latest, as they may be of the same mistake.
  const blocks = blockFault(statements);
  if (blocks) found.push(blocks);
  if (cut !== undefined) found.push({ line: cut, what: 'begins a string that does not end: complete it' });
  if (stray !== undefined) found.push({ line: stray, what: 'closes a bracket that is not open: correct it' });
  if (open !== undefined && found.length === 0)
    found.push({ line: open, what: 'opens a bracket that is not closed: close it' });
  const [first] = found.sort((a, b) => a.line - b.line);
  if (is2 && (!first || is2.line <= first.line)) return inPython2(`${path} (line ${is2.line})`);
  return (
    first && `${path} is not read by Python, as line ${first.line} ${first.what}, then add the files again.`
  );
}

function wrongIn(one: string): string | undefined {
  if (/^(?:<{7}|>{7})(?: |$)/.test(one)) return 'is left of a conflict of Git: settle it';
  if (/^(?:from [\w.]+(?: import)?|import)$/.test(one)) return 'ends in the middle of an import: complete it';
  if (/^[!%]\w/.test(one)) return 'is for a notebook: leave it out';
  if (/^(?:(?:async )?(?:def|for|with)|if|elif|else|while|class|try|except|finally)\b[^:]*$/.test(one))
    return 'lacks its colon: write it';
  const name = one.endsWith('=') ? /^[A-Za-z_][\w.]*(?= ?(?::[^=]*)?=$)/.exec(one)?.[0] : undefined;
  return name === undefined ? undefined : `gives ${name} no value: write one`;
}

/** What a file ends with, though it cannot. */
function unfinished(one: string, end: 'bracket' | 'string' | undefined): string | undefined {
  if (end === 'string') return 'begins a string that does not end: complete it';
  if (end === 'bracket' && /^(?:from|import) /.test(one))
    return 'begins an import that does not end: complete it';
  return one.endsWith(':') && end === undefined ? 'begins a block that is not there: complete it' : undefined;
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
