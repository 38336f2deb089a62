import type { ProjectFacts } from '../project.ts';
import { neededFiles } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** So many places are told. */
const most = 2;
/** What an author writes where a person is to write something. */
const standsFor = /^(?:your|insert|enter|paste|replace|put|fill|todo|xxx)_\w+$/i;

/**
 * Names that stand where a person is to write a value, as in `ADMIN_ID = your_id`, a line for each: Python ends the program
 * there, as nothing else gives the name a value.
 */
export function placeholderNotes(facts: ProjectFacts, start: Start): string[] {
  const found = [...neededFiles(facts, start)].flatMap((path) => {
    const text = facts.texts.get(path) ?? '';
    if (/^from \S+ import \*/m.test(text)) return [];
    return text.split('\n').flatMap((line, at) => {
      if (!/^[A-Za-z_]\w*[ :=(]/.test(line) || /^(?:import|from|def|class|for|global)\b/.test(line))
        return [];
      const bare = line.replace(/"[^"]*"|'[^']*'/g, '""').split('#', 1)[0] ?? '';
      const behind = bare.slice(bare.indexOf('=') + 1);
      const name = [...behind.matchAll(/\w+/g)].find(({ 0: one, index }) => {
        const next = behind
          .slice(index + one.length)
          .trimStart()
          .charAt(0);
        return (
          standsFor.test(one) &&
          !'=('.includes(next || ' ') &&
          behind[index - 1] !== '.' &&
          !isBound(one, text)
        );
      })?.[0];
      return name === undefined ? [] : [{ path, name, line: at + 1 }];
    });
  });
  return found
    .slice(0, most)
    .map(
      ({ path, name, line }) =>
        `A value is written into line ${line} of ${path} before the image is built, as ${name} there is a name that nothing sets and ends the program.`,
    );
}

const isBound = (name: string, text: string) =>
  text.split('\n').some(
    (line) =>
      line
        .split('=', 1)[0]
        ?.trim()
        .split(/[\s,:]+/)
        .includes(name) === true ||
      (/\b(?:import|def|class|for|as|global)\b/.test(line) && line.split(/\W+/).includes(name)),
  );
