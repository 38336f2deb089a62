import {
  type Configuration,
  defaultConfiguration,
  type Preset,
} from '../../server/src/config/configuration.ts';
import { presetConfiguration } from '../../server/src/lint/presets.ts';
import { rules } from '../../server/src/rules/index.ts';
import { createService } from '../../server/src/service.ts';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';
import { createLineIndex } from '../../server/src/text/line-index.ts';
import { loadTestShellParser } from '../server/linter.ts';

/** Gives what we find in a text in hadolint's terms: `line code`, the line being that of the instruction. */
export async function createOurVerdicts(
  preset: Preset | undefined,
): Promise<(text: string, over?: Configuration) => Set<string>> {
  const service = createService({
    ports: { readFile: async () => undefined, log: (_level, message) => console.error(message) },
    parseShell: await loadTestShellParser(),
  });
  const configuration = preset ? presetConfiguration(preset, rules) : defaultConfiguration;
  return (text, over = configuration) => {
    const { instructions } = parseDockerfile(text);
    const lines = createLineIndex(text);
    return new Set(
      service
        .lint(text, over)
        .filter(({ code }) => /^DL(?!1000)\d{4}$/.test(code))
        .map(({ code, span, instruction }) => {
          const start = instructions[instruction ?? -1]?.span.start ?? span.start;
          return `${lines.position(start).line + 1} ${code}`;
        }),
    );
  };
}
