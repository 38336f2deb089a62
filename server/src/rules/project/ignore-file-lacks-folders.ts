import { dataFolders, workFolders } from '../../data/ml-artifacts.ts';
import type { ContextFile } from '../../facts/build-context.ts';
import { contextSources, sentFilesOf } from '../../facts/context-sources.ts';
import { ignoreFileEnd } from '../../facts/faults-elsewhere.ts';
import { printSize, totalSize } from '../../facts/sizes.ts';
import { defineRule, type Fix, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  copied:
    'This copies {folders} into the image. Add them to .dockerignore, which keeps them out of the build.',
} as const;
const table = {
  dataMegabytes: {
    default: 50,
    description: 'From which size on a folder of data, such as `data` or `.git`, is found, in megabytes.',
  },
} as const;

export default defineRule({
  code: 'dockerignore-lacks-ml-dirs',
  name: 'ignore-file-lacks-folders',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'project',
  summary: 'COPY takes environments, experiment logs or data along',
  why: 'A virtual environment, `mlruns`, `wandb` and data sets change all the time and reach gigabytes. They make the layer large, are sent to the builder anew and make every step below run again; an environment of the host also shadows that of the image. In a study of 1,993 ML Dockerfiles 96 % of rebuilds came from changed files of the context ("ML in a Box", MSR 2026). Folders of data are found from 50 MB on, as an image may be meant to hold some.',
  messages,
  options: table,
  examples: {
    good: [
      {
        code: 'FROM python:3.13-slim\nCOPY . /app',
        context: { 'pyproject.toml': '', '.venv/bin/python': '', '.dockerignore': '.venv\n' },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY src /app/src',
        context: { 'pyproject.toml': '', 'src/a.py': '', '.venv/bin/python': '' },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY . /app',
        context: { 'pyproject.toml': '', 'data/classes.csv': 'cat,dog' },
        note: 'a little data may be meant',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.13-slim\nCOPY ⟦.⟧ /app',
        context: { 'pyproject.toml': '', '.venv/bin/python': { megabytes: 300 }, 'mlruns/0/meta.yaml': '' },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY --chown=app ⟦./⟧ ./',
        context: {
          'pyproject.toml': '',
          'data/train.parquet': { megabytes: 900 },
          '.dockerignore': '.venv\n',
        },
      },
    ],
  },
  create: () => ({ COPY: check, ADD: check }),
});

function check(
  copy: Instruction,
  { facts, options, report }: RuleContext<typeof messages, typeof table>,
): void {
  const { context } = facts;
  if (!context?.files) return;
  for (const { word, path } of contextSources(facts, copy)) {
    if (path !== '.') continue;
    const least = (folder: string) => (workFolders.includes(folder) ? 0 : options.dataMegabytes * 1e6);
    const found = [...workFolders, ...dataFolders].flatMap((folder) => {
      // A file may have such a name as well.
      const files = sentFilesOf(context, folder).filter((file) => file.path !== folder);
      return files.length > 0 && totalSize(files) >= least(folder) ? [{ folder, files }] : [];
    });
    if (found.length === 0) continue;
    const print = ({ folder, files }: { folder: string; files: readonly ContextFile[] }) =>
      `\`${folder}\` (${printSize(totalSize(files))})`;
    const lines = found.map(({ folder }) => folder);
    const keepOut = (): Fix => ({
      title: `Add ${lines.join(', ')} to the ignore file`,
      safety: 'unsafe',
      edits: [],
      ignoreLines: lines,
    });
    report(copy.at(word), 'copied', { folders: found.map(print).join(', ') }, keepOut, {
      elsewhere: () => ignoreFileEnd(context),
    });
  }
}
