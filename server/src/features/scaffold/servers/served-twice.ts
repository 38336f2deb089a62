import type { ProjectFacts } from '../project.ts';
import { code } from '../sources/modules.ts';
import { program } from '../starts/programs.ts';
import type { Candidate, Start } from '../starts/start.ts';
import { listeningOf } from './listening.ts';
import { developmentServer } from './server-words.ts';

/** Servers that import the application; Flask's own makes nothing of such a call (Flask documentation, `Flask.run`). */
const importing: ReadonlySet<string> = new Set([
  'gunicorn',
  'uvicorn',
  'hypercorn',
  'waitress-serve',
  'daphne',
]);

/** The call by which a module starts a server of its own as soon as another one imports it. */
function callIn({ texts }: ProjectFacts, { words, file }: Start): string | undefined {
  if (file === undefined) return undefined;
  const text = code(texts.get(file) ?? '');
  const starts = [
    `${targetOf(words)?.[1] ?? 'app'}.run(`,
    'uvicorn.run(',
    'waitress.serve(',
    ...(/^from waitress import serve\b/m.test(text) ? ['serve('] : []),
  ];
  const call = text.split('\n').find((line) => starts.some((start) => line.startsWith(start)));
  return call?.slice(0, call.indexOf('(') + 1);
}

const targetOf = (words: readonly string[]) =>
  words
    .map((word) => /^[A-Za-z_][\w.]*:([A-Za-z_]\w*)$/.exec(word.replace(/^FLASK_APP=/, '')))
    .find((found) => found !== null);

/**
 * A service whose module starts its server itself, as it is started by the project: by its file, where all addresses reach it
 * then, or by Flask's own server, which passes over the call.
 */
export function servedOnce(facts: ProjectFacts, candidate: Candidate): Candidate {
  const { start, names } = candidate;
  const call = importing.has(start.words[0] ?? '') ? callIn(facts, start) : undefined;
  const { service, file } = start;
  if (call === undefined || file === undefined || !service) return candidate;
  const target = targetOf(start.words)?.[0];
  const own = call.endsWith('.run(') && call !== 'uvicorn.run(' ? target : undefined;
  const words = own === undefined ? undefined : developmentServer(facts, own, service.port);
  if (words) return { ...candidate, start: { ...start, words } };
  const itself = program(facts, file);
  const found = itself.start.asks === undefined ? listeningOf(facts, itself.start) : undefined;
  return found?.isOpen === true
    ? {
        ...candidate,
        start: { ...itself.start, service: { ...service, port: found.port } },
        names: [...names, ...itself.names],
      }
    : candidate;
}

/** Why a server that imports its application never gets it, in a sentence. */
export function servedTwiceFault(facts: ProjectFacts, start: Start): string | undefined {
  const call = importing.has(start.words[0] ?? '') ? callIn(facts, start) : undefined;
  return (
    call &&
    `${start.file} starts its own server as soon as ${start.words[0]} imports it (${call})): put that line behind "if __name__ == '__main__':", then add the files again.`
  );
}

/** That a server for development serves it, in a sentence. */
export function developmentNote(facts: ProjectFacts, start: Start): string | undefined {
  const call = start.words.includes('flask') ? callIn(facts, start) : undefined;
  return (
    call &&
    `Flask's own server is enough, though it is made for development: ${start.file} starts one as soon as another imports it (${call})), unless that line stands behind "if __name__ == '__main__':".`
  );
}
