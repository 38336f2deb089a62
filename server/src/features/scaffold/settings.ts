import { besideProgram } from './applications.ts';
import type { Plan } from './dockerfile.ts';
import { lookedUpSettings } from './looked-up.ts';
import { code, withoutComments } from './modules.ts';
import { programsOfStart } from './program-file.ts';
import { requiredSettings } from './required-settings.ts';

type Programs = readonly (readonly [path: string, text: string])[];

/** The programs of the project whose settings count: those that the start reaches, and none that is a tool or a test beside. */
export function readPrograms({ facts, start }: Plan): Programs {
  const reached = new Set(programsOfStart(facts, start).map(({ path }) => path));
  return [...facts.texts].filter(
    ([path]) => path.endsWith('.py') && (reached.has(path) || !besideProgram.test(path)),
  );
}

/** The variables that they end without. */
export const requiredIn = (programs: Programs, { facts, start }: Plan): string[] =>
  requiredSettings(
    programs.map(([path]) => path),
    facts,
    programsOfStart(facts, start).map(({ path }) => path),
  );

/** Others that they name no value for. */
export const lookedUpIn = (programs: Programs, required: readonly string[]): string[] =>
  [...new Set(programs.flatMap(([, text]) => lookedUpSettings(withoutComments(code(text)))))].filter(
    (name) => !required.includes(name),
  );

/** Both of them. */
export function settingsOf(plan: Plan): string[] {
  const programs = readPrograms(plan);
  const required = requiredIn(programs, plan);
  return [...required, ...lookedUpIn(programs, required)];
}
