import type { LineIndex } from '../../text/line-index.ts';
import type { Span } from '../../text/span.ts';
import { visible } from '../../text/visible.ts';
import type { Finding } from '../finding.ts';
import { safeFix } from '../fix.ts';
import type { Rule, Severity } from '../rule.ts';

/** Lines and columns from 1, columns in UTF-16 units, the end exclusive. */
export interface ReportedPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A finding as it is printed: plain data. */
export interface ReportedFinding extends ReportedPlace {
  readonly code: string;
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly message: string;
  readonly page: string | undefined;
  /** The other places that the same edit mends. */
  readonly also: readonly ReportedPlace[];
  /** First line of the instruction; the finding's own line outside instructions. */
  readonly instructionLine: number;
  /** A safe fix is there, which `--fix` applies. */
  readonly fixable: boolean;
}

/** The findings of one file, sorted by position. */
export interface FileReport {
  readonly file: string;
  readonly findings: readonly ReportedFinding[];
}

/** What a format prints. */
export interface Report {
  readonly files: readonly FileReport[];
  /** In hadolint's shape, for programs that read it: its positions, and the ids under which it goes. */
  readonly likeHadolint: boolean;
  /** Of Wheelhouse. */
  readonly version: string;
  /** Every rule, for the format `sarif`, which describes those that are found. */
  readonly rules: readonly Rule[];
  /** Named instead of each file, in the formats in which hadolint does so. */
  readonly pathInReport: string | undefined;
  readonly color: boolean;
}

/** Under which hadolint reports what it cannot parse; an alias of each rule that finds such. */
export const syntaxError = 'DL1000';

/** The id that programs know the tool by. */
export const toolId = ({ likeHadolint }: Report) => (likeHadolint ? 'hadolint' : 'wheelhouse');

export interface Places {
  readonly lines: LineIndex;
  /** Offset at which each instruction begins. */
  readonly instructions: readonly number[];
  readonly likeHadolint: boolean;
}

/**
 * Findings as they are printed. hadolint's place of a finding is the first line of its instruction, column 1, and it
 * gives one finding of a rule for an instruction, save for each label that is missing.
 */
export function toReported(
  findings: readonly Finding[],
  { lines, instructions, likeHadolint }: Places,
): ReportedFinding[] {
  const seen = new Set<string>();
  return findings.flatMap((finding) => {
    const { aliases, severity, page, span, instruction } = finding;
    const code = likeHadolint && aliases.includes(syntaxError) ? syntaxError : finding.code;
    const instructionLine = lines.position(instructions[instruction ?? -1] ?? span.start).line + 1;
    const exact = toPlace(lines, span);
    const also = (finding.also ?? []).map((place) => toPlace(lines, place));
    const message = finding.message + describePlaces(also);
    const fixable = safeFix(finding) !== undefined;
    const common = { code, aliases, severity, message, page, also, instructionLine, fixable };
    if (!likeHadolint || code === syntaxError) return [{ ...common, ...exact }];
    const key = `${instructionLine} ${code}${/^DL(?!3049)/.test(code) ? '' : ` ${message}`}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const place = { line: instructionLine, column: 1, endLine: instructionLine, endColumn: 1 };
    return [{ ...common, ...place }];
  });
}

function toPlace(lines: LineIndex, span: Span): ReportedPlace {
  const start = lines.position(span.start);
  const end = lines.position(span.end);
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** So many lines are named. */
const mostLines = 5;

/** A sentence on the other places of a finding, as most formats have no room for them. */
function describePlaces(also: readonly ReportedPlace[]): string {
  const lines = [...new Set(also.map(({ line }) => line))];
  if (lines.length === 0) return '';
  if (lines.length === 1) return ` Also in line ${lines[0]}.`;
  const named = lines.slice(0, mostLines).join(', ');
  const more = lines.length - mostLines;
  return ` Also in lines ${more > 0 ? `${named} and ${more} more` : named.replace(/, (?=\d+$)/, ' and ')}.`;
}

/**
 * A message on one line, without the control characters that it quotes; what else steers a terminal or a log is made visible.
 * The finding's place says where they stand.
 */
export function printable(message: string): string {
  const inOneLine = message.replace(/\s+/g, (blanks) => (/[\r\n]/.test(blanks) ? ' ' : blanks));
  return visible(inOneLine.replace(/\p{Cc}/gu, ''));
}
