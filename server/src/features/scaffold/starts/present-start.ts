import { nameOf } from '../paths.ts';

/** What the present Dockerfile starts, and the port that it names. */
export function presentStart(of: (word: RegExp) => readonly string[]): {
  start: string;
  port: number | undefined;
} {
  const values = new Map([...of(/^ARG\s+/i), ...of(/^ENV\s+/i)].flatMap((line) => assigned(line)));
  const resolved = (text: string) =>
    text.replace(/\$(?:(\w+)|\{(\w+)\})/g, (all, a?: string, b?: string) => values.get(a ?? b ?? '') ?? all);
  const folder = (of(/^WORKDIR\s+/i).at(-1) ?? '').replace(/\/$/, '');
  const start = [of(/^ENTRYPOINT\s+/i).at(-1), of(/^CMD\s+/i).at(-1)]
    .map((value) => inFolder(resolved(unquoted(value ?? '')), folder))
    .filter((one) => one !== '')
    .join(' ');
  const ports = of(/^EXPOSE\s+/i).flatMap((line) => resolved(line).split(/\s+/));
  const exposed = ports.length === 1 ? /^(\d{2,5})(?:\/tcp)?$/.exec(ports[0] ?? '')?.[1] : undefined;
  const told = /(?:\bport[= ]["']?|:-?)(\d{4,5})\b/.exec(start)?.[1];
  const port = Number(exposed ?? (ports.length === 0 ? told : undefined));
  return { start, port: port > 1023 ? port : undefined };
}

/** `A=1 B="x"` or `A 1`, as far as the values are written out. */
export function assigned(line: string): [name: string, value: string][] {
  const all = [...line.matchAll(/(?:^|\s)([A-Za-z_]\w*)=(?:"([^"]*)"|'([^']*)'|(\S*))/g)].map(
    ([, name = '', a, b, c]): [string, string] => [name, a ?? b ?? c ?? ''],
  );
  const [, name = '', value = ''] = /^(\w+)[ \t]+(\S.*)$/.exec(line) ?? [];
  return (all.length > 0 || name === '' ? all : ([[name, value]] as [string, string][])).filter(
    ([, one]) => one !== '' && !one.includes('$'),
  );
}

/** Of `["python", "main.py"]` the words, as in a terminal. */
export function unquoted(value: string): string {
  if (!value.trim().startsWith('[')) return value.trim();
  const words = listOf(value) ?? [...value.matchAll(/"([^"]*)"/g)].map(([, word = '']) => word);
  return words.map((word) => (/\s/.test(word) ? quoted(word) : word)).join(' ');
}

const quoted = (word: string) => (word.includes("'") ? `"${word}"` : `'${word}'`);

/** The words of a list in JSON, which may hold quotes; undefined where it is none. */
function listOf(value: string): string[] | undefined {
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) ? list.map(String) : undefined;
  } catch {
    return undefined;
  }
}

/** Programs by their names, and files by their paths below the folder in which it is started. */
const inFolder = (line: string, folder: string) =>
  line
    .split(' ')
    .map((word, at) => {
      if (at === 0 && /^\/(?:[\w.-]+\/)*bin\/[\w.-]+$/.test(word)) return nameOf(word);
      return folder.length > 1 && word.startsWith(`${folder}/`) ? word.slice(folder.length + 1) : word;
    })
    .join(' ');
