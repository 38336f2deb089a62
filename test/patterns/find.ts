// The regular expressions of what ships, read off the sources by TypeScript's own parser.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

export const repository = path.resolve(import.meta.dirname, '../..');

export interface Pattern {
  readonly place: string;
  readonly source: string;
  readonly flags: string;
}

/** Made while the program runs, out of what it is given. */
export interface Built {
  readonly place: string;
  /** `file: new RegExp(…)`, as it is written. */
  readonly key: string;
}

export function findPatterns(): { readonly patterns: readonly Pattern[]; readonly built: readonly Built[] } {
  const patterns: Pattern[] = [];
  const built: Built[] = [];
  for (const file of globSync('{client,server}/src/**/*.ts', { cwd: repository }).sort()) {
    const text = readFileSync(path.join(repository, file), 'utf8');
    const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    const constants = constantsOf(tree);
    const visit = (node: ts.Node): void => {
      const place = `${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        patterns.push({ place, source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
      } else if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && isRegExp(node.expression)) {
        const [source, flags] = node.arguments?.map((argument) => valueOf(argument, constants)) ?? [];
        if (source === undefined || (flags === undefined && (node.arguments?.length ?? 0) > 1))
          built.push({ place, key: `${file}: ${node.getText().replace(/\s+/g, ' ')}` });
        else patterns.push({ place, source, flags: flags ?? '' });
      }
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  return { patterns, built };
}

const isRegExp = (node: ts.Expression) => ts.isIdentifier(node) && node.text === 'RegExp';

/** The constants at the top of a file, by name. */
function constantsOf(tree: ts.SourceFile): ReadonlyMap<string, ts.Expression> {
  const known = new Map<string, ts.Expression>();
  for (const statement of tree.statements) {
    if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const))
      continue;
    for (const { name, initializer } of statement.declarationList.declarations)
      if (ts.isIdentifier(name) && initializer) known.set(name.text, initializer);
  }
  return known;
}

/** The text that an expression stands for, where constants alone make it. */
function valueOf(node: ts.Expression, constants: ReadonlyMap<string, ts.Expression>): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isIdentifier(node)) {
    const constant = constants.get(node.text);
    return constant && valueOf(constant, constants);
  }
  if (!ts.isTemplateExpression(node)) return undefined;
  let text: string | undefined = node.head.text;
  for (const { expression, literal } of node.templateSpans) {
    const value = valueOf(expression, constants);
    text = value === undefined || text === undefined ? undefined : text + value + literal.text;
  }
  return text;
}
