import type { Application } from '../sources/applications.ts';
import { besideProgram } from '../sources/applications.ts';
import { code, importRootOf, type SourceTree } from '../sources/modules.ts';
import { reachOf, targetsOf } from '../sources/reach.ts';

/**
 * An application by the module that gives it its routes, where the one that makes it imports none of them: a server that is
 * told only the latter would answer nothing.
 */
export function routed(application: Application, tree: SourceTree): Application {
  const { path, variable, isFactory } = application;
  if (isFactory) return application;
  const routes = new RegExp(`^@${variable}\\.(?:route|get|post|websocket)\\(`, 'm');
  const files = [...tree.texts].flatMap(([file, text]) =>
    file.endsWith('.py') &&
    (text.includes(`@${variable}.`) || gives.test(text)) &&
    !besideProgram.test(file) &&
    (routes.test(code(text)) || gives.test(code(text)))
      ? [file]
      : [],
  );
  const own = reachOf(path, tree, () => false).files;
  if (files.length === 0 || files.some((file) => own.has(file)) || givesRoutes(own, tree)) return application;
  const takers = files.filter((file) => {
    const { root, others } = importRootOf(file, tree);
    return tree
      .imports(file)
      .some(
        (one) => one.names.includes(variable) && targetsOf(file, one, [root, ...others], tree).includes(path),
      );
  });
  const [taker, second] = takers;
  return taker !== undefined && second === undefined ? { ...application, path: taker } : application;
}

/** Calls at the left margin that give routes (documentation of Flask, Flask-RESTful and FastAPI). */
const gives = /^\w+\.(?:add_resource|register_blueprint|add_url_rule|include_router)\(/m;

/** Routes may be given in other ways. */
const givesRoutes = (files: ReadonlySet<string>, { texts }: SourceTree) =>
  [...files].some((file) =>
    /\b(?:register_blueprint|include_router|add_url_rule|add_api_route|add_resource|mount|urlpatterns)\b/.test(
      texts.get(file) ?? '',
    ),
  );
