import type { SourceTexts } from '../../project/source-texts.ts';
import { isDockerfile, isForWork, ownDockerfile } from './own-dockerfile.ts';
import { folderOf, nameOf } from './paths.ts';
import { assigned, presentStart } from './starts/present-start.ts';

/** A Dockerfile that the project has already, by what it does. */
export interface PresentDockerfile {
  readonly path: string;
  /** Packages of Debian that it installs. */
  readonly apt: readonly string[];
  /** It takes them from the release of our images alone. */
  readonly isOfRelease: boolean;
  /** What it installs of PyPI beside files. */
  readonly pip: readonly string[];
  /** What `uv sync` or `poetry install` is told to take beside the usual. */
  readonly choices: readonly string[];
  /** Programs that it runs while it is built. */
  readonly steps: readonly string[];
  /** Names of the variables that it sets for the program. */
  readonly variables: readonly string[];
  /** Those that are written out and hold no path of its image, no port and no secret. */
  readonly values: ReadonlyMap<string, string>;
  /** The scripts that it starts. */
  readonly scripts: readonly string[];
  /** What it starts, as in a terminal in the folder of the project; empty where it says nothing. */
  readonly start: string;
  /** The port that it names. */
  readonly port: number | undefined;
}

/** One that does nothing. */
export const noDockerfile: PresentDockerfile = {
  path: 'Dockerfile',
  apt: [],
  isOfRelease: true,
  pip: [],
  choices: [],
  steps: [],
  variables: [],
  values: new Map(),
  scripts: [],
  start: '',
  port: undefined,
};

/** Folders of files for images of the program itself. */
const ofImages =
  /^(?:\.?docker|containers?|deploy(?:ments?)?|build|infra|images?|ops|packaging|prod(?:uction)?)(?:\/[\w-]+){0,2}$|^$/;

/** The one that is meant: the project's own, or the only one that is for no work on it. */
export function presentDockerfile(texts: SourceTexts): PresentDockerfile | undefined {
  const all = [...texts.keys()].filter(
    (path) => isDockerfile(path) && ofImages.test(folderOf(path)) && !isForWork(path),
  );
  const path = ownDockerfile(texts) ?? (all.length === 1 ? all[0] : undefined);
  return path === undefined ? undefined : read(path, texts);
}

function read(path: string, texts: SourceTexts): PresentDockerfile {
  const text = (texts.get(path) ?? '').replace(/^[ \t]*#.*\n?/gm, '').replace(/\\\r?\n/g, ' ');
  const stages = stagesOf(text);
  // What another kind of image makes comes by COPY --from.
  const own = shipped(stages).filter(({ base }) =>
    /python|pypy|conda|cuda|pytorch|tensorflow|debian|ubuntu|alpine|^\$/i.test(base),
  );
  const of = (word: RegExp) => own.flatMap((stage) => valuesOf(stage.lines, word));
  const commands = own.flatMap(({ base, lines }) =>
    valuesOf(lines, /^RUN\s+/i).flatMap((line) => commandsOf(line).map((words) => ({ base, words }))),
  );
  const all = commands.map(({ words }) => words);
  const named = new Set(
    of(/^(?:CMD|ENTRYPOINT)\s+/i).flatMap((line) => line.split(/[\s"',[\]]+/).map(nameOf)),
  );
  return {
    path,
    apt: [...new Set(all.flatMap(aptPackages))],
    isOfRelease:
      !/sources\.list|apt-key|add-apt-repository|nodesource|\bgpg\b/.test(text) &&
      commands.every(({ base, words }) => aptPackages(words).length === 0 || /bookworm/.test(base)),
    pip: all.flatMap(pipPackages),
    choices: [...new Set(all.flatMap(syncChoices))],
    steps: [
      ...all.flatMap((words) => (isStep(words) || hasIndex(words) ? words.join(' ') : [])),
      ...of(/^COPY\s+/i).flatMap((line) => (isForeignCopy(line, own) ? `COPY ${line}` : [])),
    ],
    variables: of(/^ENV\s+/i).flatMap(variableNames),
    values: new Map(
      of(/^ENV\s+/i).flatMap((line) =>
        (variableNames(line).length > 0 ? assigned(line) : []).filter(isPlain),
      ),
    ),
    scripts: [...texts.keys()].filter((one) => one.endsWith('.sh') && named.has(nameOf(one))),
    ...presentStart(of),
  };
}

/** The commands of a RUN, as words, without those that stand under a condition. */
function commandsOf(line: string): string[][] {
  let depth = 0;
  return line
    .replace(/^(?:--\S+\s+)+/, '')
    .split(/&&|\|\||;/)
    .flatMap((part) => {
      const words = part.trim().split(/\s+/);
      const isConditional = depth > 0 || words[0] === 'if';
      if (words[0] === 'if') depth++;
      if (words.includes('fi')) depth--;
      return isConditional ? [] : [words];
    });
}

interface Stage {
  readonly name: string | undefined;
  /** The image or stage that it begins with. */
  readonly from: string;
  /** The image that it is made of in the end. */
  readonly base: string;
  readonly lines: readonly string[];
}

function stagesOf(text: string): Stage[] {
  const stages: Stage[] = [];
  for (const part of text.split(/^(?=[ \t]*FROM[ \t])/im)) {
    const [from = '', ...lines] = part.split('\n').map((line) => line.trim());
    const [, image = '', name] = /^FROM\s+(?:--\S+\s+)?(\S+)(?:\s+AS\s+(\S+))?/i.exec(from) ?? [];
    if (image === '') continue;
    stages.push({ name, from: image, base: stages.find((one) => one.name === image)?.base ?? image, lines });
  }
  return stages;
}

/** The last stage, and those that it is made from. */
function shipped(stages: readonly Stage[]): Stage[] {
  const reached = new Set(stages.slice(-1));
  for (const { from, lines } of reached) {
    const named = [
      from,
      ...lines.flatMap((line) => [...line.matchAll(/\bfrom=([\w.-]+)/g)].map(([, name]) => name)),
    ];
    for (const one of stages) if (one.name !== undefined && named.includes(one.name)) reached.add(one);
  }
  return stages.filter((one) => reached.has(one));
}

const valuesOf = (lines: readonly string[], word: RegExp) =>
  lines.filter((line) => word.test(line)).map((line) => line.replace(word, ''));

/** What comes from an image of something else than Python and its tools. */
function isForeignCopy(line: string, own: readonly Stage[]): boolean {
  const from = /^(?:--\S+\s+)*--from=(\S+)/.exec(line)?.[1];
  return (
    from !== undefined &&
    !/\buv\b/.test(from) &&
    !own.some(({ name }) => name === from) &&
    !/^\d+$/.test(from)
  );
}

/** The words behind an install that are no flags. */
function aptPackages(words: readonly string[]): string[] {
  const at = words.findIndex((word) => /^(?:apt|apt-get|apk)$/.test(word));
  const verb = words.findIndex((word, index) => index > at && /^(?:install|add)$/.test(word));
  if (at < 0 || verb < 0) return [];
  return words
    .slice(verb + 1)
    .map((word) => word.replace(/=.*/, ''))
    .filter((word) => /^[a-z0-9][a-z0-9+.-]+$/.test(word));
}

/** Flags of pip behind which a value stands. */
const withValue =
  /^(?:-[rcift]|--(?:requirement|constraint|(?:extra-)?index-url|find-links|target|timeout|trusted-host))$/;

/** What installs and builds, and files. */
const tools =
  /^(?:pip|pipx|pip-tools|setuptools|wheel|uv|poetry[\w-]*|pipenv|pdm|hatch(?:ling)?|flit|build|twine|tox|nox|virtualenv)(?=$|[=[])|\.(?:txt|whl)$/;
const hasIndex = (words: readonly string[]) =>
  words.includes('install') &&
  words.some((word) => /^(?:-[ift]|--(?:extra-)?index-url|--find-links|--target)(?:$|=)/.test(word));

function pipPackages(words: readonly string[]): string[] {
  const at = words.findIndex((word, index) => /^pip3?$/.test(word) && words[index + 1] === 'install');
  // What comes from another index is not known by its name alone.
  const rest = at < 0 || hasIndex(words) ? [] : words.slice(at + 2);
  return rest
    .filter((_, index) => !withValue.test(rest[index - 1] ?? ''))
    .map((word) => word.replace(/^["']|["']$/g, ''))
    .flatMap(
      (word) => /^[A-Za-z0-9][\w.-]*(?:\[[\w,-]*\])?(?:==[\w.!-]+(?=$)|(?=$|[=<>~!]))/.exec(word)?.[0] ?? [],
    )
    .filter((word) => !tools.test(word));
}

/** Groups and extras, as uv and Poetry write them. */
function syncChoices(words: readonly string[]): string[] {
  const isInstall = /\b(?:uv sync|poetry install)\b/.test(words.join(' '));
  return words.flatMap((word, at) => {
    // `pip install .[web]`
    const extras = words.includes('install') ? /^["']?\.\[([\w,-]+)\]["']?$/.exec(word)?.[1] : undefined;
    if (extras !== undefined) return extras.split(',').map((extra) => `--extra ${extra}`);
    const [flag = '', joined] = word.split('=', 2);
    if (!isInstall) return [];
    if (/^--all-(?:extras|groups|packages)$/.test(flag)) return [flag];
    if (!/^(?:--extra|--extras|-E|--group|--with|--only|--package)$/.test(flag)) return [];
    const value = (joined ?? words[at + 1] ?? '').replace(/["']/g, '');
    return /^[\w,-]+$/.test(value) ? [`${flag === '-E' ? '--extras' : flag} ${value}`] : [];
  });
}

/** A program of the project or of a package, and no tool that installs. */
const isStep = ([first = '', second = '', third = '']: readonly string[]) =>
  /^(?:python3?|flask|django-admin|playwright|alembic|npm|yarn|pnpm|make|spacy|patchright|camoufox)$|^\.\/|\.sh$/.test(
    first,
  ) &&
  !/^-c?$|^$/.test(second) &&
  !(second === '-m' && /^(?:pip|venv|virtualenv|ensurepip|compileall)$/.test(third));

/** Those that are about the program, not about the image. */
const variableNames = (line: string): string[] =>
  (line.includes('=')
    ? [...line.matchAll(/(?:^|\s)([A-Za-z_]\w*)=/g)].map(([, name = '']) => name)
    : [line.split(/\s/, 1)[0] ?? '']
  ).filter(
    (name) => !/^(?:PYTHON|PIP_|UV_|POETRY|VIRTUAL_ENV|PATH$|DEBIAN|LANG$|LC_|TZ$|HOME$|NVIDIA)/.test(name),
  );

const isPlain = ([name, value]: [name: string, value: string]) =>
  /^[\w.,-]+$/.test(value) && !/PORT$|TOKEN|SECRET|PASSW|KEY|^(?:PYTHON|PIP_|UV_|POETRY)/i.test(name);
