import { workFolders } from '../../data/ml-artifacts.ts';
import type { ProjectFacts } from './project.ts';

/** Folders with code that the image does not run. */
const beside = new Set([
  ...workFolders,
  'tests',
  'test',
  'docs',
  'doc',
  'examples',
  'notebooks',
  'build',
  'dist',
  'env',
  '__pycache__',
]);
/** Folders with what programs read when they start. */
const settings = /^(?:confs?|configs?|settings|templates|static)$/;
const plain = /^[\w.-]+$/;

/** Sources and destinations of the COPY instructions that bring a project which is no package into the image. */
export function sourcesOf({ context }: ProjectFacts): string[] {
  const folders = new Set<string>();
  const files: string[] = [];
  for (const { path } of context.files?.files ?? []) {
    const [top = '', ...rest] = path.split('/');
    if (!plain.test(top) || top.startsWith('.') || beside.has(top)) continue;
    if (rest.length === 0) {
      if (/\.py$/.test(top) && !/^(?:setup|conftest|test_.*|noxfile|tasks)\.py$/.test(top)) files.push(top);
    } else if (/\.py$/.test(path) || settings.test(top)) folders.add(top);
  }
  if (folders.size === 0 && files.length === 0) return ['. .'];
  return [
    ...[...folders].sort().map((folder) => `${folder}/ ./${folder}/`),
    ...(files.length > 0 ? [`${files.sort().join(' ')} ./`] : []),
  ];
}
