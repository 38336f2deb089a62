import type { FileFacts } from '../../facts/file-facts.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction, Word } from '../../syntax/tree.ts';
import { remember } from '../../text/remember.ts';

const name = 'NVIDIA_DRIVER_CAPABILITIES';

export default defineRule({
  code: 'driver-capabilities-all',
  name: 'driver-capabilities-all',
  aliases: ['tally/gpu/prefer-minimal-driver-capabilities'],
  since: '0.2.0',
  severity: 'info',
  family: 'cuda',
  summary: 'The container asks for every part of the GPU driver',
  why: 'NVIDIA_DRIVER_CAPABILITIES says which parts of the host’s driver are mounted into the container. `all` adds those for graphics, video and displays to the two that training and inference need, `compute,utility`, and a start fails where the host lacks one of them (NVIDIA Container Toolkit, "Specialized configurations with Docker"). Name the ones that are used: `compute,utility,video` for decoding, `compute,utility,graphics` for rendering.',
  messages: {
    all: 'The container asks for every part of the GPU driver. Name those that it needs, mostly `compute,utility`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12\nENV NVIDIA_DRIVER_CAPABILITIES=compute,utility' },
      { code: 'FROM python:3.12\nARG CAPS=all\nENV NVIDIA_DRIVER_CAPABILITIES=$CAPS' },
      { code: 'FROM python:3.12\nENV NVIDIA_VISIBLE_DEVICES=all' },
      {
        code: 'FROM python:3.12\nENV NVIDIA_DRIVER_CAPABILITIES=all\nENV NVIDIA_DRIVER_CAPABILITIES=compute,utility',
        note: 'the last one counts',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12\nENV NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=⟦all⟧',
        fixed: 'FROM python:3.12\nENV NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility',
      },
      {
        code: 'FROM python:3.12\nENV NVIDIA_DRIVER_CAPABILITIES ⟦ALL⟧',
        fixed: 'FROM python:3.12\nENV NVIDIA_DRIVER_CAPABILITIES compute,utility',
      },
      {
        code: 'FROM python:3.12\nENV A=1 \\\n    NVIDIA_DRIVER_CAPABILITIES=⟦"all"⟧',
        fixed: 'FROM python:3.12\nENV A=1 \\\n    NVIDIA_DRIVER_CAPABILITIES=compute,utility',
      },
    ],
  },
  create: () => ({
    ENV(env, { facts, report }) {
      const isAll = (value: Word | undefined) => value?.value.toLowerCase() === 'all';
      const pair = env.node.pairs.find(({ key, value }) => key.value === name && isAll(value));
      if (!pair?.value || isReplaced(facts, env)) return;
      const span = env.at(pair.value);
      report(span, 'all', undefined, (): Fix => {
        return {
          title: 'Ask for compute,utility',
          safety: 'unsafe',
          edits: [{ span, text: 'compute,utility' }],
        };
      });
    },
  }),
});

/** Whether an ENV below says something else to whoever starts the image. */
function isReplaced({ finalStage, stageOf }: FileFacts, env: Instruction): boolean {
  const stage = stageOf(env);
  const stages = stage && finalStage && lineage(finalStage).includes(stage) ? lineage(finalStage) : [stage];
  return stages.some((one) => one !== undefined && lastSetting(one) > env.index);
}

/** The index of the last ENV of a stage that sets it. */
const lastSetting = remember(
  ({ byKeyword }: Stage): number =>
    byKeyword
      .get('ENV')
      ?.findLast(({ node }) => node.keyword === 'ENV' && node.pairs.some(({ key }) => key.value === name))
      ?.index ?? -1,
);
