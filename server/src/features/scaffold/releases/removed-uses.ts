import { comesWith, type Removal, removals } from '../../../data/removed-names.ts';
import type { Requirement } from '../../../facts/requirements.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import { besideProgram } from '../sources/applications.ts';
import { code } from '../sources/modules.ts';
import { callsWith, usedNames } from '../sources/used-names.ts';
import { lowestOf } from './ages.ts';
import { formerHandlers } from './former-handlers.ts';
import { givenModels } from './given-models.ts';
import { savedModels } from './saved-models.ts';

/** A program uses what newer releases of a package have no more, and nothing says which one is meant. */
export interface RemovedUse extends Removal {
  readonly file: string;
  /** As the program has it, such as `openai.ChatCompletion`. */
  readonly use: string;
}

/** What the programs use that is gone, for each package that is left open in what is asked for. */
export function removedUses(texts: SourceTexts, asked: readonly Requirement[]): RemovedUse[] {
  const open = removals.filter((removal) => isOpen(removal, asked));
  const named =
    open.length === 0
      ? []
      : [...texts].flatMap(([file, text]) =>
          file.endsWith('.py') && file !== 'setup.py' && !besideProgram.test(file)
            ? usesIn(file, text, open)
            : [],
        );
  return [
    ...named,
    ...[...formerHandlers(texts), ...givenModels(texts), ...savedModels(texts)].filter((use) =>
      isOpen(use, asked),
    ),
  ];
}

function usesIn(file: string, text: string, open: readonly Removal[]): RemovedUse[] {
  const names = usedNames(text);
  const modules = new Set([...names].map((name) => name.split('.', 1)[0]));
  const isUsed = (use: string) => {
    const [module = '', call] = use.split(/:(.*)/s);
    if (call?.startsWith('@')) return modules.has(module) && decorates(text, call.slice(1));
    if (call !== undefined)
      return modules.has(module) && !hasNewer(text, call) && callsWith(withoutOthers(text, call), call);
    return names.has(use) || (modules.has(module.split('.', 1)[0]) && someBelow(names, `${use}.`));
  };
  return open.flatMap((removal) => {
    const use = removal.uses.find(isUsed);
    return use === undefined ? [] : [{ ...removal, file, use: use.replace(/^\w+:@?[. ]?/, '') }];
  });
}

/** Whether something stands behind "@" as `.list_tools(` does: without that, it may be the method of another class. */
const decorates = (text: string, call: string) =>
  code(text)
    .split('\n')
    .some((line) => /^\s*@/.test(line) && line.includes(call));

/** Unsloth's classes are called as those of Transformers, with arguments that those have no more (Unsloth documentation). */
const withoutOthers = (text: string, call: string) =>
  call.startsWith('from_pretrained(') && /^[ \t]*(?:from|import) +unsloth\b/m.test(text)
    ? text.replace(/\bFast\w*Model\.from_pretrained\(/g, 'load(')
    : text;

/** Data of NLTK by their former and their present names: "punkt" and "punkt_tab" (NLTK's change log, 3.8.2). */
function hasNewer(text: string, call: string): boolean {
  const name = /"(?:\w+\/)?(\w+)"$/.exec(call)?.[1];
  return name !== undefined && [`${name}_tab`, `${name}_eng`].some((newer) => text.includes(newer));
}

const someBelow = (names: ReadonlySet<string>, start: string) =>
  [...names].some((name) => name.startsWith(start));

/** Whether a list names no highest version of a package that it asks for, and no lowest one behind the last that will do. */
function isOpen({ name, last }: Removal, asked: readonly Requirement[]): boolean {
  const own = asked.filter((one) => one.name === name);
  const bringers = Object.hasOwn(comesWith, name) ? (comesWith[name] ?? []) : [];
  if (own.length === 0) return asked.some((one) => bringers.includes(one.name));
  return own.every((one) => {
    const lowest = lowestOf(one);
    return (
      one.exact === undefined &&
      !/<|~=|==|@/.test(one.specifier) &&
      (lowest === undefined || lowest.localeCompare(last, 'en', { numeric: true }) <= 0)
    );
  });
}
