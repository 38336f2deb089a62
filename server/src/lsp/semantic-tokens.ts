import type { DockerfileLanguageService } from 'dockerfile-language-service';
import type { SemanticTokens } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { contentEnd, firstNonBlank, nextLine } from '../syntax/split.ts';
import type { Instruction } from '../syntax/tree.ts';
import { type LanguageTexts, mostWork, mostWorkOfOne, workOf } from './language-text.ts';

/** Line and character from 0, length, type and modifiers. */
type Token = readonly [line: number, character: number, length: number, type: number, modifiers: number];

/** Place of `comment` in the legend. */
const comment = 1;
/** What asking for one instruction costs beside its text. */
const workOfAsking = 3000;
/** So many instructions are kept. */
const mostKept = 20_000;

/**
 * Semantic tokens, asked for instruction by instruction and kept by their text: a key typed asks for one, and no file is
 * read as often as it has tokens. The body of a heredoc has none, nor has an instruction that would take too long.
 */
export function createSemanticTokens(
  service: Pick<DockerfileLanguageService, 'computeSemanticTokens'>,
  texts: LanguageTexts,
): (document: TextDocument) => SemanticTokens {
  let known = new Map<string, readonly Token[]>();
  const ask = (text: string): readonly Token[] => {
    let tokens = known.get(text);
    if (tokens) return tokens;
    if (known.size >= mostKept) known = new Map();
    tokens = decode(service.computeSemanticTokens(text).data);
    known.set(text, tokens);
    return tokens;
  };

  return (document) => {
    const text = document.getText();
    const { instructions, comments, escape } = texts.parse(text);
    const all: Token[] = [];
    let work = 0;
    const add = (chunk: string, from: number, before: string, cost: number) => {
      const own = before + chunk;
      if (!known.has(own)) work += cost + workOfAsking;
      if (cost > mostWorkOfOne || work > mostWork) return;
      const skipped = before === '' ? 0 : before.split('\n').length - 1;
      const line = document.positionAt(from).line - skipped;
      for (const [at, ...rest] of ask(own)) if (at >= skipped) all.push([line + at, ...rest]);
    };
    // What the library takes for directives, and the comments among them.
    const head = headEnd(text, instructions[0]?.span.start ?? text.length);
    add(text.slice(0, head), 0, '', head);
    // The escape character decides how an instruction is read, and without a stage the library recurses for ever.
    const before = `${escape === '`' ? '# escape=`\n' : ''}FROM a\n`;
    for (const instruction of instructions) {
      const { from, chunk } = chunkOf(text, instruction);
      add(chunk, from, before, workOf(instruction.node));
    }
    for (const { span } of comments) {
      if (span.start < head) continue;
      const { line, character } = document.positionAt(span.start);
      all.push([line, character, contentEnd(text, span.start) - span.start, comment, 0]);
    }
    return { data: encode(all) };
  };
}

/** Behind the comments that the text begins with, twenty lines at most. */
function headEnd(text: string, limit: number): number {
  let at = 0;
  for (let lines = 0; lines < 20 && at < limit; lines++) {
    if (text[firstNonBlank(text, at, limit)] !== '#') break;
    at = nextLine(text, at);
  }
  return Math.min(at, limit);
}

/** An instruction without the bodies of its heredocs, from the beginning of its line on. */
function chunkOf(text: string, { span, node, at }: Instruction) {
  const from = text.lastIndexOf('\n', span.start - 1) + 1;
  return { from, chunk: text.slice(from, at({ from: 0, to: node.plain.length }).end) };
}

function decode(data: readonly number[]): Token[] {
  const tokens: Token[] = [];
  let line = 0;
  let character = 0;
  for (let i = 0; i + 4 < data.length; i += 5) {
    const [down = 0, right = 0, length = 0, type = 0, modifiers = 0] = data.slice(i, i + 5);
    line += down;
    character = down > 0 ? right : character + right;
    tokens.push([line, character, length, type, modifiers]);
  }
  return tokens;
}

function encode(tokens: Token[]): number[] {
  const data: number[] = [];
  let [line, character] = [0, 0];
  for (const token of tokens.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const down = token[0] - line;
    data.push(down, down > 0 ? token[1] : token[1] - character, token[2], token[3], token[4]);
    [line, character] = token;
  }
  return data;
}
