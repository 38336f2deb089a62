import { standardLibrary } from '../../../data/standard-library.ts';
import { type Requirement, readRequirement } from '../../../facts/requirements.ts';
import { readRequirementFile } from '../../../project/requirement-files.ts';
import type { KnownProject } from '../known-project.ts';
import { sourceTreeOf } from '../sources/modules.ts';

/** What setup.cfg and setup.py say of a project (setuptools documentation, "Declarative config" and "Keywords"). */
export interface SetupProject {
  readonly name: string | undefined;
  readonly dependencies: readonly Requirement[];
  /** Commands that an install makes. */
  readonly scripts: readonly string[];
  /** Why a build of it may end, in words that follow its name; undefined where it needs nothing but setuptools. */
  readonly fault: string | undefined;
}

/** Undefined where neither file names a package. */
export function setupProjectOf(known: KnownProject): SetupProject | undefined {
  const config = known.texts.get('setup.cfg') ?? '';
  const script = (known.texts.get('setup.py') ?? '').replace(/^[ \t]*#.*/gm, '');
  const name =
    /^name[ \t]*=[ \t]*([\w.-]+)[ \t]*$/m.exec(section(config, 'metadata'))?.[1] ??
    /\bname[ \t]*=[ \t]*["']([\w.-]+)["']/.exec(script)?.[1];
  if (!/\bsetup\(/.test(script) && name === undefined) return undefined;
  const listed = (key: RegExp) => {
    const value = key.exec(script);
    return value ? quoted(script.slice(value.index + value[0].length).split(']\n', 1)[0] ?? '') : [];
  };
  const entries = [
    ...option(section(config, 'options.entry_points'), 'console_scripts'),
    ...listed(/\bconsole_scripts["']?[ \t]*[=:][ \t]*\[/),
  ];
  return {
    name,
    dependencies: dependenciesOf(known, script, [
      ...option(section(config, 'options'), 'install_requires'),
      ...listed(/\binstall_requires["']?[ \t]*[=:][ \t]*\[/),
    ]),
    scripts: entries.flatMap((line) => /^([\w.-]+)\s*=/.exec(line)?.[1] ?? []),
    fault: faultOf(known, script, config),
  };
}

/** What is written in the call, or in a list or a file that the call is given by a name. */
function dependenciesOf({ texts }: KnownProject, script: string, written: readonly string[]): Requirement[] {
  const direct = written.flatMap((line) => readRequirement(line) ?? []);
  const name = /\binstall_requires[ \t]*=[ \t]*(\w+)/.exec(script)?.[1];
  if (direct.length > 0 || name === undefined) return direct;
  const listed = script
    .split('\n')
    .findIndex((line) => /^\s*\w+ *= *\[/.test(line) && line.trim().startsWith(name));
  if (listed >= 0) {
    const text = script.split('\n').slice(listed).join('\n').split(']', 1)[0] ?? '';
    return quoted(text).flatMap((line) => readRequirement(line) ?? []);
  }
  return quoted(script)
    .filter((path) => path.endsWith('.txt'))
    .flatMap((path) => readRequirementFile(path, texts.get(path.replace(/^\.\//, '')) ?? '').requirements);
}

/** A new environment for a build holds setuptools alone, in its newest release, and no repository. */
function faultOf(known: KnownProject, script: string, config: string): string | undefined {
  const text = /^[ \t]*version[ \t]*=/m.test(config) ? script : `${script}\n${config}`;
  if (/\bscm\b|use_scm_version|setuptools_scm|versioneer|\bpbr\b/.test(text))
    return 'takes its version from Git, which stays out of a build';
  const isBuilt = known.context.project?.hasBuildSystem === true;
  const tops = sourceTreeOf(known, new Set())
    .allImports('setup.py')
    .map((module) => module.split('.', 1)[0] ?? '');
  const other = tops.find((top) => top !== 'setuptools' && !standardLibrary.has(top));
  if (other === undefined || isBuilt) return undefined;
  return `imports ${other}, which is not there when it is built`;
}

/** The lines of a section of a configuration file. */
function section(text: string, name: string): string {
  const part = text.split(/^(?=\[)/m).find((one) => one.startsWith(`[${name}]`));
  return part?.slice(name.length + 2) ?? '';
}

/** The lines of a value. */
function option(text: string, key: string): string[] {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.startsWith(key) && /^[ \t]*=/.test(line.slice(key.length)));
  if (at < 0) return [];
  const below = lines.slice(at + 1);
  const end = below.findIndex((line) => /^\S/.test(line) && !line.startsWith('#'));
  const first = (lines[at] ?? '').slice((lines[at] ?? '').indexOf('=') + 1);
  return [first, ...below.slice(0, end < 0 ? below.length : end)]
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

const quoted = (text: string) =>
  [...text.matchAll(/"([^"\n]*)"|'([^'\n]*)'/g)].map(([, a, b]) => a ?? b ?? '');
