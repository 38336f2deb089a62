import { code } from './modules.ts';
import type { ProjectFacts } from './project.ts';
import type { Start } from './start.ts';

/** Servers that import the application; Flask's own makes nothing of such a call (Flask documentation, `Flask.run`). */
const importing: ReadonlySet<string> = new Set([
  'gunicorn',
  'uvicorn',
  'hypercorn',
  'waitress-serve',
  'daphne',
]);

/** Why a server that imports its application never gets it, in a sentence: the module starts a server of its own as it is imported. */
export function servedTwiceFault({ texts }: ProjectFacts, { words, file }: Start): string | undefined {
  const [server = ''] = words;
  if (!importing.has(server) || file === undefined) return undefined;
  const variable = words
    .map((word) => /^[A-Za-z_][\w.]*:([A-Za-z_]\w*)$/.exec(word)?.[1])
    .find((name) => name !== undefined);
  const starts = [`${variable ?? 'app'}.run(`, 'uvicorn.run('];
  const call = code(texts.get(file) ?? '')
    .split('\n')
    .find((line) => starts.some((start) => line.startsWith(start)));
  return (
    call &&
    `${file} starts its own server as soon as ${server} imports it (${call.slice(0, call.indexOf('(') + 1)})): put that line behind "if __name__ == '__main__':", then add the files again.`
  );
}
