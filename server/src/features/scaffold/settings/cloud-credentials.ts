import type { ProjectFacts } from '../project.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** Of the libraries of Google Cloud: the module, and what is made of it. */
const taken = /^[ \t]*(?:from|import)[ \t]+google\.cloud\b/m;
const made = /\b\w*Client(?:Async)?\(([^()\n]{0,200})/g;
const variable = 'GOOGLE_APPLICATION_CREDENTIALS';

/**
 * Where the clients of Google Cloud find their credentials that are given none: a file that a variable names, or the machine itself within
 * that cloud (Google Cloud documentation, "How Application Default Credentials works"), and those of Earth Engine, which looks in the
 * home of the user first (its documentation, "Authentication and Initialization").
 */
export function credentialsNote(facts: ProjectFacts, start: Start): string | undefined {
  const programs = programsOfStart(facts, start);
  if (programs.some(({ text }) => text.includes(variable) || /\bfrom_service_account_\w+\(/.test(text)))
    return undefined;
  const user = programs.find(
    ({ text }) =>
      taken.test(text) && [...text.matchAll(made)].some(([, given = '']) => !/\bcredentials\b/.test(given)),
  );
  const measurer = programs.find(({ text }) => /\bee\.Initialize\((?![^)\n]*\bcredentials\b)/.test(text));
  if (measurer)
    return `.config/earthengine/credentials is mounted below /app, or ${variable} names a file of credentials that is, as ${measurer.path} asks Earth Engine.`;
  return (
    user &&
    `${variable} names a file of credentials that is mounted, unless the container runs in Google Cloud, as ${user.path} asks its services.`
  );
}
