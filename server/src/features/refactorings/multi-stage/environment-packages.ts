import type { BuildContext } from '../../../facts/build-context.ts';
import { readDependencyInstall } from '../../../facts/dependency-installs.ts';
import type { FileFacts } from '../../../facts/file-facts.ts';
import { pipArgs, readPipTargets } from '../../../facts/pip.ts';
import { requirementFile } from '../../../facts/required-packages.ts';
import { normalizeName, type Requirement, readRequirement } from '../../../facts/requirements.ts';
import { readUv } from '../../../facts/uv.ts';
import { readRequirementFile } from '../../../project/requirement-files.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import type { ShellCommand } from '../../../syntax/shell.ts';
import type { Instruction } from '../../../syntax/tree.ts';

/** A Python package that is installed, as far as its name and extras go. */
export type Installed = Pick<Requirement, 'name' | 'extras'>;

/** What RUN instructions put into the environment; undefined where something is not known or belongs to the project. */
export function environmentPackages(
  facts: FileFacts,
  installs: readonly Instruction[],
  sources: SourceTexts | undefined,
): Installed[] | undefined {
  const all: Installed[] = [];
  for (const run of installs) {
    const isExported = /\buv export\b/.test(run.node.text);
    for (const command of facts.commands(run)) {
      const some = isExported ? locked(facts.context) : packagesOf(facts, command, sources);
      if (!some) return undefined;
      all.push(...some);
    }
  }
  return all;
}

const locked = (context: BuildContext | undefined): Installed[] | undefined =>
  context?.lock?.packages.map(({ name }) => ({ name, extras: [] }));

function packagesOf(
  { context }: FileFacts,
  command: ShellCommand,
  sources: SourceTexts | undefined,
): Installed[] | undefined {
  if (readUv(command)?.verb === 'sync') return locked(context);
  const args = pipArgs(command);
  const files = readDependencyInstall(command)?.files ?? [];
  if (!args) return files.length > 0 ? fromFiles(context, files, sources) : [];
  const { packages, editables } = readPipTargets(args);
  if (editables.length > 0 || args.some(({ value }) => /^--group(?:=|$)/.test(value))) return undefined;
  const named = packages.map(({ value }) => readTarget(value));
  const listed = fromFiles(context, files, sources);
  return listed && named.every((one) => one !== undefined) ? [...named, ...listed] : undefined;
}

/** A package by name, or by the repository or archive that it lies in; undefined where it is of the project or a variable. */
function readTarget(word: string): Installed | undefined {
  if (/^(?:git|hg|svn)\+|^https?:/.test(word)) {
    const [address = '', fragment = ''] = word.split('#');
    const last = address.slice(address.lastIndexOf('/') + 1).split('@', 1)[0] ?? '';
    const name = /^egg=([\w.-]+)/.exec(fragment)?.[1] ?? last.replace(/\.(?:git|zip|tar\.gz)$/, '');
    return name ? { name: normalizeName(name), extras: [] } : undefined;
  }
  return /[$`*]|^[./]/.test(word) ? undefined : readRequirement(word);
}

/** What requirement files name, and those that they name. */
function fromFiles(
  context: BuildContext | undefined,
  paths: readonly string[],
  sources: SourceTexts | undefined,
  depth = 0,
): Installed[] | undefined {
  const all: Installed[] = [];
  for (const path of paths) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const texts = [...(sources ?? [])].filter(([file]) => file === name || file.endsWith(`/${name}`));
    const [only] = texts;
    if (only && /^[ \t]*(?:-e|--editable|\.{0,2}\/|file:)/m.test(only[1])) return undefined;
    const file =
      only && texts.length === 1
        ? readRequirementFile(name, only[1])
        : context && requirementFile(context, path);
    const more = file && depth < 5 ? fromFiles(context, file.includes, sources, depth + 1) : undefined;
    if (!file || !more) return undefined;
    all.push(...file.requirements, ...more);
  }
  return all;
}
