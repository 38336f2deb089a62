import { folderOf, nameOf, posixJoin } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { besideProgram } from '../sources/applications.ts';

/** What stands behind a word of a command line, as in `streamlit run app.py` and `"streamlit run app.py"`. */
const ends = /[\s"'`,)]/;

/** The programs that the project's own words show with a command, which need not import its package themselves: `streamlit run`. */
export function shownPages({ tree, texts }: ProjectFacts, command: string): ReadonlySet<string> {
  const shown = [...texts].flatMap(([by, text]) =>
    by.endsWith('.py') || besideProgram.test(by.replace(/^\.devcontainer\//, ''))
      ? []
      : text
          .split(`${command} `)
          .slice(1)
          .flatMap((rest) => {
            const [word = ''] = rest.slice(0, longest).split(ends, 1);
            const path = word.replace(/^\.\//, '').replaceAll('\\', '/');
            const all = [...tree.paths].filter((one) => nameOf(one) === path);
            const only = all.length === 1 ? all : [];
            return [path, posixJoin(folderOf(by), path)].find((one) => tree.paths.has(one)) ?? only;
          }),
  );
  return new Set(shown);
}
/** No path is longer. */
const longest = 300;
