import { weightsFile } from '../../data/ml-artifacts.ts';
import { contextSources, sentFilesOf } from '../../facts/context-sources.ts';
import { shippedStage } from '../../facts/shipped-stages.ts';
import { printSize, totalSize } from '../../facts/sizes.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';

const messages = {
  named:
    '`{path}` becomes part of the image, which is pushed and pulled with it whenever the model changes. Mount it when the container starts (`docker run -v`), or ignore this where the image is to hold the model.',
  sized:
    '`{path}` adds {size} to the image, pushed and pulled whenever the model changes. Mount it when the container starts (`docker run -v`), or ignore this where the image is to hold the model.',
} as const;
/** Smaller ones, such as those of scikit-learn, do no harm; in bytes. */
const much = 50e6;

export default defineRule({
  code: 'weights-copied-into-image',
  name: 'weights-copied-into-image',
  aliases: [],
  since: '0.2.0',
  severity: 'style',
  family: 'models',
  summary: 'Weights of a model are copied into the image',
  why: 'Each training makes another layer of that size, which every registry and node keeps beside the old ones, and the model can be released only together with the code. Where the build context is known, files below 50 MB are left alone. Weights that come in with the code in one COPY are found by `weights-beside-code`.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12\nENV MODEL_URI=/models/best.pt\nVOLUME /models' },
      { code: 'FROM python:3.12\nCOPY src/ /app/src/\nCOPY models.py /app/' },
      {
        code: 'FROM python:3.12\nCOPY tracing.pth /usr/local/lib/python3.12/site-packages/',
        note: 'a path file of Python',
      },
      {
        code: 'FROM python:3.12\nCOPY model.joblib /app/',
        context: { 'model.joblib': { megabytes: 2 } },
        note: 'a small model',
      },
      {
        code: 'FROM python:3.12 AS convert\nCOPY best.pt /w/\nFROM python:3.12\nCOPY --from=convert /w/out.onnx /w/',
      },
    ],
    bad: [
      { code: 'FROM python:3.12\nCOPY ⟦best.pt⟧ /app/' },
      { code: 'FROM python:3.12\nCOPY a.py ⟦checkpoints/⟧ /app/' },
      {
        code: 'FROM python:3.12\nCOPY ⟦models⟧ /app/models',
        context: { 'models/best.safetensors': { megabytes: 900 }, 'app.py': '' },
      },
    ],
  },
  create: () => ({ COPY: check, ADD: check }),
});

function check(copy: Instruction, { facts, report }: RuleContext<typeof messages>): void {
  const { context } = facts;
  if (!shippedStage(facts, copy)) return;
  const { destination } = copy.node as Copy;
  // There a `.pth` is a path file of Python (documentation of the module site), and no weights.
  const isOfPython = /(?:site|dist)-packages/.test(destination?.value ?? '');
  for (const { word, path } of contextSources(facts, copy)) {
    if (path === '.' || (isOfPython && path.endsWith('.pth'))) continue;
    if (context?.files) {
      const weights = sentFilesOf(context, path).filter((file) => weightsFile.test(file.path));
      const isMixed = weights.length < sentFilesOf(context, path).length / 2;
      if (totalSize(weights) < much || isMixed) continue;
      report(copy.at(word), 'sized', { path, size: printSize(totalSize(weights)) });
    } else if (weightsFile.test(path) || /(?:^|\/)(?:checkpoints|weights|mlruns)$/.test(path)) {
      report(copy.at(word), 'named', { path });
    }
  }
}
