import { hostStarts, processesOf } from '../../../project/host-starts.ts';
import { isForWork } from '../own-dockerfile.ts';
import { nameOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { unquoted } from './present-start.ts';

type Said = Pick<ProjectFacts, 'texts' | 'present'>;

/** What the files of a project start in a container, each as words between blanks, the surest first. */
export function saidStarts({ texts, present }: Said): string[] {
  const of = (isOne: (name: string, path: string) => boolean, pattern: RegExp) =>
    [...texts].flatMap(([path, text]) =>
      isOne(nameOf(path), path)
        ? [...text.replace(/\\\r?\n/g, ' ').matchAll(pattern)].map(([line]) => asWords(line))
        : [],
    );
  const scripts = [...texts].filter(
    ([path]) =>
      present?.scripts.includes(path) || /entrypoint|^(?:start|run|serve)[\w-]*\.sh$/i.test(nameOf(path)),
  );
  return [
    ...(present ? [asWords(present.start)] : [...dockerfileStarts(texts)]),
    ...[...texts].flatMap(([path, text]) =>
      /^procfile$/i.test(nameOf(path)) ? processesOf(text).map(({ line }) => asWords(line)) : [],
    ),
    ...of(
      (name) => /^(?:docker-)?compose[\w.-]*\.ya?ml$/i.test(name),
      /^[ \t]*(?:command|entrypoint):.*(?:\n[ \t]*-[ \t].*)*/gim,
    ),
    ...scripts.flatMap(([, text]) => startsOf(text)).map(asWords),
    ...hostStarts(texts).flatMap(({ line, isForWork }) => (isForWork ? [] : asWords(line))),
  ];
}

/** Of Dockerfiles anywhere, which may be of several programs. */
export const dockerfileStarts = (texts: Said['texts']): readonly string[] =>
  [...texts].flatMap(([path, text]) =>
    /dockerfile|containerfile/i.test(nameOf(path)) && !isForWork(path) && !isExample.test(path)
      ? [...text.replace(/\\\r?\n/g, ' ').matchAll(/^[ \t]*(?:CMD|ENTRYPOINT)[ \t].*/gim)].map(([line]) =>
          asWords(line),
        )
      : [],
  );
const isExample = /(?:^|\/)(?:examples?|samples?|demos?|docs?)\//i;

const starts = /\b(?:python3?|uvicorn|gunicorn|hypercorn|streamlit|waitress-serve|litestar)\b/;

/** What a script starts in the end: what stands before it prepares that. */
function startsOf(text: string): string[] {
  const lines = text
    .replace(/\\\r?\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^#|^(?:fi|done|esac|wait|exit\b.*|\}|;;)$/.test(line));
  return lines.filter((line, at) => (at === lines.length - 1 || /^exec\b/.test(line)) && starts.test(line));
}

/** Command lines that start a container or a process as the Dockerfile that is there, the Procfile or a host has them. */
export function startLines({ texts, present }: Said): { readonly path: string; readonly line: string }[] {
  const [process] = processesOf(texts.get('Procfile') ?? '');
  const lines = [
    ...(present && present.start !== '' ? [{ path: present.path, line: present.start }] : []),
    ...(process ? [{ path: 'Procfile', line: unquoted(process.line) }] : []),
  ];
  return lines.length > 0 ? lines : hostStarts(texts).filter(({ isForWork }) => !isForWork);
}

const asWords = (line: string) => ` ${line.split(/[\s"',[\]]+/).join(' ')} `;

/** The port that the Dockerfile that is there says. */
export const saidPort = ({ present }: Pick<ProjectFacts, 'present'>) => present?.port;
