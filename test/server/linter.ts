import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadShellParser } from '../../server/src/adapters/shell-parser.ts';
import { type Configuration, defaultConfiguration } from '../../server/src/config/configuration.ts';
import type { BuildContext } from '../../server/src/facts/build-context.ts';
import { createFacts } from '../../server/src/facts/file-facts.ts';
import { readOptions } from '../../server/src/facts/option-table.ts';
import { factOptions } from '../../server/src/facts/options.ts';
import { createScriptReader } from '../../server/src/facts/scripts.ts';
import type { Finding } from '../../server/src/lint/finding.ts';
import type { Rule } from '../../server/src/lint/rule.ts';
import { planRules, runRules } from '../../server/src/lint/run.ts';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';

const require = createRequire(import.meta.url);

/** The shell parser from the installed packages, as the tests run from source. */
export function loadTestShellParser() {
  return loadShellParser(
    readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    readFileSync(require.resolve('tree-sitter-bash/tree-sitter-bash.wasm')),
  );
}

/** Lints a text with the given rules; a rule that throws fails the test. */
export async function createTestLinter() {
  const readScript = createScriptReader(await loadTestShellParser());
  return (
    text: string,
    rules: readonly Rule[],
    configuration: Configuration = defaultConfiguration,
    context?: BuildContext,
  ): Finding[] =>
    runRules(
      planRules(rules, configuration),
      createFacts(parseDockerfile(text), readScript, readOptions(factOptions, configuration.facts), context),
      configuration,
      (_rule, error) => {
        throw error;
      },
    );
}
