import type { LocalSpan } from '../text/span.ts';
import type { InstructionCache } from './instruction-cache.ts';
import { placeInRest, placeInWhole } from './joins.ts';
import { parseInstruction } from './parse-instruction.ts';
import { contentEnd, cutInstruction, firstNonBlank, nextLine } from './split.ts';
import type { Comment, Directive, Dockerfile, Instruction, InstructionNode, Problem } from './tree.ts';

/** Of a line without blanks at its end. */
const directiveLine = /^#[ \t]*([A-Za-z][A-Za-z0-9]*)[ \t]*=[ \t]*([^ \t].*)$/;
const knownDirectives = new Set(['syntax', 'escape', 'check']);

/**
 * Parses a Dockerfile. It never throws: what cannot be read becomes a problem or an UNKNOWN instruction, and the rest
 * of the file is parsed as if it stood alone.
 * @param cache keeps parsed instructions by their text; without it every instruction is parsed anew.
 */
export function parseDockerfile(text: string, cache?: InstructionCache): Dockerfile {
  const directives: Directive[] = [];
  const comments: Comment[] = [];
  const instructions: Instruction[] = [];
  const problems: Problem[] = [];
  let escape: Dockerfile['escape'] = '\\';
  let inDirectives = true;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const lineEnd = contentEnd(text, at);
    const first = firstNonBlank(text, at, lineEnd);
    if (first === lineEnd) {
      inDirectives = false;
      at = nextLine(text, at);
    } else if (text[first] === '#') {
      const line = text.slice(first, lineEnd).trimEnd();
      const span = { start: first, end: first + line.length };
      const match = inDirectives ? directiveLine.exec(line) : null;
      const name = match?.[1]?.toLowerCase() ?? '';
      const comment = { span, text: line.slice(1).trim() };
      if (match && knownDirectives.has(name)) {
        const value = match[2] ?? '';
        directives.push({ ...comment, name, value });
        if (name === 'escape') {
          if (value === '\\' || value === '`') escape = value;
          else problems.push({ span, kind: 'invalid-escape-directive' });
        }
      } else {
        // A `#!` line may precede the directives (BuildKit skips it); any other comment ends their block.
        if (!(first === 0 && line.startsWith('#!'))) inDirectives = false;
        comments.push(comment);
      }
      at = nextLine(text, at);
    } else {
      inDirectives = false;
      const cut = cutInstruction(text, first, escape);
      const { start, end } = cut.span;
      const source = text.slice(start, end);
      const node =
        cache?.instruction(source, escape, (own) =>
          parseInstruction(cutInstruction(own, 0, escape), escape),
        ) ?? parseInstruction(cut, escape);
      const instruction = locate(node, start, end, instructions.length, false);
      for (const problem of node.problems)
        problems.push({ span: instruction.at(problem), kind: problem.kind });
      instructions.push(instruction);
      at = nextLine(text, end);
    }
  }
  return {
    text,
    joined: joinWords(text, instructions),
    escape,
    directives,
    comments,
    instructions,
    problems,
  };
}

function joinWords(text: string, instructions: readonly Instruction[]): string {
  const joined = instructions.filter(({ node }) => node.joins.length > 0);
  if (joined.length === 0) return text;
  const pieces: string[] = [];
  let at = 0;
  for (const { node, span } of joined) {
    pieces.push(text.slice(at, span.start), node.text);
    at = span.end;
  }
  return pieces.join('') + text.slice(at);
}

function locate<N extends InstructionNode>(
  node: N,
  start: number,
  end: number,
  index: number,
  onbuild: boolean,
): Instruction<N> {
  const { joins } = node;
  const at = (local: LocalSpan) => {
    const { from, to } = joins.length > 0 ? placeInWhole(joins, local) : local;
    return { start: start + from, end: start + to };
  };
  return { node, span: { start, end }, index, onbuild, at };
}

/** The place in an instruction that an offset of the file has. */
export function placeInside({ node, span }: Instruction, offset: number): number {
  return placeInRest(node.joins, offset - span.start);
}

/** The instruction that an ONBUILD wraps, at the same place in the file. */
export function triggerOf(instruction: Instruction): Instruction | undefined {
  const { node, span, index } = instruction;
  if (node.keyword !== 'ONBUILD' || !node.trigger) return undefined;
  return locate(node.trigger, span.start, span.end, index, true);
}
