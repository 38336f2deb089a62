import type { LocalSpan, Span } from '../text/span.ts';
import type { Heredoc } from './tree.ts';
import { splitWords } from './words.ts';

/** One instruction as cut from the file, not yet parsed. Local positions count from the instruction's start. */
export interface Cut {
  readonly span: Span;
  /** Up to the heredoc bodies, continuations and comments as spaces. */
  readonly plain: string;
  readonly comments: readonly LocalSpan[];
  readonly heredocs: readonly Heredoc[];
  /** Blank lines inside a continuation (BuildKit's NoEmptyContinuation). */
  readonly emptyLines: readonly LocalSpan[];
}

const NEWLINE = 10;
const takesHeredocs = /^[ \t]*(?:ONBUILD[ \t]+)?(?:RUN|COPY|ADD)\b/i;
const heredocWord = /^\d*<<(-?)(['"]?)([^<'"\s]+)\2$/;

/**
 * Cuts the instruction that begins at `start`, following BuildKit's parser (frontend/dockerfile/parser): a line goes on
 * when it ends in a single escape character and blanks; comment and blank lines between continued lines are dropped;
 * heredoc bodies follow the whole logical line.
 */
export function cutInstruction(text: string, start: number, escape: string): Cut {
  const comments: LocalSpan[] = [];
  const emptyLines: LocalSpan[] = [];
  const pieces: string[] = [];
  let lineStart = start;
  let end = start;
  let continued = false;
  while (lineStart < text.length || !continued) {
    const lineEnd = contentEnd(text, lineStart);
    const next = nextLine(text, lineStart);
    const first = firstNonBlank(text, lineStart, lineEnd);
    if (continued && first < lineEnd && text[first] === '#') {
      comments.push({ from: first - start, to: lineEnd - start });
      pieces.push(' '.repeat(next - lineStart));
    } else if (continued && first === lineEnd) {
      emptyLines.push({ from: lineStart - start, to: next - start });
      pieces.push(' '.repeat(next - lineStart));
    } else {
      const backslash = continuation(text, lineStart, lineEnd, escape);
      if (backslash < 0) {
        pieces.push(text.slice(lineStart, lineEnd));
        end = lineEnd;
        break;
      }
      pieces.push(text.slice(lineStart, backslash), ' '.repeat(next - backslash));
      end = backslash + 1;
      continued = true;
    }
    lineStart = next;
    if (next >= text.length) break;
  }
  let plain = pieces.join('').slice(0, end - start);
  // Trailing comment and blank lines of a continuation that nothing follows stay outside the instruction.
  const within = (span: LocalSpan) => span.from < end - start;
  const heredocs = plain.includes('<<') ? cutHeredocs(text, start, end, plain, escape) : [];
  const last = heredocs.at(-1);
  const trimmed = trimEnd(text, start, end);
  // A control character behind an escape character ends the instruction; without it the text alone would go on.
  const isEnded = continuation(text, lineStart, trimmed, escape) >= 0;
  // A return at the end of a text counts as a part of its line ending, so one more comes along.
  if (isEnded && text[end - 1] === '\r') plain += text[end++];
  const plainEnd = isEnded ? end : trimmed;
  const to = (last ? heredocEnd(text, start, last) : plainEnd) - start;
  return {
    span: { start, end: start + to },
    plain: last ? plain : plain.slice(0, to),
    comments: comments.filter(within),
    // What is cut depends on the instruction's own text only, as the cache takes for granted: no body goes beyond it.
    heredocs: heredocs.map((heredoc) => ({ ...heredoc, body: clamp(heredoc.body, to) })),
    emptyLines: emptyLines.filter(within),
  };
}

function cutHeredocs(text: string, start: number, end: number, plain: string, escape: string): Heredoc[] {
  if (!takesHeredocs.test(plain)) return [];
  const heredocs: Heredoc[] = [];
  let at = nextLine(text, end);
  for (const word of splitWords(plain, 0, plain.length, escape)) {
    const match = heredocWord.exec(word.raw);
    if (!match) continue;
    const [, dash, quote, name = ''] = match;
    const bodyStart = at;
    let bodyEnd = at;
    let terminated = false;
    while (at < text.length) {
      const lineEnd = contentEnd(text, at);
      const line = text.slice(at, lineEnd);
      bodyEnd = at;
      at = nextLine(text, at);
      if ((dash ? line.replace(/^\t+/, '') : line) === name) {
        terminated = true;
        break;
      }
      bodyEnd = at;
    }
    heredocs.push({
      from: word.from,
      to: word.to,
      name,
      quoted: quote !== '',
      chomp: dash === '-',
      body: { from: bodyStart - start, to: bodyEnd - start },
      terminated,
    });
  }
  return heredocs;
}

/** Offset behind the terminator word, or behind the body where the terminator is missing. */
function heredocEnd(text: string, start: number, heredoc: Heredoc): number {
  const bodyEnd = start + heredoc.body.to;
  return heredoc.terminated ? contentEnd(text, bodyEnd) : trimEnd(text, start, bodyEnd);
}

function clamp({ from, to }: LocalSpan, limit: number): LocalSpan {
  return { from: Math.min(from, limit), to: Math.min(to, limit) };
}

/** Offset of a line's end without its line ending; only \n ends a line for BuildKit, a \r before it belongs to it. */
export function contentEnd(text: string, lineStart: number): number {
  const newline = text.indexOf('\n', lineStart);
  const end = newline < 0 ? text.length : newline;
  return end > lineStart && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
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
