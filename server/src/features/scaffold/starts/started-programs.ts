import { calledPrograms } from '../../../data/called-programs.ts';
import { foreignPrograms, packagePrograms, slimPrograms } from '../../../data/package-programs.ts';
import { normalizeName } from '../../../facts/requirements.ts';
import { repositoryNames } from '../packages/repository-needs.ts';
import { nameOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { programsOfStart } from './program-file.ts';
import type { Start } from './start.ts';

/** So many names stand in a line. */
const most = 6;

const calls =
  /\b(?:subprocess\.(?:run|call|check_call|check_output|getoutput)|(?<![.\w])(?:check_call|check_output)|Popen|os\.(?:system|popen)|(?:shutil\.)?which|create_subprocess_(?:exec|shell))\(\s*(?:args\s*=\s*)?/g;
/** A string, or a name that holds one, where a command begins. */
const begins = /^(?:\[\s*)?(?:[rbf]{0,2}(["'])([^"'\n]+)\1?|([A-Za-z_]\w*)\s*([,\])]))/;

/** The programs that a start calls by their names and that neither the image nor a package has, each once. */
function startedPrograms(facts: ProjectFacts, start: Start): string[] {
  const own = new Set((facts.context.files?.files ?? []).map(({ path }) => nameOf(path)));
  const { project } = facts.context;
  const scripts = new Set(project?.scripts);
  const found = programsOfStart(facts, start).flatMap(({ text }) =>
    [...text.matchAll(calls)].flatMap(({ 0: call, index }) => {
      const rest = text.slice(index + call.length);
      const command = commandOf(rest, text, index);
      const [word = ''] = command?.trim().split(/\s+/) ?? [];
      return /^[A-Za-z][\w.+-]*$/.test(word) && !/\.(?:py|sh|bat|cmd|exe|ps1)$/i.test(word) ? [word] : [];
    }),
  );
  const repositories = new Set(repositoryNames(facts, facts.dependencies));
  const isBrought = (name: string) =>
    repositories.has(normalizeName(name)) ||
    facts.packages.has(normalizeName(name)) ||
    packagePrograms.some(([program, by]) => program === name && facts.packages.has(by));
  return [...new Set([...found, ...namedSomewhere(facts, start)])].filter(
    (name) =>
      !slimPrograms.has(name) &&
      !foreignPrograms.has(name) &&
      !own.has(name) &&
      !scripts.has(name) &&
      !isBrought(name),
  );
}

/** What a command begins with: `["git", …]`, `"git log"`, `GIT` and `cmd` that are given it before. */
function commandOf(rest: string, text: string, index: number): string | undefined {
  const [, , said, name] = begins.exec(rest) ?? [];
  if (said !== undefined || name === undefined) return said;
  const [, , value, constant] = begins.exec(givenTo(name, text.slice(0, index)) ?? '') ?? [];
  return value ?? begins.exec(givenTo(constant, text) ?? '')?.[2];
}

/** What stands behind the last `name =`, and what follows. */
function givenTo(name: string | undefined, text: string): string | undefined {
  if (name === undefined) return undefined;
  const lines = text.split('\n');
  const at = lines.findLastIndex((line) => assigned.exec(line)?.[1] === name);
  return at < 0 ? undefined : lines.slice(at).join('\n').replace(assigned, '');
}
const assigned = /^[ \t]*([A-Za-z_]\w*)[ \t]*(?::[^=\n]*)?=(?!=)[ \t]*/;

/** Programs that a line names which starts one, as far as they are known to be such. */
function namedSomewhere(facts: ProjectFacts, start: Start): string[] {
  const lines = programsOfStart(facts, start).flatMap(({ text }) =>
    text
      .split('\n')
      .filter((line) => /\b(?:subprocess|Popen|check_output|check_call|os\.system|which)\b/.test(line)),
  );
  return calledPrograms.filter((name) =>
    lines.some((line) =>
      [`"${name}"`, `'${name}'`, `"${name} `, `'${name} `].some((word) => line.includes(word)),
    ),
  );
}

/** What is started that the image does not have, in a sentence. */
export function startedNote(
  facts: ProjectFacts,
  start: Start,
  isInstalled: (name: string) => boolean,
): string | undefined {
  const names = startedPrograms(facts, start).filter((name) => !isInstalled(name));
  const listed =
    names.length > most
      ? `${names.slice(0, most).join(', ')} and ${names.length - most} more`
      : names.join(', ');
  return names.length === 0
    ? undefined
    : `The program starts ${listed}, which the image does not have: it does without ${names.length === 1 ? 'it' : 'them'}, or the Dockerfile is made to install ${names.length === 1 ? 'it' : 'them'}.`;
}

const builders: readonly (readonly [file: RegExp, builds: RegExp])[] = [
  [/^Cargo\.toml$/, /^cargo (?:run|build|install)\b/],
  [/^go\.mod$/, /^go (?:run|build|install)\b/],
  [/^package\.json$/, /^(?:npm|pnpm|yarn|bun) (?:(?:run )?(?:build|start|dev)|install|ci)\b/],
  [/^CMakeLists\.txt$/, /^cmake\b/],
];

/** Programs of other languages beside those of Python, which README has built and the image does not. */
export function otherLanguages({ context, texts }: ProjectFacts): string[] {
  if (
    (context.project?.buildRequires ?? []).some((name) =>
      /^(?:maturin|setuptools-rust|scikit-build)/.test(name),
    )
  )
    return [];
  const readme = [...texts].find(([path]) => /^readme/i.test(path));
  const lines = (readme?.[1] ?? '').split(/[\n`]/).map((line) => line.trim().replace(/^[$>%#] */, ''));
  return builders.flatMap(([file, builds]) => {
    const found = (context.files?.files ?? []).find(
      ({ path }) => file.test(nameOf(path)) && path.split('/').length < 3,
    );
    const command = lines.find((line) => builds.test(line));
    return found && command !== undefined
      ? [
          `"${command.slice(0, 60)}" of ${readme?.[0]} is run elsewhere, as the image builds nothing of ${found.path}.`,
        ]
      : [];
  });
}
