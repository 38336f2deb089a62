import type { ProjectFacts } from '../project.ts';
import { besideProgram } from '../sources/applications.ts';
import { isStartedByName } from '../sources/effects.ts';
import { mainOf } from '../sources/main-block.ts';
import { code, withoutComments } from '../sources/modules.ts';
import { program } from '../starts/programs.ts';
import type { Candidate } from '../starts/start.ts';

const folder = /^(?:scripts?|tools)\//;
/** Servers as their documentation starts them from a program: uvicorn, Hypercorn, Waitress, Flask, Gradio. */
const serves = /\b(?:uvicorn\.run|waitress\.serve|(?:app|server|demo)\.(?:run|launch))\(/;

/** Programs that serve by themselves in a folder of scripts, where a project has them nowhere else. */
export const scriptServers = (facts: ProjectFacts): Candidate[] =>
  [...facts.tree.texts].flatMap(([path, text]) => {
    const own = withoutComments(code(text));
    const isServer =
      path.endsWith('.py') &&
      folder.test(path) &&
      !besideProgram.test(path.replace(folder, '')) &&
      isStartedByName(own) &&
      serves.test(mainOf(own));
    return isServer ? [{ ...program(facts, path), rank: 3 }] : [];
  });
