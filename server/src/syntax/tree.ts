import type { LocalSpan, Span } from '../text/span.ts';
import type { ImageReference } from './image-reference.ts';
import type { Join } from './joins.ts';

/** A word of an instruction. `value` has its quotes removed; variables are not expanded. */
export interface Word extends LocalSpan {
  readonly raw: string;
  readonly value: string;
}

/** `--name=value`, or `--name` alone (then `value` is undefined). */
export interface Flag extends LocalSpan {
  readonly name: string;
  readonly value: Word | undefined;
}

/** `<<EOF` with its body; `body` excludes the terminator line. */
export interface Heredoc extends LocalSpan {
  readonly name: string;
  /** `<<'EOF'`: variables in the body are not expanded. */
  readonly quoted: boolean;
  /** `<<-EOF`: leading tabs are removed. */
  readonly chomp: boolean;
  readonly body: LocalSpan;
  readonly terminated: boolean;
}

export interface KeyValue extends LocalSpan {
  readonly key: Word;
  readonly value: Word | undefined;
  /** `ENV key value`, the form without an equals sign. */
  readonly legacy: boolean;
}

interface Node {
  /**
   * The instruction's text as written, heredoc bodies and inner comments included, without the continuations in the middle
   * of a word or a quoted value: BuildKit joins these to one. Positions in the node are offsets in it.
   */
  readonly text: string;
  /** The continuations that `text` is without. */
  readonly joins: readonly Join[];
  /** The keyword as written and where. */
  readonly keywordWord: Word;
  readonly flags: readonly Flag[];
  /** Everything behind keyword and flags, without heredoc bodies. */
  readonly body: LocalSpan;
  /** The words of the body. */
  readonly args: readonly Word[];
  /** Elements when the body is a JSON array of strings (the exec form). */
  readonly json: readonly Word[] | undefined;
  readonly heredocs: readonly Heredoc[];
  /** Comment lines between the continued lines of the instruction. */
  readonly comments: readonly LocalSpan[];
  /** Blank lines between the continued lines, each with its line ending: offsets in the instruction as it is in the file. */
  readonly emptyLines: readonly Span[];
  /**
   * `text` up to the heredoc bodies, of equal length, in which all other continuations and inner comments are spaces:
   * what a shell or word splitter may read without losing positions.
   */
  readonly plain: string;
  readonly problems: readonly LocalProblem[];
}

/** What cannot be read; a rule of the same name says so. */
export type ProblemKind = 'unknown-instruction' | 'unterminated-heredoc' | 'invalid-escape-directive';

export interface LocalProblem extends LocalSpan {
  readonly kind: ProblemKind;
}

export interface From extends Node {
  readonly keyword: 'FROM';
  readonly imageWord: Word | undefined;
  /** The reference as written; variables are resolved by the facts. */
  readonly image: ImageReference | undefined;
  readonly alias: Word | undefined;
}
export interface Run extends Node {
  readonly keyword: 'RUN';
}
export interface CommandLine extends Node {
  readonly keyword: 'CMD' | 'ENTRYPOINT';
}
export interface Copy extends Node {
  readonly keyword: 'COPY' | 'ADD';
  /** Sources outside heredocs. */
  readonly sources: readonly Word[];
  readonly destination: Word | undefined;
}
export interface KeyValues extends Node {
  readonly keyword: 'ENV' | 'LABEL' | 'ARG';
  readonly pairs: readonly KeyValue[];
}
export interface Healthcheck extends Node {
  readonly keyword: 'HEALTHCHECK';
  /** The part behind CMD; undefined for NONE. */
  readonly command: Pick<Node, 'body' | 'args' | 'json'> | undefined;
}
export interface Onbuild extends Node {
  readonly keyword: 'ONBUILD';
  /** The wrapped instruction; its positions count from the beginning of the ONBUILD. */
  readonly trigger: InstructionNode | undefined;
}
export interface Plain extends Node {
  readonly keyword:
    | 'USER'
    | 'WORKDIR'
    | 'EXPOSE'
    | 'VOLUME'
    | 'STOPSIGNAL'
    | 'SHELL'
    | 'MAINTAINER'
    | 'UNKNOWN';
}

export type InstructionNode = From | Run | CommandLine | Copy | KeyValues | Healthcheck | Onbuild | Plain;
export type Keyword = InstructionNode['keyword'];
/** The node type of a keyword; several keywords may share one. */
export type NodeOf<K extends Keyword, N extends InstructionNode = InstructionNode> = N extends InstructionNode
  ? K extends N['keyword']
    ? N
    : never
  : never;

/** A parsed instruction at its place in a file. */
export interface Instruction<N extends InstructionNode = InstructionNode> {
  readonly node: N;
  readonly span: Span;
  /** Place among the instructions of the file, from 0. */
  readonly index: number;
  /** The ONBUILD that wraps this instruction. */
  readonly onbuild: boolean;
  /** Converts a position inside the instruction to one of the file. */
  at(local: LocalSpan): Span;
}

export interface Comment {
  readonly span: Span;
  /** Text behind `#`, trimmed. */
  readonly text: string;
}

/** `# name=value` in the leading block of the file. */
export interface Directive extends Comment {
  readonly name: string;
  readonly value: string;
}

export interface Problem {
  readonly span: Span;
  readonly kind: ProblemKind;
}

export interface Dockerfile {
  readonly text: string;
  /** `text` without the continuations in the middle of words, to look for words in: its offsets are none of the file. */
  readonly joined: string;
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  /** Comments outside instructions, without the directives. */
  readonly comments: readonly Comment[];
  readonly instructions: readonly Instruction[];
  readonly problems: readonly Problem[];
}
