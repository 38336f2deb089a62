import { type ValidationCode, ValidationSeverity, validate } from 'dockerfile-utils';
import { validationNames } from '../data/validation-codes.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import type { Finding } from '../lint/finding.ts';
import type { Rule } from '../lint/rule.ts';
import { instructionAt } from '../lint/run.ts';
import { createLineIndex } from '../text/line-index.ts';

/** `DiagnosticSeverity.Error` of the Language Server Protocol, in which dockerfile-utils answers. */
const lspError = 1;
/** What our own parser reports already. */
const parserCodes = new Set(['UNKNOWN_INSTRUCTION', 'INVALID_ESCAPE_DIRECTIVE']);

/**
 * The validations of dockerfile-utils that no rule of ours covers. It parses the file again, so this belongs to the
 * second pass.
 */
export function validateDockerfile(facts: FileFacts, rules: readonly Rule[]): Finding[] {
  const { text } = facts.file;
  const lines = createLineIndex(text);
  const diagnostics = validate(text, {
    // Upper-case only; a file in consistent lower case is as good.
    instructionCasing: ValidationSeverity.IGNORE,
  });
  return diagnostics.flatMap((diagnostic) => {
    const name = validationNames[diagnostic.code as ValidationCode];
    const span = { start: lines.offset(diagnostic.range.start), end: lines.offset(diagnostic.range.end) };
    const instruction = instructionAt(facts, span);
    if (!name || isCovered(name, instruction?.node.keyword, rules)) return [];
    if (name === 'ARGUMENT_MISSING' && instruction?.node.problems.length) return [];
    return [
      {
        code: name,
        name: name.toLowerCase().replaceAll('_', '-'),
        aliases: [`dockerfile-utils/${name}`],
        page: undefined,
        severity: diagnostic.severity === lspError ? 'error' : 'warning',
        message: `${diagnostic.message}${/[.!?]$/.test(diagnostic.message) ? '' : '.'}`,
        span,
        instruction: instruction?.index,
        fixes: () => [],
      } satisfies Finding,
    ];
  });
}

function isCovered(name: string, keyword: string | undefined, rules: readonly Rule[]): boolean {
  if (parserCodes.has(name)) return true;
  return rules.some((rule) => {
    if (!rule.aliases.includes(`dockerfile-utils/${name}`)) return false;
    const visitor = rule.create();
    // A rule that visits no keyword looks at the whole file at its end.
    return !keyword || keyword in visitor || Object.keys(visitor).every((key) => key === 'end');
  });
}
