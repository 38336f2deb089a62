import { code, type SourceTree } from './modules.ts';

/** So many lines of a file are looked at. */
const mostLines = 2_000;

/** Servers that are told an application as `shop.web:app` (documentation of each, "Running"). */
const servers = /\b(?:uvicorn|gunicorn|hypercorn|granian|daphne|waitress-serve)\b/i;
const ofAsgi = /\b(?:uvicorn|hypercorn|granian|daphne)\b/i;

/**
 * The applications that a server is told in README, in a Dockerfile wherever it lies, in scripts and the like: the
 * only trace of one that another object holds, as in `app = builder.fast_api`.
 */
export function toldApplications(tree: SourceTree) {
  return linesOf(tree)
    .filter((line) => servers.test(line))
    .flatMap((line) =>
      line.split(/[\s"'`,[\]=]+/).flatMap((word) => {
        const [, module = '', variable = ''] = /^([A-Za-z_][\w.]*):([A-Za-z_]\w*)(?:\(\))?$/.exec(word) ?? [];
        const path = module === '' ? undefined : pathOf(module, tree);
        if (path === undefined || !isAssigned(variable, code(tree.texts.get(path) ?? ''))) return [];
        return [{ path, variable, isFactory: false, kind: ofAsgi.test(line) ? 'asgi' : 'wsgi' } as const];
      }),
    );
}

/**
 * The function that Flask's own commands are told to call: `FLASK_APP=shop.web:create_app`, `flask --app shop.web:create_app` (Flask
 * documentation, "Application Discovery").
 */
export function toldFactories(tree: SourceTree): { readonly path: string; readonly name: string }[] {
  return linesOf(tree).flatMap((line) => {
    const told = /(?:\bFLASK_APP["']? ?[=:] ?|\bflask (?:--app|-A)[ =])["']?([A-Za-z_][\w.]*):(\w+)/.exec(
      line,
    );
    const [, module = '', name = ''] = told ?? [];
    const path = module === '' ? undefined : pathOf(module, tree);
    return path === undefined ? [] : [{ path, name }];
  });
}

const linesOf = ({ texts }: SourceTree): readonly string[] =>
  [...texts].flatMap(([path, text]) =>
    /\.py$/.test(path)
      ? []
      : text
          .replace(/\\\r?\n/g, ' ')
          .split('\n')
          .slice(0, mostLines),
  );

/** An image may have the module below another folder than the project. */
function pathOf(module: string, { paths }: SourceTree): string | undefined {
  const place = module.replaceAll('.', '/');
  const all = [`${place}/__init__.py`, `${place}.py`];
  return [...paths].find((path) => all.some((one) => path === one || path.endsWith(`/${one}`)));
}

/** `app = …`, `from .web import app`: at the left margin. */
const isAssigned = (variable: string, text: string) =>
  text
    .split('\n')
    .some(
      (line) =>
        (line.startsWith(variable) && /^\s*(?::[^=]*)?=(?!=)/.test(line.slice(variable.length))) ||
        (line.startsWith('from ') && (line.split(' import ', 2)[1] ?? '').split(/\W+/).includes(variable)),
    );
