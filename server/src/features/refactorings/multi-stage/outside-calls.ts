import type { FileFacts } from '../../../facts/file-facts.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import { blockAt } from '../non-root/compose-services.ts';
import { containerRuns } from '../non-root/container-runs.ts';

/**
 * What files around an image have its containers do: the services of Compose files with their health checks, `docker run` and
 * `docker exec` of scripts, Makefiles, workflows and what readers are told, and the probes and commands of pods and tasks.
 */
export function outsideCalls(facts: FileFacts, around: SourceTexts | undefined): string[] {
  const others = [...(around ?? [])].flatMap(([path, text]) => {
    if (/\.(?:ya?ml|json)$/i.test(path) && !workflows.test(path)) {
      const isOfContainers =
        pods.test(text) || (path.endsWith('.json') && /"containerDefinitions"/.test(text));
      return isOfContainers ? [blocksOf(text)] : [];
    }
    return commands.test(path) ? commandsIn(text) : [];
  });
  // Services have lines of their own; of commands the machine's part does not count.
  const services = containerRuns(facts, around).filter(({ text }) => text.includes('\n'));
  return [...services.map(({ text }) => inWords(text)), ...others];
}

const workflows =
  /(?:^|\/)\.github\/workflows\/|(?:^|\/)\.gitlab-ci\.yml$|(?:^|\/)bitbucket-pipelines\.yml$/i;
const commands =
  /\.(?:sh|bash|ps1|md|rst)$|(?:^|\/)(?:makefile|justfile|jenkinsfile|procfile|readme(?:\.\w+)?)$|\.ya?ml$/i;
const pods = /^[ \t-]*containers:/m;

/** What a pod or a task starts in its containers. */
function blocksOf(text: string): string {
  const lines = text.split(/\r?\n/);
  const blocks = lines.flatMap((line, at) =>
    /^[ \t-]*["']?(?:command|args|entryPoint|preStop|postStart)["']?:/.test(line) ? blockAt(lines, at) : [],
  );
  return inWords(blocks.join(''));
}

/** Without comments, and the words of a list, or of two that belong together, one behind the other. */
const inWords = (text: string) =>
  text
    .replace(/(?:^|[ \t])#.*/gm, '')
    .replace(/^[ \t-]*["']?(?:command|args|entry[pP]oint)["']?:/gm, ' ')
    .replace(/^[ \t]*-[ \t]/gm, ' ');

const engines = /(?<![\w./-])(?:docker|podman|nerdctl|kubectl|oc)(?:-compose)?\s/g;
const starts = /(?:^|\s)(?:exec|run)\s/;
/** So many letters stand between the engine and that at most, so many behind it count, and so many lines of a script in quotes. */
const [widest, longest, mostLines] = [120, 4000, 60];

/** `docker exec web curl …`, `kubectl exec deploy/web -- curl …`, `docker run --rm web bash -lc "…"`, from `exec` and `run` on. */
function commandsIn(text: string): string[] {
  const lines = text.replace(/\\\r?\n/g, ' ').split(/\r?\n/);
  return lines.flatMap((line, at) =>
    [...line.matchAll(engines)].flatMap(({ 0: engine, index }) => {
      const from = index + engine.length;
      const [before = ''] = line.slice(from, from + widest).split(/[|;&]/, 1);
      const start = before.search(starts);
      if (start < 0) return [];
      const first = line.slice(from + start, from + start + longest);
      return [[first, ...goesOn(first, lines.slice(at + 1, at + mostLines))].join('\n')];
    }),
  );
}

/** The lines in which `bash -c '` and `bash <<EOF` go on. */
function goesOn(first: string, below: readonly string[]): readonly string[] {
  const [, word] = /<<-?\s*["']?(\w+)/.exec(first) ?? [];
  const quote = openQuote(first);
  const end = below.findIndex((line) =>
    word === undefined ? quote !== undefined && line.includes(quote) : line.trim() === word,
  );
  return word === undefined && quote === undefined ? [] : below.slice(0, end + 1);
}

/** The quote that a line leaves open. */
function openQuote(line: string): string | undefined {
  let open: string | undefined;
  for (const [letter] of line.matchAll(/\\.|["']/g))
    if (letter === open) open = undefined;
    else if (letter.length === 1) open ??= letter;
  return open;
}
