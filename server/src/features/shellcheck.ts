import type { FileFacts } from '../facts/file-facts.ts';
import { type Dialect, type RunContext, runContexts } from '../facts/run-contexts.ts';
import type { Finding } from '../lint/finding.ts';
import type { Fix } from '../lint/rule.ts';
import type { Instruction } from '../syntax/tree.ts';
import { type Edit, editsConflict } from '../text/edit.ts';
import type { LocalSpan } from '../text/span.ts';
import type { ShellcheckComment, ShellcheckPlace, ShellcheckReplacement } from './shellcheck-comments.ts';

/** The shell text of one RUN as ShellCheck gets it. */
export interface ShellcheckScript {
  readonly run: Instruction;
  readonly text: string;
  /** Lines above the shell text: the dialect, and the variables that are set. */
  readonly preamble: number;
  /** The shell text, in which comments and continuations of the Dockerfile are blanks, and where it begins in the RUN. */
  readonly body: string;
  readonly from: number;
}

const isName = /^[A-Za-z_]\w*$/;
/** Sourced files that are not there; ash, which we call dash ourselves. */
const excluded = new Set([1090, 1091, 2187]);

/** The scripts of a file: the RUNs in shell form, and the heredocs that a shell reads. */
export function shellcheckScripts(facts: FileFacts): ShellcheckScript[] {
  return runContexts(facts).map(makeScript);
}

function makeScript({ run, source, dialect, variables }: RunContext): ShellcheckScript {
  // A line `#!` that is not the first would be a finding.
  const body = source.text.replace(/^#!/, '# ');
  const words = new Set(body.match(/\w+/g));
  // Only those that the text names, so that texts of many files are the same script. hadolint names all of them.
  const known = [...words].filter((name) => variables.has(name));
  const exported = [...new Set([...known, ...(variables.all ?? [])])]
    .filter((name) => isName.test(name))
    .sort();
  const preamble = [shebang(dialect), ...(exported.length > 0 ? [`export ${exported.join('=1 ')}=1`] : [])];
  return {
    run,
    text: `${preamble.join('\n')}\n${body.replaceAll('\r\n', '\n')}\n`,
    preamble: preamble.length,
    body,
    from: source.from,
  };
}

const shebang = (dialect: Dialect) => `#!/bin/${dialect}`;

/** What a check of ShellCheck is known as, by its id in any case. */
export function shellcheckCheck(id: string) {
  const code = id.replace(/^.*\//, '').toUpperCase();
  return { code, name: 'shellcheck', aliases: [`shellcheck/${code}`], severity: 'warning' } as const;
}

/** What ShellCheck said of a script, as findings at their places in the file. */
export function shellcheckFindings(
  script: ShellcheckScript,
  comments: readonly ShellcheckComment[],
): Finding[] {
  return comments.flatMap((comment) => {
    if (excluded.has(comment.code)) return [];
    const local = placeOf(script, comment);
    if (!local) return [];
    const code = `SC${comment.code}`;
    const { fix } = comment;
    return [
      {
        ...shellcheckCheck(code),
        page: `https://www.shellcheck.net/wiki/${code}`,
        severity: comment.level,
        message: comment.message,
        span: script.run.at(local),
        instruction: script.run.index,
        fixes: () => (fix ? fixOf(script, code, fix.replacements) : []),
      } satisfies Finding,
    ];
  });
}

function fixOf(
  script: ShellcheckScript,
  code: string,
  replacements: readonly ShellcheckReplacement[],
): Fix[] {
  if (script.run.node.problems.length > 0) return [];
  const edits: Edit[] = [];
  for (const replacement of replacements) {
    const local = placeOf(script, replacement);
    if (!local || !isAsWritten(script, local)) return [];
    const span = script.run.at(local);
    if (editsConflict(edits, [{ span, text: '' }])) return [];
    edits.push({ span, text: replacement.replacement });
  }
  return edits.length > 0 ? [{ title: `Apply ShellCheck’s fix for ${code}`, safety: 'unsafe', edits }] : [];
}

/** Whether a stretch holds no continuation or comment of the Dockerfile: these are blanks for ShellCheck. */
function isAsWritten({ run, body, from }: ShellcheckScript, local: LocalSpan): boolean {
  const { start, end } = run.at(local);
  if (end - start !== local.to - local.from) return false;
  return run.node.text.slice(local.from, local.to) === body.slice(local.from - from, local.to - from);
}

/** The place in its RUN that a place in a script has; undefined for one in the preamble. */
function placeOf({ preamble, body, from }: ShellcheckScript, place: ShellcheckPlace): LocalSpan | undefined {
  const start = offsetOf(body, place.line - preamble, place.column);
  const end = offsetOf(body, place.endLine - preamble, place.endColumn);
  if (start === undefined || end === undefined) return undefined;
  return { from: from + start, to: from + Math.max(start, end) };
}

/** Lines and columns count from 1; a column is a code point, and a tab is one as well. */
function offsetOf(body: string, line: number, column: number): number | undefined {
  if (line < 1) return undefined;
  let at = 0;
  for (let i = 1; i < line; i++) {
    const newline = body.indexOf('\n', at);
    if (newline < 0) return body.length;
    at = newline + 1;
  }
  for (let i = 1; i < column && at < body.length && body[at] !== '\n'; i++) {
    at += (body.codePointAt(at) as number) > 0xffff ? 2 : 1;
  }
  return at;
}
