import { addedServers } from '../../../data/added-servers.ts';
import type { ImageFacts, ProjectFacts } from '../project.ts';
import type { Application } from '../sources/applications.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';
import { bringsUvicorn, socketWorkers } from './server-words.ts';

/**
 * How a server is given an application where the project names none: as many threads as Cloud Run's documentation has it start
 * Gunicorn with, whose workers end by themselves after half a minute otherwise ("Optimize Python applications").
 */
export function addedWords(
  facts: ProjectFacts,
  { kind, isFactory }: Application,
  target: string,
  port: number,
): string[] {
  const address = `0.0.0.0:${port}`;
  if (kind === 'asgi')
    return ['uvicorn', target, ...(isFactory ? ['--factory'] : []), '--host', '0.0.0.0', '--port', `${port}`];
  const sockets = socketWorkers(facts);
  const workers = sockets.length > 0 ? sockets : ['--threads', '8'];
  return ['gunicorn', ...workers, '--timeout', '0', '--bind', address, isFactory ? `${target}()` : target];
}

/** The server of a start that no list names, as a requirement; undefined where it has one. */
export function serverBeside(facts: ProjectFacts, start: Start): string | undefined {
  const texts = programsOfStart(facts, start).map(({ text }) => text);
  for (const [name, { requirement, command, module }] of addedServers) {
    const isCalled = start.words[0] === command || texts.some((text) => imports(text, module));
    const isThere = facts.packages.has(name) || (ofFastapi.test(name) && bringsUvicorn(facts));
    if (!isCalled || isThere) continue;
    // Uvicorn takes what its sockets need from an extra (Uvicorn documentation, "Installation").
    const isSocket = name === 'uvicorn' && texts.some((text) => /\bwebsocket/i.test(text));
    return isSocket ? requirement.replace(name, `${name}[standard]`) : requirement;
  }
  return undefined;
}

/** What FastAPI has with its extra (FastAPI documentation, "FastAPI CLI"). */
const ofFastapi = /^(?:uvicorn|fastapi-cli)$/;

const imports = (text: string, module: string) =>
  text.split('\n').some((line) => /^\s*(?:import|from) (\w+)/.exec(line)?.[1] === module);

/** That it was installed, in a sentence. */
export function serverNote({ dependencies, direct }: ImageFacts): string | undefined {
  const one = (dependencies.held ?? []).find(({ name }) => addedServers.has(name) && !direct.has(name));
  return (
    one &&
    `${one.name}${one.specifier} serves the application, installed beside what ${dependencies.files.length > 0 ? `${dependencies.files[0]} names` : 'the programs import'}, as that names no server for it.`
  );
}
