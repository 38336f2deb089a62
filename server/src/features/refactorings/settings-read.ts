import type { FileFacts } from '../../facts/file-facts.ts';
import { isPythonProject } from '../../facts/python-project.ts';
import type { SourceTexts } from '../../project/source-texts.ts';
import { programsOf } from './project-programs.ts';

/** How programs read a file of settings: python-dotenv, pydantic-settings, django-environ, decouple, dynaconf, a shell. */
const readsSettings =
  /\b(?:load_dotenv|dotenv_values|find_dotenv|read_env|read_dotenv|env_file|decouple|starlette\.config)\b|(?<![\w.])\.env\b(?![\w.])/;
/** What reads `.env` without being told to before it starts a program (documentation of each); Flask does with python-dotenv. */
const readsByItself = /\b(?:pipenv run|chainlit run|honcho|dotenv run|flask)\b/;

/**
 * Whether `.env` is read in the image: by what starts there, or by a program of the project, which others may import by a name
 * that nothing tells.
 * @param own what the instructions of a file run and start
 */
export const areSettingsRead = (own: readonly string[], sources: SourceTexts | undefined): boolean =>
  [...programsOf(sources).values(), ...own].some((text) => readsSettings.test(text)) ||
  own.some(
    (text) => /^(?:CMD|ENTRYPOINT)/i.test(text) && readsByItself.test(text.replace(/[\s"',[\]]+/g, ' ')),
  );

/** Whether the image is one of another language, whose programs are not read here and may read `.env`, as bundlers do when they build. */
export function isOfOthers(facts: FileFacts): boolean {
  const stage = facts.stages.at(-1);
  return stage !== undefined && !isPythonProject(facts, stage);
}
