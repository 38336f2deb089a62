import type { RequirementFile } from '../facts/build-context.ts';
import { readRequirement } from '../facts/requirements.ts';
import { fromUtf16 } from '../text/utf16.ts';

/** Which files at the top of a context, or in its folder `requirements`, pip is given: nearly that name is meant as that. */
export const isRequirementFile = (path: string) =>
  (/^(?:requirements\/)?[\w.-]+\.txt$/.test(path) && path.includes('requirements')) ||
  /^re\w{2,7}m[en]{1,2}ts?\w?\.txt$/i.test(path);

/** Reads what pip is given with `-r`; lines that are no requirements and no options known here count as not written. */
export function readRequirementFile(path: string, text: string): RequirementFile {
  const lines = fromUtf16(text)
    .replace(/^\ufeff/, '')
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .map((line) => line.replace(/(?:^|\s)#.*/s, '').trim());
  const valuesOf = (pattern: RegExp) => lines.flatMap((line) => pattern.exec(line)?.[1] ?? []);
  return {
    path,
    // Options of one requirement, such as `--hash`, stand behind it.
    requirements: lines.flatMap((line) =>
      line === '' || line.startsWith('-') ? [] : (readRequirement(line.replace(/\s--?\w.*/s, '')) ?? []),
    ),
    indexes: valuesOf(/^(?:-i|--index-url|--extra-index-url)(?:\s+|=)(\S+)/),
    includes: valuesOf(/^(?:-r|--requirement)(?:\s+|=)?(\S+)/),
    constraints: valuesOf(/^(?:-c|--constraint)(?:\s+|=)?(\S+)/),
    locals: lines.flatMap((line) => localOf(line) ?? []),
  };
}

/** What a line takes from the disk: `-e .`, `./libs/a`, `a @ file:///libs/a`, `wheels/a.whl`, `--find-links wheels`. */
function localOf(line: string): string | undefined {
  const option = /^(?:-e|--editable|-f|--find-links)(?:\s+|=)?(\S+)/.exec(line)?.[1];
  if (option === undefined && line.startsWith('-')) return undefined;
  const named = line.includes(' @ ') ? line.slice(line.indexOf(' @ ') + 3).trim() : line;
  const value = option ?? /^[^\s;]+/.exec(named)?.[0] ?? '';
  if (value.includes('://') && !value.includes('file:')) return undefined;
  const isPath = option !== undefined || /^[.~$]|\/|^file:|\.(?:whl|zip|tgz|tar\.\w+)$/.test(value);
  return isPath ? value : undefined;
}

/** The minor release that a `.python-version` names in its first line, as pyenv and uv write it: `3.12`, `cpython-3.12.4`. */
export function readPythonVersion(text: string): string | undefined {
  return /^(?:cpython-|cpython@|python)?(3\.\d+)(?=$|\.|[-+])/.exec(firstLine(text))?.[1];
}

const firstLine = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('#')) ?? '';
