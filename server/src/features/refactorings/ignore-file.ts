import { dataFolders, workFolders } from '../../data/ml-artifacts.ts';
import type { BuildContext } from '../../facts/build-context.ts';
import { contextSources, filesOf, sentFilesOf } from '../../facts/context-sources.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { totalSize } from '../../facts/sizes.ts';
import type { Refactoring } from './refactoring.ts';

/** What no image needs, whether it is there yet or not: each project makes these sooner or later. */
const always = ['.git', ...workFolders, '**/__pycache__', '**/*.py[cod]', '.env'];
/** From which size on a folder of data is kept out, in bytes; smaller ones an image may be meant to hold. */
const muchData = 50e6;

/** Creates the ignore file of the build context from what lies there, or adds what it lacks. */
export const ignoreFile: Refactoring = {
  id: 'ignore-file',
  title: 'Keep environments, logs and data out of the build',
  gain: 'The builder is sent less, and a change of these files no longer runs the steps below COPY anew.',
  propose({ facts }) {
    const { context } = facts;
    const copies = facts.file.instructions.filter((it) =>
      contextSources(facts, it).some(({ path, kind }) => kind === 'copy' && path === '.'),
    );
    const [first] = copies;
    if (!context?.files || !first) return undefined;
    const lines = context.ignoreFile ? lacking(context, always) : always;
    const data = dataFolders.filter((folder) => {
      const files = sentFilesOf(context, folder);
      return folder !== '.git' && totalSize(files) >= muchData;
    });
    const wanted = [...lines, ...data.filter((folder) => !lines.includes(folder))];
    const copied = new Set(namedSources(facts));
    const patterns = wanted.filter((pattern) => ![...copied].some((path) => isBelow(path, pattern)));
    if (patterns.length === 0) return undefined;
    return { spans: copies.map(({ span }) => span), edits: [], ignoreLines: patterns };
  },
};

/** Those patterns under which something lies in the context and reaches the builder. */
function lacking(context: BuildContext, patterns: readonly string[]): string[] {
  return patterns.filter((pattern) => {
    const path = pattern.replace(/^\*\*\//, '');
    return pattern === path && filesOf(context, path).length > 0 && sentFilesOf(context, path).length > 0;
  });
}

/** What the file copies by its name, which must go on reaching the builder. */
function namedSources(facts: FileFacts): string[] {
  return facts.file.instructions.flatMap((it) =>
    contextSources(facts, it).flatMap(({ path }) => (path === '.' ? [] : path)),
  );
}

const isBelow = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);
