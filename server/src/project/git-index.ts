import type { Ports } from '../ports/ports.ts';

/** So many folders above a project are looked at. */
const mostAbove = 6;
/** An index of more bytes is not read; one of 100,000 files has about 12 million. */
const largest = 24_000_000;

/** Whether Git holds the file at a path below a project. */
export type IsTracked = (path: string) => boolean;

/**
 * What Git holds, as its index tells, which lies in the project's folder or in one above it; undefined where no index of versions
 * 2 and 3 can be read. A repository may hold what its .gitignore names.
 * @param folder the URI of the project
 */
export async function readTracked(
  folder: string,
  readFile: Ports['readFile'],
): Promise<IsTracked | undefined> {
  let below = '';
  let at = folder;
  for (let above = 0; above <= mostAbove; above++) {
    const index = await readFile(`${at}/.git/index`, largest);
    if (index !== undefined) return isHeld(index, below);
    const end = at.lastIndexOf('/');
    if (!/^[a-z]+:\/\/.*\/./i.test(at.slice(0, end + 2))) return undefined;
    below = `${decodeURIComponent(at.slice(end + 1))}/${below}`;
    at = at.slice(0, end);
  }
  return undefined;
}

/**
 * Before a path stand two bytes of flags, of which the first is zero and the second the path's length where that is below 256 and nothing
 * is being merged, and behind it stands a zero (Git documentation, "gitformat-index"). Read as UTF-8, bytes below 128 are what they were.
 */
function isHeld(index: string, folder: string): IsTracked | undefined {
  if (!versions.some((version) => index.startsWith(`DIRC\0\0\0${version}`))) return undefined;
  const pieces = new Set(index.split('\0'));
  return (path) => {
    const { length } = new TextEncoder().encode(folder + path);
    return pieces.has(`${length < 128 ? String.fromCharCode(length) : '\ufffd'}${folder}${path}`);
  };
}

const versions = ['\u0002', '\u0003'];
