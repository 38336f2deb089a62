import { besideProgram } from './applications.ts';
import { isStartedByName } from './effects.ts';
import { code } from './modules.ts';
import { nameOf } from './paths.ts';
import { programsOfStart } from './program-file.ts';
import { isTool, program } from './programs.ts';
import type { ProjectFacts } from './project.ts';
import { lineOf, type Start } from './start.ts';

/** So many are told. */
const most = 3;
/** It goes on for as long as there is work. */
const isEndless =
  /\bwhile (?:True|1|not \w+)\b|\b(?:start_consuming|run_forever|serve_forever|listen|run_polling|start_polling)\(/;
const takesWork =
  /\b(?:xreadgroup|xread|brpop|blpop|blmove|subscribe|pubsub|start_consuming|basic_consume|get_message|poll|consume\w*|run_pending|aiokafka|KafkaConsumer|receive_message)\b/i;

/** Programs that do the work of a service beside it, which readers are told of: a container of its own for each. */
export function workerNotes(facts: ProjectFacts, start: Start): string[] {
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
        !besideProgram.test(path) &&
        !isTool.test(nameOf(path).replace(/\.py$/, '')) &&
        (words.has(path) || words.has(nameOf(path))) &&
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
