import type { SourceTexts } from '../../../project/source-texts.ts';
import type { Copy, Instruction } from '../../../syntax/tree.ts';
import { isCompose, startedScripts } from './called-programs.ts';

/** Where the Python of the image and its packages are, which those of an environment are not. */
const oldPlaces = /\/usr\/local\/lib\/python|\bsite-packages\b|\/usr\/local\/bin\/(?:python|pip)/;
/** What only the full images have, and folders in which a Python of its own may be. */
const otherPlaces =
  /\bdist-packages\b|\/usr\/bin\/(?:python|pip)|\/root\/\.local\b|\bPYTHONHOME\b|\bPYTHONUSERBASE\b|\/bin\/activate\b|\/opt\/venv\b/;
/** Settings by which installers put packages elsewhere. */
const settings =
  /\b(?:PIP_(?:TARGET|PREFIX|USER|ROOT|PYTHON|NO_BUILD_ISOLATION|NO_BINARY)|UV_(?:SYSTEM_PYTHON|PYTHON|PROJECT_ENVIRONMENT|TARGET|PROJECT|WORKING_DIR\w*)|VIRTUAL_ENV)\b/;
/** What starts programs without the variables of the image, so that the environment is not on their PATH. */
const newSession =
  /\b(?:ba|da|z)?sh["',\s]+(?:-\w*l\w*|--login)\b|^#!.*sh -\w*l|\bsu\s+-|\brunuser\b|\bsudo\b|\bcrond?\b|\bcrontab\b|\bsshd\b|\benv\s+-i\b|\bsystemctl\b/m;

/** What is installed when the container starts may have to be compiled, and uv is not there. */
const installs =
  /\bpip[\d.]* install\b|\bpoetry (?:install|run)\b|\buvx? (?:run|sync|pip|tool)\b|\bsetup\.py (?:install|develop|build)/;

/** Whether something goes by where programs and packages of Python were before, or by a PATH of its own. */
export function countsOnOldPlaces(
  instructions: readonly Instruction[],
  sources: SourceTexts | undefined,
  outside: readonly string[] = [],
): boolean {
  const copied = new Set(instructions.flatMap((it) => targetsOf(it)));
  const texts = textsOf(instructions, sources, { outside });
  const code = [...(sources ?? [])].filter(([path]) => path.endsWith('.py')).map(([, text]) => text);
  if (texts.some((text) => newSession.test(text) || oldPlaces.test(text) || namesScript(text, copied)))
    return true;
  return code.some((text) => /\/usr\/local\/lib\/python/.test(text)) || instructions.some(setsPath);
}

/** Whether something installs elsewhere, when the container starts, or goes by a Python that slim images are without. */
export function hasOtherPython(
  instructions: readonly Instruction[],
  sources: SourceTexts | undefined,
  outside: readonly string[] = [],
): boolean {
  if (instructions.some(({ node }) => settings.test(node.plain))) return true;
  const starts = instructions.filter(({ node }) => /^(?:CMD|ENTRYPOINT)$/.test(node.keyword));
  if (starts.some(({ node }) => /\bpip[\d.]* install\b/.test(node.plain))) return true;
  const own = instructions.map(({ node }) => node.plain);
  const others = textsOf([], sources, { outside, starting: instructions });
  return (
    [...own, ...others].some((text) => otherPlaces.test(text)) || others.some((text) => installs.test(text))
  );
}

/** Instructions, the scripts that are started, and Compose files and others from outside. */
const textsOf = (
  instructions: readonly Instruction[],
  sources: SourceTexts | undefined,
  { outside, starting = instructions }: { outside: readonly string[]; starting?: readonly Instruction[] },
) => [
  ...instructions.map(({ node }) => node.plain),
  ...startedScripts(starting, sources, outside),
  ...outside,
  ...[...(sources ?? [])].filter(([path]) => isCompose(path)).map(([, text]) => text),
];

/** Where a COPY puts something below `/usr/local/bin`: a file, or a folder with `/` behind it. */
function targetsOf({ node }: Instruction): string[] {
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return [];
  const { sources, destination } = node as Copy;
  const to = destination?.value ?? '';
  if (!to.startsWith('/usr/local/bin')) return [];
  const names = sources.map(({ value }) => value.slice(value.lastIndexOf('/') + 1));
  return /^\/usr\/local\/bin\/?$/.test(to) ? names.map((name) => `/usr/local/bin/${name}`) : [to];
}

/** A script of a Python package by its path. */
const namesScript = (text: string, copied: ReadonlySet<string>) =>
  [...text.matchAll(/\/usr\/local\/bin\/[\w.-]+/g)].some(
    ([path]) => !copied.has(path) && !/\/(?:uvx?|docker-[\w-]+|tini|dumb-init|gosu)$/.test(path),
  );

/** An ENV by which PATH is another one, or has the Python of the image first. */
function setsPath({ node }: Instruction): boolean {
  if (node.keyword !== 'ENV' && node.keyword !== 'ARG') return false;
  return node.pairs.some(({ key, value }) => {
    if (key.value !== 'PATH') return false;
    const [before, after] = (value?.value ?? '').split(/\$PATH|\$\{PATH\}/);
    return after === undefined || /(?:^|:)\/(?:usr(?:\/local)?\/)?s?bin\/?(?:$|:)/.test(before ?? '');
  });
}
