import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, Parser, type Tree } from 'web-tree-sitter';
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
import { createShellParser } from '../../server/src/syntax/shell.ts';

const require = createRequire(import.meta.url);

const runtime = () => readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm'));
const grammar = () => readFileSync(require.resolve('tree-sitter-bash/tree-sitter-bash.wasm'));

/** The shell parser from the installed packages, as the tests run from source. */
export function loadTestShellParser() {
  return loadShellParser(runtime(), grammar());
}

/** So many trees are kept before all are let go. */
const mostTrees = 500;

/**
 * A shell parser for those who read the same texts hundreds of times: tree-sitter reads a text once and hands out copies of
 * its tree, which nobody can change. What is made of a tree is made anew each time.
 */
export async function loadRepeatingShellParser() {
  await Parser.init({ wasmBinary: runtime() });
  const parser = new Parser();
  const parse = parser.parse.bind(parser);
  const trees = new Map<string, Tree>();
  parser.parse = (text, before, options) => {
    if (typeof text !== 'string') return parse(text, before, options);
    const known = trees.get(text);
    if (known) return known.copy();
    const tree = parse(text, before, options);
    if (!tree) return null;
    if (trees.size >= mostTrees) {
      for (const old of trees.values()) old.delete();
      trees.clear();
    }
    trees.set(text, tree);
    return tree.copy();
  };
  return createShellParser(parser, await Language.load(grammar()));
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
