/** A rule of another linter that Wheelhouse has no counterpart of. */
interface LeftOut {
  /** Its id there, as an alias would be written. */
  readonly id: string;
  readonly reason: string;
}

/** Rules of tally that are not here. Its rules as its documentation lists them, read in November 2026. */
export const rulesLeftOut: readonly LeftOut[] = [
  {
    id: 'tally/prefer-wget-config',
    reason: 'wget tries 20 times by itself; `curl-without-retry` asks it of curl, which does not.',
  },
  {
    id: 'tally/epilogue-order',
    reason: 'Where CMD, ENTRYPOINT and HEALTHCHECK stand changes neither the image nor the cache.',
  },
  {
    id: 'tally/labels/prefer-grouped',
    reason: 'BuildKit makes no layer for a LABEL, so several cost nothing.',
  },
  {
    id: 'tally/labels/prefer-stable-order',
    reason:
      'The order of labels changes neither the image nor, as BuildKit makes no layer for them, the cache.',
  },
  {
    id: 'tally/labels/no-buildx-git-overlap',
    reason:
      'Whether buildx writes labels about the repository is decided by BUILDX_GIT_LABELS where it is started; the file does not tell.',
  },
  {
    id: 'tally/prefer-vex-attestation',
    reason:
      'How a statement on vulnerabilities is published, beside the image or in it, is a choice of whoever publishes.',
  },
  {
    id: 'tally/labels/no-stale-base-digest',
    reason:
      'A digest in a label is written by the program that builds, not in the file; none of 2,127 public files has one.',
  },
  ...[
    'tally/prefer-formatted-heredocs',
    'tally/newline-per-chained-call',
    'tally/newline-between-instructions',
    'tally/no-multi-spaces',
    'tally/no-multiple-empty-lines',
    'tally/no-trailing-spaces',
    'tally/eol-last',
    'tally/consistent-indentation',
  ].map((id) => ({
    id,
    reason: 'Layout of the text: the matter of a formatter, and no difference to the image.',
  })),
  {
    id: 'tally/max-lines',
    reason:
      'The length of a file says nothing of the image; those of CUDA and of several stages are long for good reason.',
  },
];

/** The section of docs/differences.md on them. */
export function renderRulesLeftOut(): string {
  const rows = rulesLeftOut.map(({ id, reason }) => `| \`${id}\` | ${reason} |`);
  return [
    '## Rules of tally that are not here',
    'Every other rule of tally that concerns an image for Python is here, and suppression takes its id. Not looked at are those for PHP, JavaScript, PowerShell and Windows.',
    ['| rule | why |', '|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}
