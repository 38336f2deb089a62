import { besideProgram } from './applications.ts';
import type { KnownProject } from './known-project.ts';
import { code } from './modules.ts';

/** Modules by the last Python that has them (Python documentation, "What's New" of 3.12 and 3.13). */
const lastWith: readonly (readonly [minor: number, modules: RegExp])[] = [
  [11, /^(?:import|from) (?:asynchat|asyncore|distutils|imp|smtpd)\b/m],
  [
    12,
    /^(?:import|from) (?:aifc|audioop|cgi|cgitb|chunk|crypt|imghdr|mailcap|nntplib|pipes|sndhdr|spwd|sunau|telnetlib|uu|xdrlib)\b/m,
  ],
];

/** The last minor release of Python that has all modules which the programs import at their left edge. */
export function oldModules({ texts }: KnownProject): number {
  const programs = [...texts].flatMap(([path, text]) =>
    path.endsWith('.py') && path !== 'setup.py' && !besideProgram.test(path) ? code(text) : [],
  );
  return lastWith.find(([, modules]) => programs.some((text) => modules.test(text)))?.[0] ?? 99;
}
