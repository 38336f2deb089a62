import { listOf } from './dependencies.ts';
import { programsOfStart } from './program-file.ts';
import type { ProjectFacts } from './project.ts';
import type { Start } from './start.ts';

/** What runs another program, or a function that is named after pip. */
const runs = /\b(?:subprocess|os\.(?:system|popen)|check_call|check_output|Popen|run_pip|pip_install|run)\b/;
const installs =
  /["']pip3?["'],\s*["']install["']|-m["', ]+pip["', ]+install|\bpip3? install\b|\brun_pip\(|\bpip_install\(/;
const ofPip = /^\s*pip\.main\(|\bpip\._internal\b/;
const indent = (line: string) => line.length - line.trimStart().length;

/** Why a program that installs packages while it runs ends in an image, whose environment is the one of root and has no pip. */
export function installingFault(facts: ProjectFacts, start: Start): string | undefined {
  const found = programsOfStart(facts, start).find(({ text }) => {
    const lines = text.split('\n');
    return lines.some(
      (line, at) =>
        !/^\s*#|\b(?:print|warn\w*|info|error|raise|log\w*|write|echo)\b/.test(line) &&
        (ofPip.test(line) || (runs.test(line) && installs.test(line))) &&
        !isFallback(lines, at),
    );
  });
  return (
    found &&
    `${found.path} installs packages with pip while it runs, which an image cannot: name them in ${listOf(facts.dependencies)} and leave that out, then add the files again.`
  );
}

/** Whether a line is read only where an import failed. */
function isFallback(lines: readonly string[], at: number): boolean {
  const depth = indent(lines[at] ?? '');
  const above = lines.slice(0, at).findLast((line) => line.trim() !== '' && indent(line) < depth);
  return depth > 0 && /^\s*(?:except|if not)\b/.test(above ?? '');
}
