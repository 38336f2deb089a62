import { parse } from 'smol-toml';
import { readYaml } from '../syntax/yaml.ts';
import type { SourceTexts } from './source-texts.ts';
import { listOf, stringOf, tableOf } from './toml-values.ts';

/** What a file of a host or an editor starts. */
export interface HostStart {
  readonly path: string;
  readonly line: string;
  /** It names places of one machine, or is for who works on the project. */
  readonly isForWork?: boolean;
}

/**
 * Where a file says it: the keys one below the other, `*` for all that are there. Sources: the documentation of Railway, Render,
 * Fly, Nixpacks, Heroku, Google App Engine, DigitalOcean App Platform and Replit on their configuration files, of npm on
 * `package.json` and of PM2 on "Ecosystem File", as known 2026-11.
 */
const files: readonly (readonly [file: RegExp, ...places: string[]])[] = [
  [/^railway\.(?:json|toml)$/, 'deploy startCommand'],
  [/^render\.ya?ml$/, 'services * startCommand'],
  [/^fly\.toml$/, 'processes *'],
  [/^nixpacks\.toml$/, 'start cmd'],
  [/^heroku\.ya?ml$/, 'run *'],
  [/^app\.ya?ml$/, 'entrypoint', 'services * run_command', 'workers * run_command'],
  [/^\.do\/app\.ya?ml$/, 'services * run_command', 'workers * run_command'],
  [/^\.replit$/, 'deployment run', 'run', 'workflows workflow * tasks * args', 'entrypoint'],
  [/^ecosystem(?:\.config)?\.json$/, 'apps * script'],
  [/^package\.json$/, 'scripts start'],
];

/** `ExecStart=` of systemd and `command=` of Supervisor (documentation of each). */
const inLines = /^(?:ExecStart|command)[ \t]*=[ \t]*[@+!:-]{0,3}(.*)/gm;

/** The processes of a Procfile: what serves first, then others by their usual names; none that only prepares. */
export function processesOf(procfile: string): { readonly name: string; readonly line: string }[] {
  const all = procfile.replace(/\\\r?\n/g, ' ').split(/\r?\n/);
  const found = all.flatMap((text) => {
    const [, name = '', line = ''] = /^([A-Za-z][\w-]*):[ \t]*(\S.*)/.exec(text) ?? [];
    return name === '' || /^release$/i.test(name) ? [] : { name, line: line.trim() };
  });
  const placeOf = ({ name }: { name: string }) => {
    const at = ['web', 'app', 'main', 'bot', 'worker'].indexOf(name.toLowerCase());
    return at < 0 ? 9 : at;
  };
  return found.sort((a, b) => placeOf(a) - placeOf(b));
}

/** What hosts, supervisors and editors are told to start, hosts first. */
export function hostStarts(texts: SourceTexts): HostStart[] {
  const found = files.flatMap(([file, ...all]) =>
    [...texts].flatMap(([path, text]) => {
      if (!file.test(path)) return [];
      const value = valueOf(path, text);
      const [lines = []] = all
        .map((place) => valuesAt(value, place.split(' ')))
        .filter((one) => one.length > 0);
      return lines.map((line) => ({ path, line: /^[\w./-]+\.py$/.test(line) ? `python ${line}` : line }));
    }),
  );
  const services = [...texts].flatMap(([path, text]) =>
    /\.service$|(?:^|\/)supervisor[\w.-]*\.(?:conf|ini)$/.test(path)
      ? [...text.matchAll(inLines)].map(([, line = '']) => ({
          path,
          line: withoutFolders(line.trim()),
          isForWork: true,
        }))
      : [],
  );
  const all = [
    ...found,
    ...spaceOf(texts),
    ...services,
    ...launched(texts),
    ...attached(texts),
    ...batches(texts),
  ];
  return all.filter(({ line }) => ofPython.test(line));
}

/** A project may have programs of other languages beside it. */
const ofPython =
  /(?:^|\s)(?:python3?|py|uvicorn|gunicorn|hypercorn|daphne|waitress-serve|streamlit|flask|fastapi|litestar|chainlit|celery|scrapy)\s/;

function valueOf(path: string, text: string): unknown {
  if (!/\.toml$|^\.replit$/.test(path)) return readYaml(text, false).value;
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** The texts at a place, a list of words as one. */
function valuesAt(value: unknown, keys: readonly string[]): string[] {
  const [key, ...rest] = keys;
  if (key !== undefined) {
    const below = key === '*' ? Object.values((value ?? {}) as object) : [tableOf(value)[key]];
    return below.slice(0, mostValues).flatMap((one) => valuesAt(one, rest));
  }
  const words = listOf(value);
  const line = stringOf(value) ?? (words.length > 0 ? words.join(' ') : stringOf(tableOf(value).command));
  return line === undefined || line.trim() === '' ? [] : [line.trim()];
}
const mostValues = 50;

/** A machine has the project below a folder of its own, and a Python in another. */
const withoutFolders = (line: string) =>
  line
    .split(/\s+/)
    .map((word) => {
      const name = word.slice(word.lastIndexOf('/') + 1);
      const isKnown = /\.py$|^(?:python3?(?:\.\d+)?|gunicorn|uvicorn|streamlit)$/.test(name);
      return word.startsWith('/') && isKnown ? name.replace(/^python3\.\d+$/, 'python3') : word;
    })
    .join(' ');

/** What a Space of Hugging Face shows (Hugging Face documentation, "Spaces Configuration Reference"). */
function spaceOf(texts: SourceTexts): HostStart[] {
  const path = [...texts.keys()].find((one) => /^readme\.md$/i.test(one)) ?? '';
  const [before, head = '', ...rest] = (texts.get(path) ?? '').split(/^---\r?$/m, 3);
  if (before !== '' || rest.length === 0) return [];
  const { sdk, app_file: file } = tableOf(readYaml(head, false).value);
  if (typeof file !== 'string' || !/^[\w./-]+\.py$/.test(file)) return [];
  const command = sdk === 'streamlit' ? 'streamlit run' : 'python';
  return sdk === 'streamlit' || sdk === 'gradio' ? [{ path, line: `${command} ${file}` }] : [];
}

/** What an editor starts (Visual Studio Code documentation, "Python debugging"). */
function launched(texts: SourceTexts): HostStart[] {
  const path = '.vscode/launch.json';
  const text = (texts.get(path) ?? '').replace(/^[ \t]*\/\/.*$/gm, '');
  const all = text === '' ? undefined : tableOf(readYaml(text, false).value).configurations;
  return (Array.isArray(all) ? all : []).slice(0, mostValues).flatMap((one) => {
    const { program, module, args } = tableOf(one);
    const file = stringOf(program)?.replace(/^\$\{workspace(?:Folder|Root)\}\//, '');
    const name = stringOf(module);
    const start = file?.endsWith('.py')
      ? `python ${file}`
      : name && (servers.test(name) ? name : `python -m ${name}`);
    const line = [start, ...listOf(args), stringOf(args)].filter((word) => word !== undefined).join(' ');
    return start === undefined || line.includes('${') ? [] : [{ path, line, isForWork: true }];
  });
}
const servers = /^(?:uvicorn|gunicorn|streamlit|flask)$/;

/** What a development container shows who opens it; a host of pages writes the one that it shows (Development Containers, "devcontainer.json reference"). */
const attached = (texts: SourceTexts): HostStart[] =>
  [...texts].flatMap(([path, text]) => {
    if (!/^(?:\.devcontainer\/)?\.?devcontainer\.json$/.test(path)) return [];
    const value = readYaml(text.replace(/^[ \t]*\/\/.*$/gm, ''), false).value;
    return ['postAttachCommand', 'postStartCommand'].flatMap((key) => {
      const one = tableOf(value)[key];
      const lines = valuesAt(one, []);
      const all =
        lines.length > 0 ? lines : Object.keys(tableOf(one)).flatMap((name) => valuesAt(one, [name]));
      return all.map((line) => ({ path, line, isForWork: true }));
    });
  });

/** Scripts of Windows that start the program. */
const batches = (texts: SourceTexts): HostStart[] =>
  [...texts].flatMap(([path, text]) =>
    /^(?:run|start)[\w-]*\.(?:bat|cmd|ps1)$/i.test(path)
      ? text
          .split(/\r?\n/)
          .map((line) =>
            line
              .trim()
              .replace(/^@|^call /i, '')
              .replace('.exe ', ' '),
          )
          .filter((line) => /^(?:py|python3?|streamlit|uvicorn|flask) /i.test(line))
          .map((line) => ({ path, line: line.replaceAll('\\', '/'), isForWork: true }))
      : [],
  );
