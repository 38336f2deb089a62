export const usage = `Usage: wheelhouse COMMAND

  lint PATH…     finds what is wrong in Dockerfiles, and fixes it with --fix; see wheelhouse lint --help
  rules          lists every rule; --format json for programs
  explain ID     says what a rule finds and why, with examples; takes any of its ids

  -h, --help     show this
  -v, --version  show the version
`;

export const rulesUsage = `Usage: wheelhouse rules [--format tty|json]

Lists every rule: its id, its level under the presets recommended and strict, fix and family, and
what it finds. Safe fixes are applied by lint --fix. A configuration gives a level to rules that are off.
`;

export const explainUsage = `Usage: wheelhouse explain ID…

Prints the page of each rule as Markdown. ID is any of a rule's ids, such as DL3042, pip-cache-kept
or buildkit/StageNameCasing.
`;
