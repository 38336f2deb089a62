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
import type { ExampleContext, Rule } from '../../server/src/lint/rule.ts';
import { planRules, runRules } from '../../server/src/lint/run.ts';
import { readPyproject } from '../../server/src/project/pyproject.ts';
import { readUvLock } from '../../server/src/project/uv-lock.ts';
import { parseIgnoreFile } from '../../server/src/syntax/ignore-file.ts';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';

const require = createRequire(import.meta.url);

/** The shell parser from the installed packages, as the tests run from source. */
export function loadTestShellParser() {
  return loadShellParser(
    readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    readFileSync(require.resolve('tree-sitter-bash/tree-sitter-bash.wasm')),
  );
}

/** A build context of these files, by path. */
export async function createContext(files: ExampleContext): Promise<BuildContext> {
  const textOf = (path: string) => (typeof files[path] === 'string' ? files[path] : undefined);
  const [ignored, pyproject, lock] = ['.dockerignore', 'pyproject.toml', 'uv.lock'].map(textOf);
  const entries = Object.entries(files).map(([path, content], at) => ({
    path,
    size: typeof content === 'string' ? content.length : content.megabytes * 1e6,
    changed: at * 60_000,
  }));
  return {
    ignoreFile: ignored === undefined ? undefined : parseIgnoreFile(ignored),
    ignoreFileUri: 'file:///project/.dockerignore',
    isLive: true,
    files: { files: entries, isComplete: true },
    project: pyproject === undefined ? undefined : readPyproject(pyproject).project,
    lock: lock === undefined ? undefined : await readUvLock(lock),
  };
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
