import type { SourceTexts } from '../../project/source-texts.ts';
import { nameOf } from './paths.ts';

/** What the files of a project start in a container, each as words between blanks, the surest first. */
export function saidStarts(texts: SourceTexts): string[] {
  const of = (isOne: (path: string) => boolean, pattern: RegExp) =>
    [...texts].flatMap(([path, text]) =>
      isOne(nameOf(path))
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
      (name) => /entrypoint|^(?:start|run|serve)[\w-]*\.sh$/i.test(name),
      /^.*\b(?:python3?|uvicorn|gunicorn|hypercorn|streamlit|waitress-serve|litestar)\b.*/gim,
    ),
  ];
}

const asWords = (line: string) => ` ${line.split(/[\s"',[\]]+/).join(' ')} `;

/** The port that the project's own Dockerfile says. */
export function saidPort(texts: SourceTexts): number | undefined {
  const ports = [...(texts.get('Dockerfile') ?? '').matchAll(/^[ \t]*EXPOSE[ \t]+(\d{2,5})[ \t]*$/gim)].map(
    ([, port]) => Number(port),
  );
  return ports.length === 1 && (ports[0] ?? 0) > 1023 ? ports[0] : undefined;
}
