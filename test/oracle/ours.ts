import { findShellcheck } from '../../server/src/adapters/shellcheck.ts';
import {
  type Configuration,
  defaultConfiguration,
  type Preset,
} from '../../server/src/config/configuration.ts';
import { type Finding, spansOf } from '../../server/src/lint/finding.ts';
import { presetConfiguration } from '../../server/src/lint/presets.ts';
import { rules } from '../../server/src/rules/index.ts';
import { createService } from '../../server/src/service.ts';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';
import { createLineIndex } from '../../server/src/text/line-index.ts';
import { loadTestShellParser } from '../server/linter.ts';

/** What we find in a text in hadolint's terms: `line code`, the line being that of the instruction; DL1000 without a line. */
export type OurVerdicts = (text: string, configuration?: Configuration) => ReadonlySet<string>;

const log = (_level: string, message: string) => console.error(message);
const readFile = async () => undefined;
const configurationOf = (preset: Preset | undefined) =>
  preset ? presetConfiguration(preset, rules) : defaultConfiguration;

export async function createOurVerdicts(preset: Preset | undefined): Promise<OurVerdicts> {
  const service = createService({ ports: { readFile, log }, parseShell: await loadTestShellParser() });
  const own = configurationOf(preset);
  return (text, configuration = own) => inTermsOfHadolint(text, service.lint(text, configuration));
}

/** The same of ShellCheck's findings. Texts may be asked for at the same time. */
export type ShellcheckVerdicts = (text: string, configuration: Configuration) => Promise<ReadonlySet<string>>;

export async function createShellcheckVerdicts(program: string): Promise<ShellcheckVerdicts> {
  const shellcheck = await findShellcheck({ program, batch: 64, onFailure: console.error });
  if (!shellcheck) throw new Error(`There is no ShellCheck at ${program}.`);
  const service = createService({
    ports: { readFile, log, runShellcheck: shellcheck.run },
    parseShell: await loadTestShellParser(),
  });
  return async (text, configuration) =>
    inTermsOfHadolint(text, await service.shellcheck(text, configuration));
}

function inTermsOfHadolint(text: string, findings: readonly Finding[]): ReadonlySet<string> {
  const { instructions } = parseDockerfile(text);
  const lines = createLineIndex(text);
  const unread = findings.some(({ aliases }) => aliases.includes('DL1000')) ? ['DL1000'] : [];
  return new Set([
    ...unread,
    ...findings
      .filter(({ code }) => /^(?:DL(?!1000)\d{4}|SC\d{4})$/.test(code))
      .flatMap((finding) =>
        spansOf(finding).map((at, i) => {
          const own = i === 0 ? instructions[finding.instruction ?? -1] : undefined;
          const around =
            own ?? instructions.find(({ span }) => span.start <= at.start && at.start < span.end);
          return `${lines.position((around?.span ?? at).start).line + 1} ${finding.code}`;
        }),
      ),
  ]);
}
