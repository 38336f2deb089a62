import { createInstructionCache } from '../syntax/instruction-cache.ts';
import { parseDockerfile } from '../syntax/parse.ts';
import type { Dockerfile, InstructionNode } from '../syntax/tree.ts';
import { overlaps, type Span } from '../text/span.ts';
import { type Veil, veilHeredocs } from './language-heredocs.ts';

/** A text as dockerfile-language-service and dockerfile-utils may read it, of the same length and lines. */
export interface LanguageText {
  /** The bodies of heredocs are blank, and so are instructions that would take too long; some markers are others. */
  readonly text: string;
  /** Whether all but the bodies is as written: else not every use of a name is in it. */
  readonly isWhole: boolean;
  /** Whether a place is in what is blank. */
  isBlank(place: Span): boolean;
}

/**
 * What the libraries may be asked to do, some 250 milliseconds. dockerfile-ast 0.7 reads an instruction again for each of
 * its words, and dockerfile-language-service 0.16 looks at all lines for each instruction: a heredoc of 800 lines took
 * 24 s. The largest of 2,100 public Dockerfiles needs half of it.
 */
export const mostWork = 12_000_000;
/** The same for one instruction. */
export const mostWorkOfOne = 9_000_000;
/** Both look for a line of a heredoc in a list of all of them. */
const mostLines = 8000;

/** Longer ones are only read, which each question does several times. */
const longestInstruction = 50_000;
const longestText = 300_000;

/** What an instruction costs: its characters times what the libraries make a token of. */
export function workOf({ text, plain, joins, comments, emptyLines }: InstructionNode): number {
  const length = plain.length + (joins.at(-1)?.total ?? 0);
  if (length > longestInstruction) return Number.POSITIVE_INFINITY;
  let parts = 1 + comments.length + emptyLines.length + 2 * joins.length;
  for (const _ of text.slice(0, plain.length).matchAll(/\s+|["'$=,\\`]/g)) parts++;
  return length * parts;
}

export interface LanguageTexts {
  parse(text: string): Dockerfile;
  /** What the libraries may read of a text; undefined where it would take them too long. */
  of(text: string): LanguageText | undefined;
}

export function createLanguageTexts(): LanguageTexts {
  const cache = createInstructionCache();
  let parsed: Dockerfile | undefined;
  let latest: { readonly of: string; readonly made: LanguageText | undefined } | undefined;
  const parse = (text: string): Dockerfile => {
    if (parsed?.text !== text) parsed = parseDockerfile(text, cache);
    return parsed;
  };
  return {
    parse,
    of(text) {
      if (latest?.of !== text) latest = { of: text, made: make(parse(text)) };
      return latest.made;
    },
  };
}

function make({ text, instructions }: Dockerfile): LanguageText | undefined {
  if (!hasFewLines(text)) return undefined;
  const blank: Veil[] = [];
  let length = text.length;
  let work = 0;
  let isWhole = true;
  for (const instruction of instructions) {
    const { node, at } = instruction;
    const own = workOf(node);
    if (own <= mostWorkOfOne) work += own;
    else {
      isWhole = false;
      blank.push({ start: at(node.keywordWord).end, end: at({ from: 0, to: node.plain.length }).end });
    }
    if (own <= mostWorkOfOne) blank.push(...veilHeredocs(text, instruction));
    else for (const { body } of node.heredocs) if (body.from < body.to) blank.push(at(body));
  }
  for (const { start, end, text } of blank) if (text === undefined) length -= end - start;
  // Looking at all lines is cheaper than looking at all words.
  if (length > longestText || work + (length * instructions.length) / 4 > mostWork) return undefined;
  return {
    text: blanked(text, blank),
    isWhole,
    isBlank: ({ start, end }) =>
      blank.some((span) => overlaps(span, { start, end: Math.max(end, start + 1) })),
  };
}

function hasFewLines(text: string): boolean {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0 && lines <= mostLines; at = text.indexOf('\n', at + 1)) lines++;
  return lines <= mostLines;
}

/** The text with blanks or something else for some of it; lines stay. */
function blanked(text: string, veils: readonly Veil[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, text: other } of veils) {
    pieces.push(text.slice(at, start), other ?? text.slice(start, end).replace(/[^\r\n]/g, ' '));
    at = end;
  }
  return pieces.join('') + text.slice(at);
}
