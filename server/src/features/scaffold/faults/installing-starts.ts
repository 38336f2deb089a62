import { listOf } from '../packages/dependencies.ts';
import { nameOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** What runs another program, or a function that is named after pip. */
const runs = /\b(?:subprocess|os\.(?:system|popen)|check_call|check_output|Popen|run_pip|pip_install|run)\b/;
const installs =
  /["']pip3?["'],\s*["']install["']|-m["', ]+pip["', ]+install|\bpip3? install\b|\brun_pip\(|\bpip_install\(/;
const isSaid = /^\s*#|\b(?:print|warn\w*|info|error|raise|log\w*|write|echo)\b/;
/** A piece of text in a line of its own, such as one that an error has. */
const isTextOfMore = /^\s*[rf]{0,2}(?:"[^"]*"|'[^']*')[\s,)]*$/;
const ofPip = /^\s*pip\.main\(|\bpip\._internal\b/;
const indent = (line: string) => line.length - line.trimStart().length;

/** Why a program that installs packages while it runs ends in an image, whose environment is the one of root and has no pip. */
export function installingFault(facts: ProjectFacts, start: Start): string | undefined {
  const found = programsOfStart(facts, start).find(({ text }) => {
    const lines = text.split('\n');
    return lines.some(
      (line, at) =>
        !isSaid.test(line) &&
        !isTextOfMore.test(line) &&
        (ofPip.test(line) || (runs.test(line) && installs.test(line))) &&
        !isFallback(lines, at),
    );
  });
  return (
    found &&
    `${found.path} installs packages with pip while it runs, which an image cannot: name them in ${listOf(facts.dependencies)} and leave that out, then add the files again.`
  );
}

/** Names of programs that bring another one to a machine. */
const isInstaller = /^(?:\w+_)?(?:installer|install|bootstrap)$/i;
const brings =
  /["']apt(?:-get)?["']\s{0,9},|["'](?:sudo )?apt(?:-get)? (?:update|install)\b|["']-m["'],\s{0,9}["']venv["']|\bvenv\.create\(|\bEnvBuilder\(/;

/** Why an installer is no program of an image, in a sentence: it makes an environment, or calls for the rights of root. */
export function installerFault(facts: ProjectFacts, start: Start): string | undefined {
  const [program] = programsOfStart(facts, start);
  const name = nameOf(program?.path ?? '').replace(/\.py$/, '');
  const lines = (program?.text ?? '').split('\n').filter((line) => !isSaid.test(line));
  return program &&
    isInstaller.test(name) &&
    runs.test(program.text) &&
    lines.some((line) => brings.test(line))
    ? `${program.path} is an installer, and nothing that it brings stays in an image: name the packages in ${listOf(facts.dependencies)} and the program behind "web:" in a Procfile, then add the files again.`
    : undefined;
}

/** Whether a line is read only where an import failed. */
function isFallback(lines: readonly string[], at: number): boolean {
  const depth = indent(lines[at] ?? '');
  const above = lines.slice(0, at).findLast((line) => line.trim() !== '' && indent(line) < depth);
  return depth > 0 && /^\s*(?:except|if not)\b/.test(above ?? '');
}
