import type { Instruction } from '../../server/src/syntax/tree.ts';

/** Why one of the two finds what the other does not. */
export interface Reason {
  /** A validation that only the library reports, or a rule of ours that only we report. */
  readonly only: string;
  readonly reason: string;
  /** Where it holds; everywhere when left out. The instruction is undefined for what concerns the whole file. */
  readonly where?: (instruction: Instruction | undefined, text: string) => boolean;
}

const behindOnbuild = (instruction: Instruction | undefined) => instruction?.node.keyword === 'ONBUILD';
const matches = (pattern: RegExp) => (_: Instruction | undefined, text: string) => pattern.test(text);

/**
 * Where the library and we disagree on purpose, beside the places at which BuildKit itself decides: there the test asks
 * whether it refuses the instruction.
 */
export const reasons: readonly Reason[] = [
  {
    only: 'invalid-image-name',
    reason:
      'It does not look at the names of images, which BuildKit refuses behind its parser (verdicts.test.ts).',
  },
  { only: 'CASING_INSTRUCTION', reason: 'It asks for capitals, BuildKit for consistency.' },
  { only: 'ConsistentInstructionCasing', reason: 'It asks for capitals, BuildKit for consistency.' },
  {
    only: 'DUPLICATE_BUILD_STAGE_NAME',
    reason: 'It marks every stage of the name, we mark those that take a name which is gone.',
  },
  {
    only: 'DEPRECATED_MAINTAINER',
    where: behindOnbuild,
    reason: 'DL3043 says that MAINTAINER is no trigger at all.',
  },
  {
    only: 'ARGUMENT_MISSING',
    where: matches(/^ONBUILD\s+ONBUILD$/i),
    reason: 'DL3043 says that there is an ONBUILD too many.',
  },
  {
    only: 'EMPTY_CONTINUATION_LINE',
    where: matches(/^\s*$|[\\`]\s*$/),
    reason: 'It takes the end of the file for a blank line, which BuildKit does not.',
  },
  {
    only: 'INVALID_DESTINATION',
    where: matches(/\s\.$/),
    reason: 'A dot is a folder (DL3021, option `dots`).',
  },
  { only: 'INVALID_DESTINATION', where: behindOnbuild, reason: 'As hadolint, DL3021 leaves triggers alone.' },
  {
    only: 'WORKDIR_IS_NOT_ABSOLUTE',
    where: behindOnbuild,
    reason: 'As hadolint, DL3000 leaves triggers alone.',
  },
  {
    only: 'JSON_IN_SINGLE_QUOTES',
    where: behindOnbuild,
    reason: 'As hadolint, DL3025 leaves triggers alone.',
  },
  {
    only: 'WORKDIR_IS_NOT_ABSOLUTE',
    where: matches(/^WORKDIR [\w.]/i),
    reason: 'Behind an absolute one a relative WORKDIR is clear, and BuildKit says nothing.',
  },
  {
    only: 'INVALID_PORT',
    where: matches(/\d:\d+:\d/),
    reason: 'ExposeInvalidFormat says that the address has no effect.',
  },
  {
    only: 'INVALID_REFERENCE_FORMAT',
    where: matches(/^FROM "[^"]+"/i),
    reason: 'BuildKit takes the quotes off, and asks for the image inside.',
  },
  {
    only: 'INVALID_SIGNAL',
    where: matches(/\$/),
    reason: 'UndefinedVar says that nothing is known of the variable.',
  },
  {
    only: 'BASE_NAME_EMPTY',
    where: matches(/\$\{?BUILDVARIANT/),
    reason: 'BuildKit sets BUILDVARIANT; the library’s list has a letter too few.',
  },
  {
    only: 'NO_SOURCE_IMAGE',
    where: (instruction) => instruction?.node.keyword === 'UNKNOWN',
    reason: 'unknown-instruction says that this is none.',
  },
  { only: 'DL3061', reason: 'The library marks the first instruction before FROM only.' },
  {
    only: 'UNKNOWN_ADD_FLAG',
    where: matches(/--unpack\b/),
    reason: 'ADD has had --unpack since Dockerfile syntax 1.17.',
  },
  { only: 'DL3022', reason: 'The library looks at the first letter of the name only.' },
  {
    only: 'DL3025',
    reason: 'Broken JSON is one case of the shell form, and the library knows no other.',
  },
  {
    only: 'broken-json-array',
    where: matches(/"/),
    reason: 'The library knows single quotes as the one thing that breaks JSON.',
  },
  {
    only: 'directive-casing',
    where: (instruction) => instruction === undefined,
    reason: 'The library says nothing more of a file with two directives of one name.',
  },
];
