import { formats } from '../lint/report/formats.ts';
import { labelTypes, thresholds } from './source.ts';

export const lintUsage = `Usage: wheelhouse lint [OPTIONS] PATH…

PATH is a Dockerfile, a folder that is searched for Dockerfiles, a pattern such as '**/*.dockerfile',
or - for standard input. The options are those of hadolint, and so are the environment variables HADOLINT_*.

      --fix                       write the safe fixes back, and report what is left
  -f, --format FORMAT             ${Object.keys(formats).slice(0, 6).join(' ')}
                                  ${Object.keys(formats).slice(6).join(' ')}
                                  (again for one more; default: tty)
  -o, --output FILE               where to write, paired with --format by position; - is standard output
      --file-path-in-report PATH  name this path in checkstyle, codeclimate, gitlab, junit and sonarqube
  -c, --config FILE               configuration file (default: .hadolint.yaml here or above the Dockerfile)
      --preset NAME               recommended (the default): what breaks, hurts or is worth knowing;
                                  strict: every rule at its own severity;
                                  hadolint: what hadolint finds, where it finds it
      --hints                     show the hints too
      --hook                      behind --, take options up to the first file, and then files alone;
                                  for programs that put files behind options, such as pre-commit
      --no-shellcheck             do not ask ShellCheck, even where it is on PATH
      --ignore ID                 leave a rule out; any of its ids
      --error ID, --warning ID, --info ID, --style ID, --hint ID
                                  give a rule this severity
      --trusted-registry NAME     registries that FROM may name
      --require-label NAME:TYPE   labels that must be there, as ${labelTypes.join(' ')}
      --strict-labels             no other labels than those
      --disable-ignore-pragma     comments such as # hadolint ignore=DL3008 have no effect
  -t, --failure-threshold LEVEL   exit with 1 from this severity on, of
                                  ${thresholds.join(' ')}
                                  (default: warning; under the preset hadolint info)
      --no-fail                   exit with 0 whatever is found
      --no-color                  plain text, as with the variable NO_COLOR
  -V, --verbose                   say which configuration is used
  -h, --help                      show this
  -v, --version                   show the version

The exit code is 1 when a finding has at least the threshold's severity, or when something could not be
read, written or understood; else it is 0.
`;
