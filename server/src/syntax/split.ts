import type { LocalSpan, Span } from '../text/span.ts';
import { heredocWords } from './heredoc-words.ts';
import { type Join, noJoins, placeInWhole, withoutJoins } from './joins.ts';
import type { Heredoc } from './tree.ts';

/** One instruction as cut from the file, not yet parsed. Local positions count from the instruction's start in `text`. */
export interface Cut {
  readonly span: Span;
  /** As written, without the continuations that stand in the middle of a word. */
  readonly text: string;
  /** Where these are left out of `text`. */
  readonly joins: readonly Join[];
  /** `text` up to the heredoc bodies, all other continuations and comments as spaces. */
  readonly plain: string;
  readonly comments: readonly LocalSpan[];
  readonly heredocs: readonly Heredoc[];
  /** Blank lines inside a continuation (BuildKit's NoEmptyContinuation), as offsets in the instruction as written. */
  readonly emptyLines: readonly Span[];
}

const NEWLINE = 10;
const takesHeredocs = /^\s*(?:ONBUILD\s+)?(?:RUN|COPY|ADD)(?!\S)/i;
/** The keyword of an instruction, and the first character behind its flags and a CMD. */
const beginning =
  /^\s*(?:ONBUILD\s+)?(?!ONBUILD\s)(\w+)(?:\s+--(?:[^\s"'\\`]|[\\`][\s\S]|"(?:[^"\\`]|[\\`][\s\S])*"|'(?:[^'\\`]|[\\`][\s\S])*')*)*\s+(?:CMD\s+)?(?!--|-$|CM?D?\s*$)(\S)/i;
const longestBeginning = 1000;

/**
 * Cuts the instruction that begins at `start`, following BuildKit's parser (frontend/dockerfile/parser): a line goes on
 * when it ends in a single escape character and blanks; comment and blank lines between continued lines are dropped;
 * heredoc bodies follow the whole logical line.
 *
 * BuildKit joins the lines without a blank. Where a word or a quoted value goes on in the next line, what stands between
 * its parts is left out, and noted. Everywhere else blanks in its place read the same, and keep every position.
 */
export function cutInstruction(text: string, start: number, escape: string): Cut {
  const comments: LocalSpan[] = [];
  const emptyLines: Span[] = [];
  const pieces: string[] = [];
  const joins: Join[] = [];
  const blanks: Join[] = [];
  let lineStart = start;
  let end = start;
  /** Where the continuation begins that is being read. */
  let gap = -1;
  let length = 0;
  let removed = 0;
  let blanked = 0;
  let endsInWord = false;
  let quotes: OpenQuote | undefined;
  const hidden: LocalSpan[] = [];

  const closeGap = (isJoined: boolean, to: number) => {
    for (const { from, to } of hidden.splice(0)) {
      const place = (offset: number) => (isJoined ? length : offset - start - removed);
      comments.push({ from: place(from), to: place(to) });
    }
    const gone = to - gap;
    if (isJoined) {
      removed += gone;
      joins.push({ at: length, total: removed });
    } else {
      blanks.push({ at: length - blanked, total: blanked + gone });
      blanked += gone;
      pieces.push(' '.repeat(gone));
      length += gone;
    }
    gap = -1;
  };

  while (lineStart < text.length || gap < 0) {
    const lineEnd = contentEnd(text, lineStart);
    const next = nextLine(text, lineStart);
    const first = firstNonBlank(text, lineStart, lineEnd);
    if (gap >= 0 && first < lineEnd && text[first] === '#') hidden.push({ from: first, to: lineEnd });
    else if (gap >= 0 && first === lineEnd) emptyLines.push({ start: lineStart - start, end: next - start });
    else {
      const backslash = continuation(text, lineStart, lineEnd, escape);
      const content = text.slice(lineStart, backslash < 0 ? lineEnd : backslash);
      if (content !== '' || backslash < 0) {
        if (gap >= 0) closeGap(quotes?.isOpen() || (endsInWord && first === lineStart), lineStart);
        pieces.push(content);
        length += content.length;
        endsInWord = content.charCodeAt(content.length - 1) > 32 || /[\\`]/.test(content.at(-2) ?? '');
        if (backslash >= 0) {
          quotes ??= createOpenQuote(escape);
          quotes.read(content);
        }
      }
      if (backslash < 0) {
        end = lineEnd;
        break;
      }
      if (gap < 0) gap = backslash;
      end = backslash + 1;
    }
    lineStart = next;
    if (next >= text.length) break;
  }
  if (gap >= 0) {
    // Comment and blank lines of a continuation that nothing follows stay outside the instruction.
    hidden.splice(0, hidden.length, ...hidden.filter(({ from }) => from < end));
    closeGap(false, end);
  }
  let plain = pieces.join('');
  const heredocs = plain.includes('<<') ? cutHeredocs(text, start, end, plain, removed, blanks) : [];
  const last = heredocs.at(-1);
  const trimmed = trimEnd(text, start, end);
  // A control character behind an escape character ends the instruction; without it the text alone would go on.
  const isEnded = continuation(text, lineStart, trimmed, escape) >= 0;
  const plainEnd = isEnded ? end : trimmed;
  const written = (last ? heredocEnd(text, start, last, removed) : plainEnd) - start;
  const to = written - removed;
  if (!last) plain = plain.slice(0, to);
  const source = text.slice(start, start + written);
  return {
    span: { start, end: start + written },
    text: joins.length > 0 ? withoutJoins(source, joins) : source,
    joins: joins.length > 0 ? joins : noJoins,
    plain,
    comments,
    // What is cut depends on the instruction's own text only, as the cache takes for granted: no body goes beyond it.
    heredocs: heredocs.map((heredoc) => ({ ...heredoc, body: clamp(heredoc.body, to) })),
    emptyLines: emptyLines.filter(({ start: from }) => from < end - start),
  };
}

interface OpenQuote {
  read(content: string): void;
  isOpen(): boolean;
}

/**
 * Whether a quoted value goes on behind what was read of an instruction: one of ENV, LABEL and ARG, of a flag or of a JSON
 * array, of which each blank counts.
 */
function createOpenQuote(escape: string): OpenQuote {
  let quote = '';
  let head = '';
  let hasValues: boolean | undefined;
  return {
    read(content) {
      if (hasValues === undefined) {
        head += content;
        const [whole, keyword = '', first] = beginning.exec(head) ?? [];
        if (whole !== undefined) hasValues = first === '[' || /^(?:ENV|LABEL|ARG)$/i.test(keyword);
        else if (head.length > longestBeginning) hasValues = false;
        quote = hasValues === false ? '' : quoteBehind(head, '', escape, hasValues ? "'" : '');
      } else if (hasValues) quote = quoteBehind(content, quote, escape, "'");
    },
    isOpen: () => quote !== '',
  };
}

/** The quote that is open behind a text in front of which another one was, or none; in `plain` ones nothing is escaped. */
function quoteBehind(text: string, before: string, escape: string, plain: string): string {
  let quote = before;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char === escape && (quote === '' || quote !== plain)) at++;
    else if (quote === '') quote = char === '"' || char === "'" ? char : '';
    else if (char === quote) quote = '';
  }
  return quote;
}

function cutHeredocs(
  text: string,
  start: number,
  end: number,
  plain: string,
  removed: number,
  blanks: readonly Join[],
): Heredoc[] {
  if (!takesHeredocs.test(plain)) return [];
  const heredocs: Heredoc[] = [];
  let at = nextLine(text, end);
  // The lexer reads the lines joined: the blanks of a continuation would count in a quoted name.
  for (const { name, quoted, chomp, from, to } of heredocWords(withoutJoins(plain, blanks))) {
    const bodyStart = at;
    let bodyEnd = at;
    let terminated = false;
    while (at < text.length) {
      const line = text.slice(at, contentEnd(text, at));
      bodyEnd = at;
      at = nextLine(text, at);
      if ((chomp ? line.replace(/^\t+/, '') : line) === name) {
        terminated = true;
        break;
      }
      bodyEnd = at;
    }
    heredocs.push({
      ...placeInWhole(blanks, { from, to }),
      name,
      quoted,
      chomp,
      body: { from: bodyStart - start - removed, to: bodyEnd - start - removed },
      terminated,
    });
  }
  return heredocs;
}

/** Offset behind the terminator word, or behind the body where the terminator is missing. */
function heredocEnd(text: string, start: number, heredoc: Heredoc, removed: number): number {
  const bodyEnd = start + removed + heredoc.body.to;
  return heredoc.terminated ? contentEnd(text, bodyEnd) : trimEnd(text, start, bodyEnd);
}

function clamp({ from, to }: LocalSpan, limit: number): LocalSpan {
  return { from: Math.min(from, limit), to: Math.min(to, limit) };
}

/** Offset of a line's end without its line ending; only \n ends a line for BuildKit, each \r before it belongs to it. */
export function contentEnd(text: string, lineStart: number): number {
  const newline = text.indexOf('\n', lineStart);
  let end = newline < 0 ? text.length : newline;
  while (end > lineStart && text.charCodeAt(end - 1) === 13) end--;
  return end;
}

export function nextLine(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length : newline + 1;
}

export function firstNonBlank(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && text.charCodeAt(at) <= 32 && text.charCodeAt(at) !== NEWLINE) at++;
  return at;
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && text.charCodeAt(at - 1) <= 32) at--;
  return at;
}

/** Offset of the escape character that continues the line, or -1. A doubled one does not. */
function continuation(text: string, lineStart: number, lineEnd: number, escape: string): number {
  let at = lineEnd - 1;
  while (at >= lineStart && (text[at] === ' ' || text[at] === '\t')) at--;
  if (at < lineStart || text[at] !== escape) return -1;
  return at > lineStart && text[at - 1] === escape ? -1 : at;
}
