import type { ShellCommand } from '../syntax/shell.ts';
import { plainWords } from './command-flags.ts';
import { sentFilesOf } from './context-sources.ts';
import { type CopiedFolder, contextPathOf, type Passing } from './copied-folder.ts';
import { inlinePython } from './inline-python.ts';
import { isSent } from './manifest-files.ts';
import { follow } from './project-commands.ts';

/** What brings models, corpora and browsers that packages need at run time, and reads no file of a project. */
const fetches: readonly RegExp[] = [
  // Playwright for Python looks for no settings (its documentation, "Browsers").
  /^(?:playwright|patchright|python[\d.]* -m (?:playwright|patchright)) install(?:-deps)?(?: |$)/,
  /^(?:spacy|python[\d.]* -m spacy) download /,
  /^python[\d.]* -m nltk\.downloader /,
  /^(?:huggingface-cli|hf) download /,
];

/** Whether a command downloads what packages need at run time. */
export const fetchesModels = ({ name, args }: ShellCommand): boolean => {
  const text = `${name} ${args.map(({ value }) => value).join(' ')}`;
  return fetches.some((pattern) => pattern.test(text));
};

/** Whether a word is the name of a repository at Hugging Face, which looks like a path. */
export const isRepository = ({ name, args }: ShellCommand, index: number): boolean =>
  /^(?:huggingface-cli|hf)$/.test(name) &&
  index === 1 &&
  args[0]?.value === 'download' &&
  /^\w[\w.-]*\/[\w.-]+$/.test(args[1]?.value ?? '');

/** Packages whose calls download models, by their documentation, and modules of Python that go with them. */
const loaders = new Set(
  'nltk spacy stanza transformers sentence_transformers huggingface_hub tiktoken whisper faster_whisper easyocr fastembed os ssl'.split(
    ' ',
  ),
);
const loads =
  /\b(?:nltk|stanza|spacy\.cli)\.download\(|\.from_pretrained\(|\b(?:snapshot_download|hf_hub_download|pipeline|SentenceTransformer|CrossEncoder|WhisperModel|TextEmbedding)\(|\b(?:whisper\.load_model|easyocr\.Reader|tiktoken\.get_encoding|tiktoken\.encoding_for_model)\(/;
/** What reads or runs files, or makes code that nothing tells. */
const opens =
  /\b(?:open|exec|eval|compile|__import__|import_module|system|popen|chdir|getcwd|listdir|walk)\b/;

/** Whether a text of `python -c` downloads models, and does so without a file of the project. */
export function passingModels(folder: CopiedFolder, command: ShellCommand, cwd: string): Passing | undefined {
  const code = inlinePython(command)?.value;
  const { context } = folder;
  if (code === undefined || command.args.length !== 2 || !context?.files?.isComplete) return undefined;
  if (!loads.test(code) || opens.test(code)) return undefined;
  const modules = code.split(/[;\n]/).flatMap(importedBy);
  // `-c` looks for modules where it runs first.
  const isOwn = (name: string) => isThere(folder, cwd, `${name}.py`) || isThere(folder, cwd, name);
  if (modules.length === 0 || modules.some((name) => !loaders.has(name) || isOwn(name))) return undefined;
  const quoted = [...code.matchAll(/["']([^"'\n]*)["']/g)].map(([, text = '']) => text);
  return quoted.some((text) => isThere(folder, cwd, text)) ? undefined : { files: [], installs: true };
}

/** The modules that a statement imports; one without a name where it does so in another way. */
function importedBy(statement: string): string[] {
  const [word, ...rest] = statement.trim().split(/\s+/);
  const top = (module: string) => module.trim().split(/[ .]/, 1)[0] ?? '';
  if (word === 'from') return [top(rest[0] ?? '')];
  if (word === 'import') return rest.join(' ').split(',').map(top);
  return /\bimport\b/.test(statement) ? [''] : [];
}

/** Whether a path means something that the COPY brings. */
function isThere(folder: CopiedFolder, cwd: string, written: string): boolean {
  if (written === '' || written.includes('://')) return false;
  const place = follow(cwd, written);
  const path = place === undefined ? undefined : contextPathOf(folder, place);
  if (place === undefined || path === '') return true;
  return path !== undefined && folder.context !== undefined && sentFilesOf(folder.context, path).length > 0;
}

/** What `conda env create` needs: its file, where that names packages alone. */
export function passingEnvironment(
  { context, at }: CopiedFolder,
  command: ShellCommand,
  cwd: string,
): Passing | undefined {
  const [, verb, more] = plainWords(command, ['f', 'file', 'n', 'name', 'p', 'prefix', 'solver']).map(
    ({ value }) => value,
  );
  const words = command.args.map(({ value }) => value);
  const flag = words.findIndex((word) => /^(?:-f|--file)(?:=|$)/.test(word));
  const given = words[flag]?.includes('=')
    ? words[flag].slice(words[flag].indexOf('=') + 1)
    : words[flag + 1];
  const file = context?.environment;
  if (words[0] !== 'env' || !/^(?:create|update)$/.test(verb ?? '') || more !== undefined || cwd !== at)
    return undefined;
  const path = flag < 0 ? 'environment.yml' : given?.replace(/^\.\//, '');
  if (!file?.isPlain || path !== file.path || !isSent(context, path)) return undefined;
  return { files: [path], installs: true };
}
