/**
 * Ids of other linters, whether Wheelhouse has such a rule or not: hadolint 2.15.1 (its README), BuildKit 0.34 (package
 * frontend/dockerfile/linter), dockerfile-utils 0.16 (its enum ValidationCode) and tally (its RULES.md), read in November
 * 2026.
 */
const hadolint = `
  DL1000 DL1001 DL3000 DL3001 DL3002 DL3003 DL3004 DL3006 DL3007 DL3008 DL3009 DL3010 DL3011 DL3012 DL3013
  DL3014 DL3015 DL3016 DL3018 DL3019 DL3020 DL3021 DL3022 DL3023 DL3024 DL3025 DL3026 DL3027 DL3028 DL3029
  DL3030 DL3032 DL3033 DL3034 DL3035 DL3036 DL3037 DL3038 DL3040 DL3041 DL3042 DL3043 DL3044 DL3045 DL3046
  DL3047 DL3048 DL3049 DL3050 DL3051 DL3052 DL3053 DL3054 DL3055 DL3056 DL3057 DL3058 DL3059 DL3060 DL3061
  DL3062 DL3063 DL3064 DL3065 DL3066 DL3067 DL4000 DL4001 DL4003 DL4004 DL4005 DL4006
`;
const buildkit = `
  StageNameCasing FromAsCasing NoEmptyContinuation ConsistentInstructionCasing DuplicateStageName
  ReservedStageName JSONArgsRecommended MaintainerDeprecated UndefinedArgInFrom WorkdirRelativePath
  UndefinedVar MultipleInstructionsDisallowed LegacyKeyValueFormat InvalidBaseImagePlatform
  RedundantTargetPlatform SecretsUsedInArgOrEnv InvalidDefaultArgInFrom FromPlatformFlagConstDisallowed
  CopyIgnoredFile InvalidDefinitionDescription ExposeProtoCasing ExposeInvalidFormat
`;
const tally = `
  gpu/cuda-version-mismatch gpu/no-buildtime-gpu-queries gpu/no-container-runtime-in-image
  gpu/no-hardcoded-visible-devices gpu/no-redundant-cuda-install gpu/prefer-minimal-driver-capabilities
  gpu/prefer-runtime-final-stage gpu/prefer-uv-over-conda prefer-package-cache-mounts prefer-add-git
  prefer-add-unpack prefer-copy-chmod prefer-copy-heredoc prefer-run-heredoc copy-after-user-without-chown
  user-created-but-never-used user-explicit-group-drops-supplementary-groups stateful-root-runtime
  named-identity-in-passwdless-stage world-writable-state-path-workaround secrets-in-code require-secret-mounts
  no-unreachable-stages circular-stage-deps copy-from-empty-scratch-stage shell-run-in-scratch
  invalid-json-form invalid-onbuild-trigger unknown-instruction syntax-directive-typo require-stages
  curl-should-follow-redirects prefer-curl-config prefer-wget-config prefer-telemetry-opt-out
  prefer-multi-stage-build platform-mismatch no-ungraceful-stopsignal prefer-canonical-stopsignal sort-packages
  epilogue-order newline-per-chained-call newline-between-instructions no-multi-spaces no-multiple-empty-lines
  no-trailing-spaces eol-last consistent-indentation max-lines labels/no-duplicate-keys labels/valid-key
  labels/prefer-grouped labels/prefer-stable-order labels/no-buildx-git-overlap labels/no-stale-base-digest
  prefer-formatted-heredocs prefer-vex-attestation unused-ignore-directive
`;
const dockerfileUtils = `
  CASING_INSTRUCTION CASING_DIRECTIVE ARGUMENT_MISSING ARGUMENT_EXTRA ARGUMENT_REQUIRES_ONE
  ARGUMENT_REQUIRES_AT_LEAST_ONE ARGUMENT_REQUIRES_TWO ARGUMENT_REQUIRES_AT_LEAST_TWO
  ARGUMENT_REQUIRES_ONE_OR_THREE ARGUMENT_UNNECESSARY DUPLICATE_BUILD_STAGE_NAME EMPTY_CONTINUATION_LINE
  INVALID_BUILD_STAGE_NAME FLAG_AT_LEAST_ONE FLAG_DUPLICATE FLAG_INVALID_DURATION FLAG_LESS_THAN_1MS
  FLAG_MISSING_DURATION FLAG_MISSING_VALUE FLAG_UNKNOWN_UNIT NO_SOURCE_IMAGE INVALID_ESCAPE_DIRECTIVE
  INVALID_AS INVALID_DESTINATION INVALID_PORT INVALID_PROTO INVALID_REFERENCE_FORMAT INVALID_SIGNAL
  INVALID_SYNTAX ONBUILD_CHAINING_DISALLOWED ONBUILD_TRIGGER_DISALLOWED SHELL_JSON_FORM SHELL_REQUIRES_ONE
  SYNTAX_MISSING_EQUALS SYNTAX_MISSING_NAMES SYNTAX_MISSING_SINGLE_QUOTE SYNTAX_MISSING_DOUBLE_QUOTE
  MULTIPLE_INSTRUCTIONS UNKNOWN_INSTRUCTION UNKNOWN_ADD_FLAG UNKNOWN_COPY_FLAG UNKNOWN_FROM_FLAG
  UNKNOWN_HEALTHCHECK_FLAG UNKNOWN_TYPE UNSUPPORTED_MODIFIER DEPRECATED_MAINTAINER
  HEALTHCHECK_CMD_ARGUMENT_MISSING FLAG_INVALID_FROM_VALUE FLAG_EXPECTED_BOOLEAN_VALUE JSON_IN_SINGLE_QUOTES
  WORKDIR_IS_NOT_ABSOLUTE BASE_NAME_EMPTY DUPLICATED_ESCAPE_DIRECTIVE
`;

const words = (list: string) => list.trim().split(/\s+/);
const withTool = (tool: string, list: string) => words(list).flatMap((id) => [id, `${tool}/${id}`]);

export const buildkitChecks: readonly string[] = words(buildkit);

/** Each with and without its tool before it, as aliases are written; the checks of ShellCheck are left out. */
export const linterIds: readonly string[] = [
  ...withTool('hadolint', hadolint),
  ...withTool('buildkit', buildkit),
  ...withTool('tally', tally),
  ...withTool('dockerfile-utils', dockerfileUtils),
];
