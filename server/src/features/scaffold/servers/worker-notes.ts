import { processesOf } from '../../../project/host-starts.ts';
import { nameOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { besideProgram } from '../sources/applications.ts';
import { isStartedByName } from '../sources/effects.ts';
import { code } from '../sources/modules.ts';
import { programsOfStart } from '../starts/program-file.ts';
import { isTool, program } from '../starts/programs.ts';
import { lineOf, type Start } from '../starts/start.ts';

/** So many are told. */
const most = 3;
/** It goes on for as long as there is work. */
const isEndless =
  /\bwhile (?:True|1|not \w+)\b|\b(?:start_consuming|run_forever|serve_forever|listen|run_polling|start_polling|infinity_polling|cli\.run_app)\(/;
const takesWork =
  /\b(?:xreadgroup|xread|brpop|blpop|blmove|subscribe|pubsub|start_consuming|basic_consume|get_message|poll|consume\w*|run_pending|aiokafka|KafkaConsumer|receive_message|run_polling|start_polling|infinity_polling|cli\.run_app)\b/i;

/** Programs that run beside the one that is started: what a Procfile starts as well, and the workers of a service. */
export function workerNotes(facts: ProjectFacts, start: Start): string[] {
  const beside = processesBeside(facts, start);
  return [
    ...beside
      .slice(0, most)
      .map(
        (path) =>
          `${path} of Procfile runs in a container of its own, with its command there in place of that of the image.`,
      ),
    ...workersOf(facts, start, beside),
  ];
}

/** As `python -m` is told it. */
const moduleOf = (path: string) => path.replace(/\.py$/, '').replaceAll('/', '.');

/** What other processes of the Procfile run that starts this one (Heroku, "The Procfile"). */
function processesBeside({ texts, tree }: ProjectFacts, { file }: Start): string[] {
  const files = processesOf(texts.get('Procfile') ?? '').map(({ line }) =>
    line.split(/\s+/).find((word) => tree.paths.has(word.replace(/^\.\//, ''))),
  );
  const paths = files.flatMap((path) => (path === undefined ? [] : path.replace(/^\.\//, '')));
  return file !== undefined && paths.includes(file)
    ? [...new Set(paths)].filter((path) => path !== file)
    : [];
}

/** Programs that do the work of a service beside it, which readers are told of: a container of its own for each. */
function workersOf(facts: ProjectFacts, start: Start, others: readonly string[]): string[] {
  if (start.service === undefined) return [];
  const reached = new Set(programsOfStart(facts, start).map(({ path }) => path));
  const said = [...facts.texts]
    .flatMap(([path, text]) => (/^(?:readme|makefile|procfile)/i.test(path) ? text : []))
    .join('\n')
    .split(/[^\w./-]+/);
  const words = new Set(said);
  return [...facts.tree.paths]
    .filter((path) => {
      const text = code(facts.texts.get(path) ?? '');
      return (
        !reached.has(path) &&
        !others.includes(path) &&
        !besideProgram.test(path) &&
        !isTool.test(nameOf(path).replace(/\.py$/, '')) &&
        (words.has(path) || words.has(nameOf(path)) || words.has(moduleOf(path))) &&
        isStartedByName(text) &&
        isEndless.test(text) &&
        takesWork.test(text)
      );
    })
    .slice(0, most)
    .map(
      (path) =>
        `${path} runs in a container of its own (docker run … ${lineOf(program(facts, path).start.words)}), as it does the work of the service beside it.`,
    );
}
