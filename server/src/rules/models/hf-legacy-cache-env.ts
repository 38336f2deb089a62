import { lineage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';

const names = new Set(['TRANSFORMERS_CACHE', 'PYTORCH_TRANSFORMERS_CACHE', 'PYTORCH_PRETRAINED_BERT_CACHE']);
const current = new Set(['HF_HUB_CACHE', 'HF_HOME']);

export default defineRule({
  code: 'hf-legacy-cache-env',
  name: 'hf-legacy-cache-env',
  aliases: [],
  since: '0.2.0',
  severity: 'style',
  family: 'models',
  summary: 'The cache of Hugging Face is set by a variable of old',
  why: '`TRANSFORMERS_CACHE` and its predecessors are not read any more by transformers 5 (none is left in 5.0 and 5.24; 4.57 reads it), so models are downloaded into the home folder, which a read-only container or another user cannot write. They mean the folder of downloaded repositories, which `HF_HUB_CACHE` names today; `HF_HOME` is the folder above it, for all libraries. `HUGGINGFACE_HUB_CACHE` is left alone: huggingface_hub reads it still, and servers such as text-generation-inference have an option of that name.',
  messages: {
    old: '`{name}` is an old name, which new releases of transformers do not read. Set `HF_HUB_CACHE` to this folder.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12\nENV HF_HOME=/cache' },
      { code: 'FROM python:3.12\nENV HF_HUB_CACHE=/data' },
      { code: 'FROM python:3.12\nENV HUGGINGFACE_HUB_CACHE=/data', note: 'it is read still' },
      {
        code: 'FROM python:3.12\nENV HF_HOME=/cache\nENV TRANSFORMERS_CACHE=/cache/hub',
        note: 'both, for old and new releases',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12\nENV ⟦TRANSFORMERS_CACHE⟧=/cache',
        fixed: 'FROM python:3.12\nENV HF_HUB_CACHE=/cache',
      },
      {
        code: 'FROM python:3.12\nENV A=b ⟦PYTORCH_TRANSFORMERS_CACHE⟧=/data',
        fixed: 'FROM python:3.12\nENV A=b HF_HUB_CACHE=/data',
      },
    ],
  },
  create: () => ({
    ENV(env, { facts, report }) {
      const pair = env.node.pairs.find(({ key }) => names.has(key.value));
      if (!pair) return;
      const stage = facts.stageOf(env);
      const stages = stage ? lineage(stage) : [];
      const all = [...stages.flatMap((one) => one.byKeyword.get('ENV') ?? []), env];
      const isSet = all.some(
        ({ node }) => node.keyword === 'ENV' && node.pairs.some(({ key }) => current.has(key.value)),
      );
      if (isSet) return;
      const span = env.at(pair.key);
      // One of several old names, each with the same meaning, would be set twice.
      const isOnly = env.node.pairs.filter(({ key }) => names.has(key.value)).length === 1;
      report(span, 'old', { name: pair.key.value }, () =>
        isOnly
          ? { title: 'Use HF_HUB_CACHE', safety: 'unsafe', edits: [{ span, text: 'HF_HUB_CACHE' }] }
          : undefined,
      );
    },
  }),
});
