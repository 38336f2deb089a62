import { parse, TomlError } from 'smol-toml';
import type { Choice, Project, UvSettings } from '../facts/build-context.ts';
import { normalizeName, readRequirement } from '../facts/requirements.ts';
import type { FileProblem } from '../ports/ports.ts';
import { readPoetry } from './poetry.ts';
import { readToldCode } from './told-code.ts';
import { listOf, stringOf, type Table, tableOf, tablesOf } from './toml-values.ts';

/** Reads a `pyproject.toml`; what is not as the specification asks for counts as not written. */
export function readPyproject(text: string): { project: Project | undefined; problem?: FileProblem } {
  let root: Table;
  try {
    root = parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return { project: undefined, problem: describeTomlError(error, text) };
  }
  const project = tableOf(root.project);
  const { license, dependencies } = project;
  const poetry = tableOf(tableOf(root.tool).poetry);
  const name = stringOf(project.name) ?? stringOf(poetry.name);
  return {
    project: {
      name: name === undefined ? undefined : normalizeName(name),
      version: stringOf(project.version),
      requiresPython: stringOf(project['requires-python']),
      readmes: readReadmes(project, root),
      licenseFiles: listOf(project['license-files']),
      oldLicense: stringOf(tableOf(license).file),
      hasBuildSystem: root['build-system'] !== undefined,
      uv: readUvSettings(root),
      buildRequires: listOf(tableOf(root['build-system']).requires).flatMap(
        (text) => readRequirement(text)?.name ?? [],
      ),
      packagePaths: tablesOf(poetry.packages).flatMap(({ include, from }) => {
        const path = stringOf(include) ?? '';
        return /^[\w./-]+$/.test(path) ? [[stringOf(from) ?? [], path].flat().join('/')] : [];
      }),
      toldCode: readToldCode(tableOf(root.tool)),
      selectsFiles: selectsFiles(tableOf(root.tool)),
      poetry: readPoetry(poetry),
      isPoetryApplication: poetry['package-mode'] === false,
      // Poetry reads its own table also where the rest stands in `[project]` (Poetry documentation, "The pyproject.toml file").
      scripts: Object.keys({ ...tableOf(project.scripts), ...tableOf(poetry.scripts) }),
      isDynamic: listOf(project.dynamic).includes('dependencies'),
      dynamic: listOf(project.dynamic),
      extras: Object.keys(tableOf(project['optional-dependencies'])),
      choices: [
        ...readChoices('extra', tableOf(project['optional-dependencies'])),
        ...readChoices('group', tableOf(root['dependency-groups'])),
        ...readChoices('group', { dev: tableOf(tableOf(root.tool).uv)['dev-dependencies'] }),
      ],
      dependencies: listOf(dependencies).flatMap((text) => readRequirement(text) ?? []),
    },
  };
}

const readChoices = (kind: string, table: Table): Choice[] =>
  Object.entries(table).flatMap(([name, all]) =>
    [all ?? []].flat().map((one) => ({
      of: `${kind} ${normalizeName(name)}`,
      asked: readRequirement(stringOf(one) ?? ''),
    })),
  );

/** The readme of `[project]`, or else what older tools call so in tables of their own. */
function readReadmes({ readme }: Table, root: Table): string[] {
  const tool = tableOf(root.tool);
  const older = [tableOf(tool.poetry).readme, tableOf(tableOf(tool.flit).metadata)['description-file']];
  return [readme, tableOf(readme).file, ...older].map(namesOf).find((names) => names.length > 0) ?? [];
}

const namesOf = (value: unknown): string[] => (typeof value === 'string' ? [value] : listOf(value));

/** Whether hatchling, uv_build or flit is told where to look, so that their own search does not decide. */
function selectsFiles({ hatch, uv, flit }: Table): boolean {
  const build = tableOf(tableOf(hatch).build);
  const wheel = tableOf(tableOf(build.targets).wheel);
  const keys = [build, wheel].flatMap(Object.keys);
  const hasOwn = keys.some((key) => !['targets', 'hooks', 'sdist', 'exclude'].includes(key));
  return hasOwn || tableOf(uv)['build-backend'] !== undefined || tableOf(flit).module !== undefined;
}

/** The indexes and sources of `[tool.uv]` (uv documentation, "Package indexes"). */
function readIndexes({ index, sources }: Table): Pick<UvSettings, 'indexes' | 'sources' | 'fromWorkspace'> {
  const indexes = tablesOf(index).flatMap(({ name, url }) => {
    const address = stringOf(url);
    return address === undefined ? [] : [{ name: stringOf(name), url: address }];
  });
  const named = Object.entries(tableOf(sources)).map(([name, source]) => {
    const one = Array.isArray(source) ? tablesOf(source) : [tableOf(source)];
    return [normalizeName(name), one.flatMap((table) => stringOf(table.index) ?? [])] as const;
  });
  const fromWorkspace = Object.entries(tableOf(sources)).flatMap(([name, source]) =>
    [source].flat().some((one) => tableOf(one).workspace === true) ? normalizeName(name) : [],
  );
  return { indexes, sources: new Map(named), fromWorkspace };
}

/** What `[tool.uv.sources]` takes from no index (uv documentation, "Dependency sources"). */
function readElsewhere({ sources }: Table): Pick<UvSettings, 'paths' | 'hasRepositories'> {
  const all = Object.values(tableOf(sources)).flatMap((source) => [source].flat().map(tableOf));
  return {
    paths: all.flatMap(({ path }) => stringOf(path) ?? []),
    hasRepositories: all.some(({ git }) => git !== undefined),
  };
}

/** The dev group is installed unless `default-groups` names others (uv documentation, "Default groups"). */
function readUvSettings(root: Table): UvSettings {
  const uv = tableOf(tableOf(root.tool).uv);
  const groups = tableOf(root['dependency-groups']);
  const names = Object.keys(groups).filter((name) => !Array.isArray(groups[name]) || groups[name].length > 0);
  const isOldDev = Array.isArray(uv['dev-dependencies']) && uv['dev-dependencies'].length > 0;
  const has = isOldDev ? [...new Set([...names, 'dev'])] : names;
  const asked = uv['default-groups'];
  const defaults = new Set(Array.isArray(asked) ? listOf(asked) : ['dev']);
  return {
    defaultGroups: asked === 'all' ? has : has.filter((name) => defaults.has(name)),
    settings: [...Object.keys(uv), ...Object.keys(tableOf(uv.pip)).map((key) => `pip.${key}`)],
    isWorkspace: uv.workspace !== undefined,
    ...readElsewhere(uv),
    isPackage: typeof uv.package === 'boolean' ? uv.package : root['build-system'] !== undefined,
    ...readIndexes(uv),
  };
}

/**
 * The place that the parser complains about, and its first sentence.
 * @param at where the parsed text begins in the file
 */
export function describeTomlError(error: unknown, text: string, at = 0): FileProblem {
  const said = error instanceof Error ? error.message : String(error);
  const reason = (said.split('\n')[0] ?? '').replace(/^Invalid TOML document: /, '');
  const message = `This is no valid TOML: ${reason}. Correct it, as uv cannot read the file.`;
  if (!(error instanceof TomlError)) return { message, start: at, end: at };
  const lines = text.split('\n');
  const before = lines.slice(0, error.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
  const start = Math.min(text.length, before + error.column - 1);
  const end = Math.min(text.length, before + Math.max(error.column, lines[error.line - 1]?.length ?? 0));
  return { message, start: at + start, end: at + end };
}
