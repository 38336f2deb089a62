import { code, fileOf, type SourceTree } from './modules.ts';

/** What settings and addresses name as text and Django imports (its documentation, "Settings", "URL dispatcher"). */
const named =
  /\b(?:DJANGO_SETTINGS_MODULE["'] ?,|ROOT_URLCONF ?=|include\() ?["']([A-Za-z_][\w.]{0,100})["']/g;
/** The modules of an application that are read when it is set up (Django documentation, "Applications", "The Django admin site"). */
const ofApp = ['apps', 'models', 'admin'];

/** The applications that settings of Django name, as modules. */
export function appsOf(text: string): string[] {
  const [, list = ''] = code(text).split(/^INSTALLED_APPS *(?:: *[\w.[\]]+ *)?\+?= */m, 2);
  const own = (list.split(/^[\])]/m, 1)[0] ?? '').replace(/#.*$/gm, '');
  return [...own.matchAll(/["']([A-Za-z_][\w.]{0,100})["']/g)].map(([, app = '']) =>
    app.replace(/\.apps\.\w+$/, ''),
  );
}

/** The files of a project that Django reads with one of them, as its name stands there as text. */
export function djangoLoads(text: string, roots: readonly string[], tree: SourceTree): string[] {
  if (!/\bDJANGO_SETTINGS_MODULE\b|\bINSTALLED_APPS\b|\burlpatterns\b/.test(text)) return [];
  const own = code(text);
  const modules = [...own.matchAll(named)].map(([, module = '']) => module);
  return [...modules, ...appsOf(text).flatMap((app) => ofApp.map((one) => `${app}.${one}`))].flatMap(
    (module) => roots.flatMap((root) => fileOf(root, module, tree) ?? []),
  );
}
