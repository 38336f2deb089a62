import type { Removal } from '../../../data/removed-names.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import { besideProgram } from '../sources/applications.ts';
import { argumentsIn, parts } from '../sources/calls.ts';
import { code, withoutComments } from '../sources/modules.ts';

/**
 * The last CrewAI that is known to take a model of LangChain, as the newest at the end of that quarter: with a key of its own for
 * `ChatGoogleGenerativeAI`, `Agent` of 0.201.1 is made, and of 1.7.2 not (both installed on 2026-11-28); 1.12.2 wants a text or a model
 * of CrewAI (crewai/agent/core.py).
 */
const before1: Removal = { name: 'crewai', last: '0.201.1', until: '2025-09-30', uses: [] };

/** Models that LangChain's packages have, and no embeddings. */
const models =
  /^(?:Chat(?:OpenAI|GoogleGenerativeAI|Groq|Anthropic|Ollama|VertexAI|Cohere|MistralAI|Bedrock|NVIDIA)|AzureChatOpenAI|OpenAI|Ollama|OllamaLLM|HuggingFaceHub)$/;
const modules = /^langchain(?:_\w+)?(?:\.|$)/;

/** Agents of CrewAI that are given a model of LangChain. */
export function givenModels(
  texts: SourceTexts,
): (Removal & { readonly file: string; readonly use: string })[] {
  return [...texts].flatMap(([file, whole]) => {
    if (!file.endsWith('.py') || besideProgram.test(file) || !whole.includes('crewai')) return [];
    const text = withoutComments(code(whole));
    const imports = importedIn(text);
    const isAgent = imports.some(({ module, names }) => /^crewai\b/.test(module) && names.includes('Agent'));
    // What CrewAI calls LLM may be given by the same name.
    if (!isAgent || /\bLLM\(/.test(text)) return [];
    const ofLangChain = imports.flatMap(({ module, names }) =>
      modules.test(module) ? names.filter((name) => models.test(name)) : [],
    );
    const found = ofLangChain.find((model) =>
      text
        .split(/\bAgent\(/)
        .slice(1)
        .flatMap((rest) => parts(argumentsIn(rest)))
        .some((one) => isOf(model, /^llm\s*=\s*([\w.]+\(?)/.exec(one)?.[1], text)),
    );
    return found === undefined ? [] : [{ ...before1, file, use: `Agent(llm=${found})` }];
  });
}

/** Whether a value is a model made at once, or a name that is given one, or is said to be one. */
function isOf(model: string, value: string | undefined, text: string): boolean {
  if (value === undefined) return false;
  if (value.endsWith('(')) return value === `${model}(`;
  const name = value.split('.').at(-1) ?? '';
  return text.split('\n').some((line) => {
    const [, left, right] = /\b(\w+) ?[:=] ?(\w+)\b/.exec(line) ?? [];
    return left === name && right === model;
  });
}

const importedIn = (text: string) =>
  text
    .split(/^[ \t]*from[ \t]+/m)
    .slice(1)
    .map((part) => {
      const line = part.split('\n', 1)[0] ?? '';
      const names = (line.includes('(') ? part.split(')', 1)[0] : line) ?? '';
      return { module: part.split(/\s/, 1)[0] ?? '', names: names.split(/\W+/).slice(1) };
    });
