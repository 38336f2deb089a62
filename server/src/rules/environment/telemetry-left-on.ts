import { type Telemetry, telemetry } from '../../data/telemetry.ts';
import { pythonPackages } from '../../facts/python-packages.ts';
import { lineage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { insertLineAbove, likeKeyword } from '../../text/edit.ts';

export default defineRule({
  code: 'telemetry-left-on',
  name: 'telemetry-left-on',
  aliases: ['tally/prefer-telemetry-opt-out'],
  since: '0.2.0',
  severity: 'info',
  offByDefault: true,
  family: 'environment',
  summary: 'A Python package reports its use, and is not told to stop',
  why: 'Some packages send home which functions are used and on what system, from a cluster as well as from a laptop. Where the network is closed, the attempts cost time at each start. Each has a variable that turns it off, such as `HF_HUB_DISABLE_TELEMETRY=1` for Hugging Face (huggingface_hub, "Environment variables"). Whether to send is a choice, so the rule is off until a configuration gives it a level.',
  messages: {
    reports: '`{name}` reports its use over the network. Set `{variable}={value}` to turn that off.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.12\nENV HF_HUB_DISABLE_TELEMETRY=1\nRUN pip install transformers' },
      { code: 'FROM python:3.12\nRUN pip install transformers\nENV DO_NOT_TRACK=1' },
      { code: 'FROM python:3.12 AS build\nRUN pip install gradio\nFROM python:3.12', note: 'a builder' },
      { code: 'FROM python:3.12\nRUN pip install numpy' },
    ],
    bad: [
      {
        code: 'FROM python:3.12\nRUN pip install numpy ⟦transformers==4.52.4⟧ datasets',
        fixed:
          'FROM python:3.12\nENV HF_HUB_DISABLE_TELEMETRY=1\nRUN pip install numpy transformers==4.52.4 datasets',
      },
      {
        code: 'FROM python:3.12\nRUN uv pip install --system ⟦"vllm>=0.9"⟧',
        fixed: 'FROM python:3.12\nENV VLLM_NO_USAGE_STATS=1\nRUN uv pip install --system "vllm>=0.9"',
      },
      {
        code: 'FROM python:3.12 AS base\nRUN pip install ⟦ray[serve]⟧\nFROM base',
        fixed:
          'FROM python:3.12 AS base\nENV RAY_USAGE_STATS_ENABLED=0\nRUN pip install ray[serve]\nFROM base',
      },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const stages = facts.finalStage ? lineage(facts.finalStage).reverse() : [];
      const instructions = stages.flatMap((stage) => stage.instructions);
      const variables = new Set(
        instructions.flatMap(({ node }) =>
          node.keyword === 'ENV' ? node.pairs.map(({ key }) => key.value) : [],
        ),
      );
      if (variables.has('DO_NOT_TRACK')) return;
      for (const run of instructions) {
        for (const { word, name } of pythonPackages(facts, run)) {
          const known = telemetry.find(({ packages }) => packages.test(name));
          if (!known || variables.has(known.variable)) continue;
          const { variable, value } = known;
          variables.add(variable);
          report(run.at(word), 'reports', { name, variable, value }, (): Fix => {
            const line = `${likeKeyword('ENV', run.node.keywordWord.raw)} ${assign(known)}`;
            const edits = [insertLineAbove(facts.file.text, run.span.start, line)];
            return { title: `Set ${assign(known)}`, safety: 'unsafe', edits };
          });
        }
      }
    },
  }),
});

const assign = ({ variable, value }: Telemetry) => `${variable}=${value}`;
