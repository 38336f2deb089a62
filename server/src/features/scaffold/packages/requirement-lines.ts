import { deadPackages } from '../../../data/dead-python-packages.ts';
import { repositoryBuilds } from '../../../data/repository-builds.ts';
import { notOnPypi } from '../../../data/standard-library.ts';
import { mayHold } from '../../../facts/markers.ts';
import { normalizeName, readRequirement } from '../../../facts/requirements.ts';
import { readWheelName } from '../../../facts/wheels.ts';
import { posixJoin } from '../paths.ts';

/** What a requirements file needs beside an index (pip documentation, "Requirements File Format"). */
export interface RequirementNeeds {
  /** It, and the files that it names with `-r` and `-c`, by their paths in the project. */
  readonly files: readonly string[];
  /** Paths of packages in the project. */
  readonly paths: readonly string[];
  /** Some package comes from a Git repository. */
  readonly hasRepositories: boolean;
  /** It names an index beside the usual one, and pip takes the best of all. */
  readonly hasSeveralIndexes: boolean;
  /** The index of PyTorch that has the builds which it pins, where it names none. */
  readonly builds?: string | undefined;
  /** The first thing in it that no build on Linux can do, in a sentence. */
  readonly fault: string | undefined;
  /** Environment variables that addresses hold, as pip puts them in. */
  readonly variables: readonly string[];
}

const includes = /^(?:-r|--requirement|-c|--constraint)(?:\s+|=)?(\S+)/;
const editable = /^(?:-e|--editable)(?:\s+|=)(.+)/;

/** Reads a requirements file and those that it names, as far as their texts are known. */
export function requirementNeeds(first: string, texts: ReadonlyMap<string, string>): RequirementNeeds {
  const files = new Set([first]);
  const paths: string[] = [];
  const variables = new Set<string>();
  let hasRepositories = false;
  const all: string[] = [];
  for (const file of files) {
    const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
    for (const line of linesOf(texts.get(file) ?? '')) {
      all.push(line);
      const included = includes.exec(line)?.[1];
      const path = included === undefined ? pathOf(line) : undefined;
      // A file is named from the one that names it, a package from where pip runs.
      if (included !== undefined && !included.includes('://')) files.add(posixJoin(folder, included));
      if (path !== undefined) paths.push(posixJoin('', path));
      if (/(?:^|[\s@=])git\+/.test(line)) hasRepositories = true;
      for (const [, name = ''] of line.matchAll(/\$\{([A-Z_][A-Z0-9_]*)\}/g)) variables.add(name);
    }
  }
  const isUnreadable = [...files].some((file) => texts.get(file)?.includes('\0'));
  return {
    files: [...files],
    paths,
    hasRepositories,
    variables: [...variables],
    hasSeveralIndexes: all.some((line) => line.startsWith('--extra-index-url')),
    builds: all.some((line) => namesIndex.test(line)) ? undefined : indexOfBuilds(all),
    fault: isUnreadable
      ? `${first} is neither in UTF-8 nor in UTF-16 with a byte order mark, so uv cannot read it: save it anew in UTF-8.`
      : faultOf(all),
  };
}

/** Packages that there are for Windows or macOS alone (their files on PyPI, 2026-11). */
const foreign =
  /^(?:pywin32|pypiwin32|pywinpty|windows-curses|tensorflow-intel|tensorflow-metal|tensorflow-macos|triton-windows|winrt[\w-]*|pyobjc[\w-]*|wmi)(?![\w-])[^;]*$/i;

function faultOf(lines: readonly string[]): string | undefined {
  const counted = lines.filter((line) => !line.includes(';') || mayHold(line.slice(line.indexOf(';') + 1)));
  const elsewhere = lines.find((line) => foreign.test(line));
  if (elsewhere !== undefined)
    return `There is no ${elsewhere} for Linux: leave it out, or put a marker such as ; sys_platform == "win32" behind it.`;
  const conda = lines.find((line) => /^[\w.-]+=[^=\s]+(?:=[^=\s]+)?$/.test(line));
  if (conda !== undefined)
    return `${conda} is how conda writes it, which no other tool reads: write ${conda.split('=', 1)[0]}==${conda.split('=')[1]} and so on, then add the files again.`;
  // Python packaging, "Version specifiers": all begin with a number.
  const odd = counted.find((line) => /^[\w.-]+(?:\[[\w, -]*\])? *(?:[=!~]=|[<>])=? *[^\s\d=$v]/.test(line));
  if (odd !== undefined)
    return `${odd.split(';', 1)[0]?.trim()} names no version that pip or uv can read: correct it or leave it out, then add the files again.`;
  const twice = pinnedTwice(lines);
  if (twice !== undefined) return twice;
  const key = lines.find((line) => /\bgit\+(?:ssh:\/\/|git@)|^git@/.test(line));
  if (key !== undefined)
    return `${key.replace(/^-e\s+|^--editable[ =]/, '').split(/\s/, 1)[0]} is read with a key, which a build gets as a secret: write that Dockerfile by hand.`;
  // uv 0.13.9: "Git sources cannot be editable".
  const repository = counted.find(
    (line) =>
      /^(?:-e|--editable)[ =]+git\+/.test(line) &&
      !Object.keys(repositoryBuilds).some((path) => line.toLowerCase().includes(path)),
  );
  if (repository !== undefined)
    return `"${repository.split(';', 1)[0]?.trim()}" is a repository that uv installs without -e alone: take that away, then add the files again.`;
  const wheel = counted
    .map((line) => line.split(/[;#]|\s--/, 1)[0]?.trim() ?? '')
    .find(
      (line) =>
        line.endsWith('.whl') && readWheelName(line)?.platforms.every((one) => /^(?:win|macosx)/.test(one)),
    );
  if (wheel !== undefined)
    return `${wheel} is not for Linux: leave it out, or put a marker such as ; sys_platform == "win32" behind it.`;
  const bare = lines.flatMap((line) =>
    /^[\w.-]+ *(?:$|>)/.test(line) ? (readRequirement(line)?.name ?? []) : [],
  );
  const own = bare.find((name) => notOnPypi.has(name));
  if (own !== undefined)
    return `PyPI has no ${own}, which is a part of Python: leave it out, then add the files again.`;
  const dead = bare.find((name) => Object.hasOwn(deadPackages, name));
  if (dead !== undefined)
    return `What PyPI has by the name of ${dead} does not install: take ${deadPackages[dead]}.`;
  // Python packaging, "Version specifiers", Local version identifiers.
  const local = lines.find((line) => /^[\w.[\],-]+ *(?:~=|[<>]=?) *[\d.]+\+/.test(line));
  if (local !== undefined)
    return `${local} names a build (+), which is read behind == alone: write ==, then add the files again.`;
  const build = lines.find((line) => /^torch\w*\s*==\s*[\d.]+\+(?:cu|cpu|rocm)/i.test(line));
  const hasIndex = lines.some((line) => namesIndex.test(line));
  if (build !== undefined && !hasIndex && indexOfBuilds(lines) === undefined)
    return `PyPI has no ${build}: name the index of PyTorch with --extra-index-url.`;
  return undefined;
}

/** A build may be one of the release that is asked for without naming it (Python packaging, "Version specifiers"). */
function plain(version: string): string {
  const parts = (version.split('+', 1)[0] ?? '').split('.');
  while (parts.at(-1) === '0') parts.pop();
  return parts.join('.');
}

/** Of two releases of one package none can be installed; behind a marker each may be for another machine. */
function pinnedTwice(lines: readonly string[]): string | undefined {
  const pins = new Map<string, string>();
  for (const line of lines) {
    const { name, exact } = (line.includes(';') ? undefined : readRequirement(line)) ?? {};
    if (name === undefined || exact === undefined) continue;
    const other = pins.get(name) ?? exact;
    if (plain(other) !== plain(exact))
      return `${name} is pinned to ${other} and to ${exact}, of which one alone can be installed: leave one out, then add the files again.`;
    pins.set(name, exact);
  }
  return undefined;
}

const namesIndex = /^(?:-i|-f|--index-url|--extra-index-url|--find-links)\b/;

/** Each kind of build has an index of its own (PyTorch documentation, "Installing previous versions of PyTorch"). */
function indexOfBuilds(lines: readonly string[]): string | undefined {
  const kinds = lines.flatMap(
    (line) =>
      /^torch(?:vision|audio)?\s*==\s*[\d.]+\+(cpu|cu\d{2,3}|rocm\d[\d.]*)\s*(?:$|;)/i.exec(line)?.[1] ?? [],
  );
  const [kind] = kinds;
  return kind !== undefined && new Set(kinds).size === 1
    ? `https://download.pytorch.org/whl/${kind}`
    : undefined;
}

const linesOf = (text: string) =>
  text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.replace(/(?:^|\s)#.*/s, '').trim())
    .filter((line) => line !== '');

/** The path of a package or of a folder of wheels in a line. */
function pathOf(line: string): string | undefined {
  const links = /^(?:-f|--find-links)(?:\s+|=)(\S+)/.exec(line)?.[1];
  const named = links ?? editable.exec(line)?.[1] ?? (line.startsWith('-') ? undefined : line);
  if (named === undefined) return undefined;
  const [bare = ''] = named
    .replace(/^[\w.[\],-]+\s*@\s*/, '')
    .split(/;| --/, 1)
    .map((part) => part.trim());
  const place = bare.replace(/^file:(?:\/\/)?/, '');
  const local = place.endsWith(']') ? place.slice(0, place.lastIndexOf('[')) : place;
  if (local.includes('://') || /^(?:git|hg|svn|bzr)\+/.test(local)) return undefined;
  const isPath =
    links !== undefined ||
    bare !== place ||
    /^[./~]|\.(?:whl|zip|tar\.gz)$/.test(local) ||
    editable.test(line);
  return isPath ? local : undefined;
}

/** The packages that a list names with an address, as `name @ https://…`. */
export const addressedIn = (text: string): string[] =>
  text.split('\n').flatMap((line) => {
    const name = /^([\w.-]{1,100})(?:\[[^\]]{0,100}\])? ?@ ?\S/.exec(line.trim())?.[1];
    return name === undefined ? [] : normalizeName(name);
  });
