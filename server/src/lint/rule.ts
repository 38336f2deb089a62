import type { FaultElsewhere } from '../facts/build-context.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { Options, OptionTable, OptionValue } from '../facts/option-table.ts';
import type { Instruction, Keyword, NodeOf } from '../syntax/tree.ts';
import type { Edit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

export {
  type Options,
  type OptionTable,
  type OptionValue,
  readOptions,
} from '../facts/option-table.ts';

/**
 * `error`: the build fails or the container cannot do its work. `warning`: it will hurt. `info` is worth knowing, `style` is
 * taste, and a `hint` is shown to those who ask for it.
 */
export type Severity = 'error' | 'warning' | 'info' | 'style' | 'hint';
export const severities: readonly Severity[] = ['error', 'warning', 'info', 'style', 'hint'];
export type Level = Severity | 'off';

/** The level of a rule under the preset `recommended`, and what speaks for it: one or two sentences with figures; Markdown. */
export interface Recommended {
  readonly level: Level;
  readonly because: string;
}

/** `safe` edits keep the meaning and go into fix-all; `unsafe` ones need a look. */
export interface Fix {
  readonly title: string;
  readonly safety: 'safe' | 'unsafe';
  readonly edits: readonly Edit[];
  /** Lines put at the end of the ignore file of the build context, which is made where there is none. Never `safe`. */
  readonly ignoreLines?: readonly string[];
  /** Edits of the `pyproject.toml` of the build context, as it is in `facts.context.manifest`. Never `safe`. */
  readonly manifestEdits?: readonly Edit[];
  /** Work that an editor starts in the folder of the build context, where nothing is to be edited. Never `safe`. */
  readonly task?: FixTask;
}

/** What uv does: `buildWheel` is `uv build --wheel`, `lock` is `uv lock`. */
export type FixTask = 'buildWheel' | 'lock';

/** Text of files by path, or how large they are in megabytes; each was changed a minute after the one before. */
export type ExampleContext = Readonly<Record<string, string | { readonly megabytes: number }>>;

export interface Example {
  /** The Dockerfile. In `bad`, `⟦` and `⟧` enclose the span of each finding. */
  readonly code: string;
  /** What the safe fix makes of it, or the first unsafe fix where there is no safe one. */
  readonly fixed?: string;
  /** Options of the rule under which it holds, where they are not the defaults. */
  readonly options?: Readonly<Record<string, OptionValue>>;
  /** Files of the build context by path, where it rests on them. */
  readonly context?: ExampleContext;
  /** What the first fix makes of `pyproject.toml`, where it is that file which it edits. */
  readonly fixedManifest?: string;
  /** What the example shows, where the code does not say it. */
  readonly note?: string;
}

/** The `{name}` parts of a message. */
type Placeholder<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;
type Data<S extends string> = [Placeholder<S>] extends [never]
  ? undefined
  : Readonly<Record<Placeholder<S>, string | number>>;

export type MessageTable = Readonly<Record<string, string>>;
export type FixResult = Fix | readonly Fix[] | undefined;

/** The one edit that mends a finding, and others of the same rule with it. */
export interface Repair {
  /** Of what is written once, such as `WORKDIR` or `ARG TAG`. */
  readonly name: string;
  /** Where it holds; in the stage of the finding where this is left out. */
  readonly in?: 'file';
  /** The fix of the first place mends the others too, as a line above all of them does; else each place has its own. */
  readonly once?: true;
}

export interface ReportExtras {
  /** Fades or strikes out the span in an editor. */
  readonly tag?: 'unnecessary' | 'deprecated';
  /** Findings of a rule with the same repair are reported as one, at the first of their places. */
  readonly repair?: Repair;
  /** Other places that explain the finding. */
  readonly related?: readonly { readonly span: Span; readonly message: string }[];
  /** Where the fault lies in other files of the project, which an editor shows there as well. */
  readonly elsewhere?: () => readonly FaultElsewhere[];
}

export interface RuleContext<M extends MessageTable = MessageTable, O extends OptionTable = OptionTable> {
  readonly facts: FileFacts;
  readonly options: Options<O>;
  /**
   * Reports a finding.
   * @param fix made only for findings that survive suppression; several where there are several good answers
   */
  report<Id extends keyof M & string>(
    span: Span,
    messageId: Id,
    data?: Data<M[Id]>,
    fix?: () => FixResult,
    extras?: ReportExtras,
  ): void;
}

/** An id in an ignore comment that leaves nothing out. */
export interface UnusedIgnore {
  /** As written; `*` for all checks of dockerfile-utils. */
  readonly id: string;
  readonly span: Span;
  /** No linter has such an id. */
  readonly unknown: boolean;
  /** The id that was probably meant, of one that is unknown. */
  readonly meant: string | undefined;
  /** Takes the id away, and with the last one the comment. */
  readonly removal: Edit;
  /** It is all that the comment ignores, so that the removal takes the whole of it. */
  readonly isAlone: boolean;
  /** What finds nothing here may find something elsewhere, as ShellCheck of another version. */
  readonly safety: Fix['safety'];
}

export type Visitor<M extends MessageTable, O extends OptionTable> = {
  readonly [K in Keyword]?: (instruction: Instruction<NodeOf<K>>, ctx: RuleContext<M, O>) => void;
} & {
  /** Called once behind the last instruction. */
  readonly end?: (ctx: RuleContext<M, O>) => void;
  /** Called when every rule was heard, with what the ignore comments name for nothing. */
  readonly unusedIgnores?: (unused: readonly UnusedIgnore[], ctx: RuleContext<M, O>) => void;
};

export interface RuleDefinition<M extends MessageTable = MessageTable, O extends OptionTable = OptionTable> {
  /** Preferred id: the one users know (`DL3008`, or the kebab-case name of a rule of our own). */
  readonly code: string;
  /** Readable kebab-case name. */
  readonly name: string;
  /** Ids of other tools for the same concept, such as `buildkit/MaintainerDeprecated`; suppression takes them too. */
  readonly aliases: readonly string[];
  /** Version of Wheelhouse that brought it. */
  readonly since: string;
  readonly severity: Severity;
  /** Left out where `recommended` has the severity above too; one of taste is a hint there. */
  readonly recommended?: Recommended;
  /** A name that sets the level of several rules in a configuration, where it names none of them by its own. */
  readonly group?: string;
  /** Off until a configuration gives it a level. */
  readonly offByDefault?: true;
  /**
   * It rests on files that a build makes, such as wheels, which a fresh clone lacks: found while somebody works on the
   * project, and not where a clone is linted.
   */
  readonly ofTheMoment?: true;
  readonly family: string;
  /** One line: what the rule finds. */
  readonly summary: string;
  /** Why it matters, with figures and the source of each fact; Markdown. */
  readonly why: string;
  readonly messages: M;
  readonly options: O;
  /**
   * Its findings in an instruction rest on the text of that instruction alone: it keeps nothing between instructions, and
   * asks the facts for commands and options only. Where this is left out they rest on the file and the project around it.
   */
  readonly dependsOn?: 'instruction';
  /** Visitors of RUN and others also see the instruction behind ONBUILD. */
  readonly onbuild?: boolean;
  readonly examples: { readonly good: readonly Example[]; readonly bad: readonly Example[] };
  /** Makes the visitors for one file; state for that file lives in the closure. */
  create(): Visitor<M, O>;
}

// biome-ignore lint/suspicious/noExplicitAny: the runner's table erases the message and option types of each rule
export type Rule = RuleDefinition<any, any>;

/** Declares a rule; the types of its messages and options are inferred and checked in `create`. */
export function defineRule<const M extends MessageTable, const O extends OptionTable>(
  rule: RuleDefinition<M, O>,
): RuleDefinition<M, O> {
  return rule;
}

/** Where a rule's page is published. */
export function rulePage(code: string): string {
  return `https://github.com/wheelhouse/wheelhouse/blob/main/docs/rules/${code}.md`;
}
