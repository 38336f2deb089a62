/** Definitions, and what stands before or around other statements. */
const defines =
  /^(?:async def|def|class|@|import|from|pass|raise|del|assert|global|\.\.\.|["'\])}]|[rbf]["'])/;
const heads = /^(?:if|elif|else|try|except|finally)\b/;
const assigns = /^[\w.[\]"', *-]*(?::[^=]+)?[-+*/|&]?=(?!=)|^\w+ *:(?! *$)/;
/** Calls that prepare a module, or add to what it defines. */
const prepares =
  /^(?:sys\.(?:path|std\w+)|(?:dotenv\.)?load_dotenv|logging|logger|log|warnings|os\.(?:environ|makedirs|putenv)|random\.seed|np\.(?:random\.seed|set\w+)|torch\.(?:manual_seed|set_\w+|backends)|(?:plt|matplotlib|mpl|sns)\.(?:set\w*|use|style|rc\w*)|nltk|locale|signal|atexit|gc)\b|^[\w.]+\.(?:register\w*|add\w*|append|extend|update|setdefault|set\w*|include_router|mount|init_app|from_\w+|basicConfig|insert)\(/;

export const isStartedByName = (text: string) => /^if\s+__name__\s*==/m.test(text);

/** Whether nothing happens when a file is started that defines functions or classes. */
export function onlyDefines(text: string): boolean {
  const all = statements(text);
  return (
    !isStartedByName(text) &&
    all.some((line) => /^(?:async def|def|class) /.test(line)) &&
    all.every((line) => isQuiet(line))
  );
}

/** Calls that do something by themselves, `x = model.fit(…)` among them, and loops that go on. */
const does = /^(?:await )?[A-Za-z_][\w.]*\(|=\s*(?:await )?[\w.]+\.(?:fit|run|train|start\w*)\(|^while\b/;

/** Whether a file does something when it is started, whatever its name is. */
export const works = (text: string): boolean =>
  isStartedByName(text) || statements(text).some((line) => does.test(line) && !prepares.test(line));

const isQuiet = (line: string) =>
  defines.test(line) || heads.test(line) || prepares.test(line) || assigns.test(line);

/** What of a package's own draws nothing, but keeps or reads something. */
const keeps = /^(?:secrets|session_state|cache\w*|experimental_\w+|connection|runtime|fragment)$/;

/** Whether a page of Streamlit draws something when it is shown: by itself, or by what it calls. */
export function isDrawn(text: string): boolean {
  const name = /^[ \t]*import +streamlit +as +(\w+)/m.exec(text)?.[1] ?? 'st';
  const draws = (line: string) =>
    !line.startsWith('@') &&
    [...line.matchAll(/\b(\w+)\.(\w+)/g)].some(
      ([, module, member = '']) => (module === name || module === 'streamlit') && !keeps.test(member),
    );
  const all = statements(text).filter((line) => !/^(?:import|from|def|class|async def)\b/.test(line));
  return isStartedByName(text) || all.some((line) => draws(line) || !isQuiet(line));
}

/** The statements outside of functions and classes, without what they begin with; those in blocks of `if` and `try` too. */
export function statements(text: string): string[] {
  const found: string[] = [];
  let held = '';
  let depth = 0;
  /** How far a function or class stands from the margin, whose lines are passed over. */
  let inside: number | undefined;
  for (const whole of text.split('\n')) {
    const line = whole.replace(/"[^"\n]*"|'[^'\n]*'/g, '""').split('#', 1)[0] ?? '';
    if (line.trim() === '') continue;
    const isContinued = held !== '';
    if (!isContinued) {
      const indent = line.length - line.trimStart().length;
      if (inside !== undefined && indent > inside) continue;
      inside = /^\s*(?:async def|def|class)\b/.test(line) ? indent : undefined;
    }
    held += `${isContinued ? ' ' : ''}${line.trim()}`;
    depth += line.split(/[([{]/).length - line.split(/[)\]}]/).length;
    if (depth > 0 || line.endsWith('\\')) continue;
    found.push(held);
    held = '';
    depth = 0;
  }
  return found;
}
