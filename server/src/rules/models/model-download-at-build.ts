import { weightsFile } from '../../data/ml-artifacts.ts';
import { isBehindTest } from '../../facts/conditions.ts';
import { callIn, inlinePython } from '../../facts/inline-python.ts';
import { isInMount } from '../../facts/mounts.ts';
import { shippedStage } from '../../facts/shipped-stages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';

/** Where Hugging Face keeps downloads of root. */
const hubCaches = ['/root/.cache', '/root/.cache/huggingface', '/root/.cache/huggingface/hub'];
const calls = /\b(?:from_pretrained|snapshot_download|hf_hub_download|load_dataset)\s*\(/;

export default defineRule({
  code: 'model-download-at-build',
  name: 'model-download-at-build',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'models',
  summary: 'A model or data set is downloaded into a layer',
  why: 'Weights in a layer make images of many gigabytes that each node pulls before it starts, tie a release of the model to one of the code, and keep gated models readable for whoever can pull the image. A volume that is filled once, or a download when the container starts, leaves them out. An image that must run without a network is a good reason to keep them: then name the revision, and download above the code, so that a change of the code leaves the layer alone. Switch the rule off for images that are meant to hold a model. A download behind a test of a variable is the choice of whoever builds, and left alone.',
  messages: {
    layer:
      'This download becomes part of the image, pushed and pulled as a whole. Download when the container starts, into a folder that is mounted (`docker run -v`), or ignore this where the image is to hold it.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12\nENV HF_HOME=/models\nVOLUME /models' },
      {
        code: 'FROM python:3.12 AS fetch\nRUN hf download a/b --local-dir /m\nFROM python:3.12\nCOPY app.py /',
      },
      {
        code: 'FROM python:3.12\nRUN --mount=type=cache,target=/root/.cache/huggingface hf download a/b',
      },
      { code: 'FROM python:3.12\nRUN aws s3 cp s3://bucket/config.json /etc/' },
      { code: 'FROM python:3.12\nRUN python -m nltk.downloader punkt', note: 'a few megabytes' },
      {
        code: 'FROM python:3.12\nARG MODEL=\nRUN if [ -n "$MODEL" ]; then hf download "$MODEL"; fi',
        note: 'whoever builds chooses it',
      },
    ],
    bad: [
      { code: 'FROM python:3.12\nRUN hf ⟦download⟧ Qwen/Qwen3-8B --local-dir /models' },
      {
        code: `FROM python:3.12\nRUN python -c "from transformers import AutoModel; AutoModel.⟦from_pretrained⟧('gpt2')"`,
      },
      { code: 'FROM python:3.12\nRUN pip install dvc && dvc ⟦pull⟧' },
      { code: 'FROM python:3.12\nRUN aws s3 ⟦cp⟧ s3://bucket/best.safetensors /models/' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!shippedStage(facts, run) || isInMount(run.node, hubCaches)) return;
      for (const command of facts.commands(run)) {
        const verb = downloadVerb(command);
        if (isBehindTest(run.node, command.from)) continue;
        if (verb) return report(run.at(verb), 'layer');
        const code = inlinePython(command);
        const call = code && callIn(run, code, calls);
        if (call) return report(run.at(call), 'layer');
      }
    },
  }),
});

/** The word by which a program is told to fetch models or data. */
function downloadVerb({ name, args }: ShellCommand) {
  const [first, second] = args;
  const holds = args.some(
    ({ value }) =>
      /^(?:s3|gs):\/\//.test(value) &&
      (weightsFile.test(value) || /model|checkpoint|weights|dataset/i.test(value)),
  );
  if (/^(?:hf|huggingface-cli)$/.test(name) && first?.value === 'download') return first;
  if (name === 'dvc' && first?.value === 'pull') return first;
  if (name === 'kaggle' && args.some(({ value }) => value === 'download'))
    return args.find(({ value }) => value === 'download');
  if (name === 'git' && first?.value === 'lfs' && second?.value === 'pull') return second;
  if (name === 'aws' && first?.value === 's3' && /^(?:cp|sync)$/.test(second?.value ?? '') && holds)
    return second;
  if (name === 'gsutil' && holds) return args.find(({ value }) => /^(?:cp|rsync)$/.test(value));
  return undefined;
}
