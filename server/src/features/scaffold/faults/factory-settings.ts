import { nameOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { argumentsIn, parts } from '../sources/calls.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** Why a function that a server calls for an application ends at once, in a sentence: the settings that it takes where it is told none are not there. */
export function factoryFault(facts: ProjectFacts, start: Start): string | undefined {
  if (/^(?:python3?|flask)$/.test(start.words[0] ?? '') || start.service === undefined) return undefined;
  const target = start.words.find((word) => /^[\w.]+:\w+(?:\(\))?$/.test(word));
  const name = target?.split(':')[1]?.replace('()', '') ?? '';
  const programs = programsOfStart(facts, start);
  for (const { path, text } of programs)
    for (const part of text.split(/^(?=def[ \t])/m)) {
      const factory = /^def[ \t]+(\w+)[ \t]*\(/.exec(part);
      if (!factory) continue;
      const [head = '', called = ''] = factory;
      const isCalled =
        called === name || programs.some((one) => one.text.split(`${name} = ${called}()`).length > 1);
      if (!isCalled) continue;
      for (const parameter of parts(argumentsIn(part.slice(head.length)))) {
        const [, own = '', value = ''] =
          /^(\w+)[ \t]*(?::[^=]*)?=[ \t]*["']([\w./-]+)["']$/.exec(parameter) ?? [];
        const uses = own === '' ? [] : usesOf(own, part);
        if (uses.length > 0 && uses.every((use) => !isThere(facts, value, use)))
          return `${called} of ${path} takes the settings "${value}" where it is told none, which are not in the project: write them, or what starts it with others behind "web:" in a Procfile, then add the files again.`;
      }
    }
  return undefined;
}

/** How a function reads its settings from what it was given (Flask documentation, "Configuration Handling"). */
function usesOf(name: string, text: string): ('file' | 'object')[] {
  return text.split('\n').flatMap((line): ('file' | 'object')[] => {
    const [, call] = /\.from_(pyfile|json|file|object)\(\s*(\w+)/.exec(line) ?? [];
    const isOwn = call !== undefined && line.includes(`from_${call}(${name}`);
    if (!isOwn) return [];
    // One that is quiet goes on without them.
    return /\bsilent\s*=\s*True/.test(line) ? [] : [call === 'object' ? 'object' : 'file'];
  });
}

function isThere({ context, tree }: ProjectFacts, value: string, use: 'file' | 'object'): boolean {
  const files = (context.files?.files ?? []).map(({ path }) => path);
  if (use === 'file') return files.some((path) => path === value || nameOf(path) === nameOf(value));
  const names = value.split('.');
  // A class of a module is named so too, or a variable of it.
  const isOfModule = [...tree.texts].some(
    ([path, text]) => isModule(path, names.slice(0, -1)) && text.split(/\W+/).includes(names.at(-1) ?? ''),
  );
  return isOfModule || [...tree.paths].some((path) => isModule(path, names));
}

const isModule = (path: string, names: readonly string[]) =>
  names.length > 0 &&
  [`${names.join('/')}.py`, `${names.join('/')}/__init__.py`].some(
    (one) => path === one || path.endsWith(`/${one}`),
  );
