import { folderOf, foldersAbove, nameOf, posixJoin } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import type { Start } from './start.ts';

const starts = /\b(?:python3?|py|uvicorn|gunicorn|hypercorn|streamlit|fastapi|flask|waitress-serve)\b/;
const moves = /^(?:[$>%#] ?)?cd +["']?([\w./-]+)/;

/** The folder from which readers are told to start a program; undefined where nothing tells one. */
export function toldFolder({ texts, tree }: ProjectFacts, { file }: Start): string | undefined {
  if (file === undefined) return undefined;
  const above = foldersAbove(file);
  for (const [path, text] of texts) {
    const top = folderOf(path);
    if (!/^readme/i.test(nameOf(path)) || !above.includes(top)) continue;
    let folder = top;
    for (const whole of text.split(/\n|`|&&|;/)) {
      const line = whole.trim().replace(/^- +/, '');
      const to = moves.exec(line)?.[1];
      if (to !== undefined) {
        // Readers begin anew in each part, and where the project itself lies is none of its folders.
        const [next] = [posixJoin(folder, to), posixJoin(top, to)].filter(
          (one) => one === '' || tree.folders.has(one),
        );
        folder = next ?? top;
      } else if (starts.test(line) && line.split(/\s+/).some((word) => filesOf(word, folder).includes(file)))
        return folder;
    }
  }
  return undefined;
}

/** What a word of a command may name, from a folder: `app.py`, `app.main:app`, `app.main`. */
function filesOf(word: string, folder: string): string[] {
  if (/^[\w./-]+\.py$/.test(word)) return [posixJoin(folder, word)];
  const module = /^([A-Za-z_][\w.]*)(?::\w+(?:\(\))?)?$/.exec(word)?.[1];
  if (module === undefined) return [];
  const path = posixJoin(folder, module.replaceAll('.', '/'));
  return [`${path}.py`, `${path}/__init__.py`, `${path}/__main__.py`];
}
