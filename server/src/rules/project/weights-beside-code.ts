import { weightsFile } from '../../data/ml-artifacts.ts';
import { contextSources, sentFilesOf } from '../../facts/context-sources.ts';
import { printSize, totalSize } from '../../facts/sizes.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  together:
    'Weights ({size}, such as `{file}`) lie in one layer with the code, so each change of code sends them again. Copy `{weights}` by a COPY of its own above, and then the code by the names of its folders and files, without it.',
} as const;

export default defineRule({
  code: 'weights-beside-code',
  name: 'weights-beside-code',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'project',
  summary: 'Model weights and code are copied into one layer',
  why: 'A layer is pushed and pulled as a whole (OCI image specification, "Layer"). Code changes with each commit and weights seldom do, so a layer that holds both is sent in full for a changed line. Found from 20 MB of weights on.',
  messages,
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.13-slim\nCOPY models /app/models\nCOPY src /app/src',
        context: { 'src/a.py': '', 'models/best.pt': { megabytes: 400 } },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY . /app',
        context: { 'pyproject.toml': '', 'a.py': '', 'scaler.pkl': { megabytes: 1 } },
      },
    ],
    bad: [
      {
        code: 'FROM python:3.13-slim\nCOPY ⟦.⟧ /app',
        context: { 'pyproject.toml': '', 'a.py': '', 'models/best.pt': { megabytes: 400 } },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY ⟦src⟧ /app/src',
        context: { 'src/a.py': '', 'src/weights/model.safetensors': { megabytes: 90 } },
      },
    ],
  },
  create: () => ({ COPY: check, ADD: check }),
});

function check(copy: Instruction, { facts, report }: RuleContext<typeof messages>): void {
  const { context } = facts;
  if (!context?.files) return;
  for (const { word, path } of contextSources(facts, copy)) {
    const files = sentFilesOf(context, path);
    const weights = files.filter((file) => weightsFile.test(file.path)).sort((a, b) => b.size - a.size);
    const size = totalSize(weights);
    const [largest] = weights;
    if (!largest || size < 20e6 || !files.some((file) => /\.(?:py|ipynb)$/.test(file.path))) continue;
    const folder = largest.path.includes('/') ? largest.path.replace(/\/[^/]*$/, '') : largest.path;
    // A folder that holds code as well is needed.
    const line = files.some((file) => file.path.startsWith(`${folder}/`) && /\.(?:py|ipynb)$/.test(file.path))
      ? largest.path
      : folder;
    report(copy.at(word), 'together', { size: printSize(size), file: largest.path, weights: line }, () => ({
      title: `Keep ${line} out of the image by the ignore file`,
      safety: 'unsafe',
      edits: [],
      ignoreLines: [line],
    }));
  }
}
