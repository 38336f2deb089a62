// What an image must have in common with the one before, and what a change of how it is built may alter.
import type { Configuration, Ran } from './observe.ts';

/** Settings of the build that are of no use at run time, and may go. */
const ofTheBuild = /^(?:PIP_NO_CACHE_DIR|UV_NO_CACHE|UV_SYSTEM_PYTHON|PIP_BREAK_SYSTEM_PACKAGES)=/;
/** Files that only an install reads, and what people do not count to the program. */
const ofTheInstall =
  /(?:^|\/)(?:[\w.-]*requirements[\w.-]*\.(?:txt|in)|pyproject\.toml|uv\.lock|\.python-version|Dockerfile|\.dockerignore)$/;

/** The user is another one on purpose; PATH may have gained folders. */
export function compareConfigurations(before: Configuration, after: Configuration): string[] {
  const path = (env: readonly string[]) => env.find((one) => one.startsWith('PATH='))?.slice(5) ?? '';
  const lost = before.env.filter(
    (one) => !after.env.includes(one) && !one.startsWith('PATH=') && !ofTheBuild.test(one),
  );
  const folders = path(after.env).split(':');
  const lostFolders = path(before.env)
    .split(':')
    .filter((folder) => !folders.includes(folder));
  return [
    ...lost.map((one) => `lost ENV ${one}`),
    ...lostFolders.map((folder) => `lost ${folder} of PATH`),
    ...Object.entries(before.settings).flatMap(([key, value]) =>
      differs(value, after.settings[key], `${key} of the image`),
    ),
    ...differs(before.healthcheck, after.healthcheck, 'HEALTHCHECK'),
  ];
}

/** @param ignored paths in the context that the new ignore file keeps out, and the old one did not */
export function compareFiles(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  ignored: readonly string[],
): string[] {
  const isMeant = (file: string) => ignored.some((one) => file.endsWith(`/${one}`));
  const lost = [...before.keys()].filter(
    (file) => !after.has(file) && !ofTheInstall.test(file) && !isMeant(file),
  );
  const changed = [...before].filter(
    ([file, digest]) => after.has(file) && after.get(file) !== digest && !ofTheInstall.test(file),
  );
  const added = [...after.keys()].filter((file) => !before.has(file) && !ofTheInstall.test(file));
  return [
    ...some(lost, 'lost'),
    ...some(
      changed.map(([file]) => file),
      'changed',
    ),
    ...some(added, 'added'),
  ];
}

export function compareRuns(before: Ran, after: Ran, who: string): string[] {
  return [
    ...differs(before.code, after.code, `exit code ${who}`),
    ...differs(before.output, after.output, `output ${who}`),
    ...differs(before.answer, after.answer, `answer ${who}`),
    ...differs(before.health, after.health, `health ${who}`),
    ...differs(before.left, after.left, `files that it leaves ${who}`),
  ];
}

function differs(before: unknown, after: unknown, what: string): string[] {
  const [was, is] = [before, after].map((value) => JSON.stringify(value ?? null));
  return was === is ? [] : [`${what}: ${was} became ${is}`];
}

const some = (files: readonly string[], what: string) =>
  files.length === 0 ? [] : [`${what} ${files.slice(0, 3).join(', ')}${files.length > 3 ? ' …' : ''}`];
