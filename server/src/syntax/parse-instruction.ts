import type { LocalSpan } from '../text/span.ts';
import { parseImageReference } from './image-reference.ts';
import type { Cut } from './split.ts';
import type {
  CommandLine,
  Flag,
  InstructionNode,
  KeyValue,
  KeyValues,
  Keyword,
  LocalProblem,
  Plain,
  Word,
} from './tree.ts';
import { makeWord, splitJson, splitWords } from './words.ts';

type Parts = Omit<Plain, 'keyword'>;

/** Every instruction, in upper case. */
export const instructionKeywords: ReadonlySet<string> = new Set([
  ...['FROM', 'RUN', 'CMD', 'ENTRYPOINT', 'COPY', 'ADD', 'ENV', 'LABEL', 'ARG', 'HEALTHCHECK', 'ONBUILD'],
  ...['USER', 'WORKDIR', 'EXPOSE', 'VOLUME', 'STOPSIGNAL', 'SHELL', 'MAINTAINER'],
]);
/** Instructions whose leading `--name` words are flags (BuildKit's `extractBuilderFlags` runs for all; only these define any). */
const takesFlags = new Set(['FROM', 'RUN', 'COPY', 'ADD', 'HEALTHCHECK']);
const takesJson = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'COPY', 'ADD', 'SHELL', 'VOLUME']);

/** Parses one instruction; positions count from its first character, so that the result can be reused elsewhere. */
export function parseInstruction(cut: Omit<Cut, 'span'>, escape: string, from = 0): InstructionNode {
  const { text, joins, plain } = cut;
  const problems: LocalProblem[] = [];
  // A line that holds only the escape character continues into the keyword's line.
  const keywordStart = skipBlanks(plain, from);
  const keywordEnd = endOfWord(plain, keywordStart);
  const keywordWord = makeWord(plain, keywordStart, keywordEnd, escape);
  const upper = keywordWord.raw.toUpperCase();
  const keyword = (instructionKeywords.has(upper) ? upper : 'UNKNOWN') as Keyword;
  if (keyword === 'UNKNOWN') {
    problems.push({ from: keywordStart, to: keywordEnd, kind: 'unknown-instruction' });
  }
  const { flags, end } = takesFlags.has(keyword)
    ? parseFlags(plain, keywordEnd, escape)
    : { flags: [], end: behindDashes(plain, keywordEnd) };
  const body = bodySpan(plain, end);
  for (const heredoc of cut.heredocs) {
    if (!heredoc.terminated) {
      problems.push({ from: heredoc.from, to: heredoc.to, kind: 'unterminated-heredoc' });
    }
  }
  const parts: Parts = {
    text,
    joins,
    keywordWord,
    flags,
    body,
    args: splitWords(plain, body.from, body.to, escape),
    json: takesJson.has(keyword) ? splitJson(plain, body.from, body.to) : undefined,
    heredocs: cut.heredocs,
    comments: cut.comments,
    emptyLines: cut.emptyLines,
    plain,
    problems,
  };
  return refine(keyword, parts, cut, escape);
}

function refine(keyword: Keyword, parts: Parts, cut: Omit<Cut, 'span'>, escape: string): InstructionNode {
  const { args, plain } = parts;
  switch (keyword) {
    case 'FROM': {
      const [imageWord, as, name] = args;
      const alias = as && /^as$/i.test(as.raw) ? name : undefined;
      return {
        ...parts,
        keyword,
        imageWord,
        image: imageWord && parseImageReference(imageWord.value),
        alias,
      };
    }
    case 'COPY':
    case 'ADD': {
      const paths = parts.json ?? args;
      // Here BuildKit splits at each blank, so a marker that holds one names two files.
      const markers = new Set(
        parts.heredocs.flatMap(({ from, to }) => (/\s/.test(plain.slice(from, to)) ? [] : [from])),
      );
      const isHeredoc = (word: Word) => markers.has(word.from);
      return {
        ...parts,
        keyword,
        sources: paths.slice(0, -1).filter((word) => !isHeredoc(word)),
        destination: paths.length > 1 ? paths.at(-1) : undefined,
      };
    }
    case 'ENV':
    case 'LABEL':
    case 'ARG':
      return { ...parts, keyword, pairs: parsePairs(keyword, parts, escape) };
    case 'HEALTHCHECK': {
      const command = args[0] && /^cmd$/i.test(args[0].raw) ? bodySpan(plain, args[0].to) : undefined;
      return {
        ...parts,
        keyword,
        command: command && {
          body: command,
          args: args.slice(1),
          json: splitJson(plain, command.from, command.to),
        },
      };
    }
    case 'ONBUILD': {
      // BuildKit forbids ONBUILD inside ONBUILD; not following it also keeps a long chain off the call stack.
      const chained = /^onbuild$/i.test(args[0]?.raw ?? '');
      const trigger = args[0] && !chained ? parseInstruction(cut, escape, args[0].from) : undefined;
      return { ...parts, keyword, trigger, problems: trigger?.problems ?? parts.problems };
    }
    case 'RUN':
      return { ...parts, keyword };
    case 'CMD':
    case 'ENTRYPOINT':
      return { ...parts, keyword } satisfies CommandLine;
    default:
      return { ...parts, keyword };
  }
}

function parsePairs(keyword: KeyValues['keyword'], parts: Parts, escape: string): KeyValue[] {
  const { args, plain, body } = parts;
  const first = args[0];
  if (keyword !== 'ARG' && first && !first.raw.includes('=')) {
    // `ENV key the whole rest is the value`
    // BuildKit ends the key at a blank behind an escape character, too; one in quotes it refuses.
    const blank = /["']/.test(first.raw) ? -1 : first.raw.search(/\s/);
    const key = blank < 0 ? first : makeWord(plain, first.from, first.from + blank, escape);
    const rest = bodySpan(plain, key.to, body.to);
    const value = rest.from < rest.to ? makeWord(plain, rest.from, rest.to, escape) : undefined;
    return [{ from: key.from, to: value?.to ?? key.to, key, value, legacy: true }];
  }
  return args.map((word) => {
    const equals = word.raw.indexOf('=');
    const split = equals < 0 ? word.to : word.from + equals;
    return {
      from: word.from,
      to: word.to,
      key: makeWord(plain, word.from, split, escape),
      value: equals < 0 ? undefined : makeWord(plain, split + 1, word.to, escape),
      legacy: false,
    };
  });
}

function parseFlags(plain: string, from: number, escape: string): { flags: Flag[]; end: number } {
  const flags: Flag[] = [];
  let end = from;
  for (;;) {
    const start = skipBlanks(plain, end);
    if (!plain.startsWith('--', start)) return { flags, end };
    const { to, value } = readFlag(plain, start, escape);
    end = to;
    if (value === '--') return { flags, end }; // `--` ends the flags
    // Quotes and escapes are gone from the value, and no equals sign with them.
    const equals = value.indexOf('=');
    const valueStart = plain.indexOf('=', start) + 1;
    flags.push({
      from: start,
      to,
      name: value.slice(2, equals < 0 ? undefined : equals),
      value:
        equals < 0
          ? undefined
          : { from: valueStart, to, raw: plain.slice(valueStart, to), value: value.slice(equals + 1) },
    });
  }
}

/** Behind a word `--`, which ends the flags also where there can be none. */
function behindDashes(plain: string, from: number): number {
  const start = skipBlanks(plain, from);
  return plain.startsWith('--', start) && endOfWord(plain, start) === start + 2 ? start + 2 : from;
}

/** A flag as BuildKit's `extractBuilderFlags` reads it: the escape character counts in both kinds of quotes. */
function readFlag(plain: string, start: number, escape: string): { to: number; value: string } {
  let value = '';
  let quote = '';
  let at = start;
  for (; at < plain.length; at++) {
    const char = plain[at] as string;
    if (char === escape) value += plain[++at] ?? '';
    else if (quote !== '' ? char === quote : char === '"' || char === "'") quote = quote === '' ? char : '';
    else if (quote === '' && plain.charCodeAt(at) <= 32) break;
    else value += char;
  }
  return { to: Math.min(at, plain.length), value };
}

function skipBlanks(plain: string, from: number): number {
  let at = from;
  while (at < plain.length && plain.charCodeAt(at) <= 32) at++;
  return at;
}

function endOfWord(plain: string, from: number): number {
  let at = from;
  while (at < plain.length && plain.charCodeAt(at) > 32) at++;
  return at;
}

function bodySpan(plain: string, from: number, limit = plain.length): LocalSpan {
  let start = from;
  let end = limit;
  while (start < end && plain.charCodeAt(start) <= 32) start++;
  while (end > start && plain.charCodeAt(end - 1) <= 32) end--;
  return { from: start, to: end };
}
