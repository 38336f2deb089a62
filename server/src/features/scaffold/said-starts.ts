import type { SourceTexts } from '../../project/source-texts.ts';
import { nameOf } from './paths.ts';

/** What the files of a project start in a container, each as words between blanks, the surest first. */
/** @param scripts what the present Dockerfile starts */
export function saidStarts(texts: SourceTexts, scripts: readonly string[] = []): string[] {
  const of = (isOne: (name: string, path: string) => boolean, pattern: RegExp) =>
    [...texts].flatMap(([path, text]) =>
      isOne(nameOf(path), path)
        ? [...text.replace(/\\\r?\n/g, ' ').matchAll(pattern)].map(([line]) => asWords(line))
        : [],
    );
  return [
    ...of((name) => /dockerfile|containerfile/i.test(name), /^[ \t]*(?:CMD|ENTRYPOINT)[ \t].*/gim),
    ...of((name) => /^procfile$/i.test(name), /^(?:web|worker|app|main):.*/gim),
    ...of(
      (name) => /^(?:docker-)?compose[\w.-]*\.ya?ml$/i.test(name),
      /^[ \t]*(?:command|entrypoint):.*(?:\n[ \t]*-[ \t].*)*/gim,
    ),
    ...of(
      (name, path) => scripts.includes(path) || /entrypoint|^(?:start|run|serve)[\w-]*\.sh$/i.test(name),
      /^.*\b(?:python3?|uvicorn|gunicorn|hypercorn|streamlit|waitress-serve|litestar)\b.*/gim,
    ),
  ];
}

/** Command lines that start a container or a process as the Dockerfile at the top or the Procfile has them. */
export function startLines(texts: SourceTexts): { readonly path: string; readonly line: string }[] {
  const dockerfile = (texts.get('Dockerfile') ?? '').replace(/\\\r?\n/g, ' ');
  const last = (word: string) =>
    [...dockerfile.matchAll(/^[ \t]*(CMD|ENTRYPOINT)[ \t]+(.*)/gim)]
      .filter(([, name = '']) => name.toUpperCase() === word)
      .at(-1)?.[2] ?? '';
  const line = [last('ENTRYPOINT'), last('CMD')]
    .map(unquoted)
    .filter((one) => one !== '')
    .join(' ');
  const web = /^(?:web|app|main):[ \t]*(.*)/m.exec(texts.get('Procfile') ?? '')?.[1];
  return [
    ...(line === '' ? [] : [{ path: 'Dockerfile', line }]),
    ...(web === undefined ? [] : [{ path: 'Procfile', line: web.trim() }]),
  ];
}

/** Of `["python", "main.py"]` the words, as in a terminal. */
function unquoted(value: string): string {
  if (!value.trim().startsWith('[')) return value.trim();
  const words = [...value.matchAll(/"([^"]*)"/g)].map(([, word = '']) => word);
  return words.map((word) => (/\s/.test(word) ? `'${word}'` : word)).join(' ');
}

const asWords = (line: string) => ` ${line.split(/[\s"',[\]]+/).join(' ')} `;

/** The port that the project's own Dockerfile says. */
export function saidPort(texts: SourceTexts): number | undefined {
  const ports = [...(texts.get('Dockerfile') ?? '').matchAll(/^[ \t]*EXPOSE[ \t]+(\d{2,5})[ \t]*$/gim)].map(
    ([, port]) => Number(port),
  );
  return ports.length === 1 && (ports[0] ?? 0) > 1023 ? ports[0] : undefined;
}
