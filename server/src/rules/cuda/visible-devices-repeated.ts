import { imagesWithVisibleDevices } from '../../data/cuda-packages.ts';
import { baseImage } from '../../facts/base-images.ts';
import { removePair } from '../../facts/pair-edits.ts';
import { lineage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

const name = 'NVIDIA_VISIBLE_DEVICES';

export default defineRule({
  code: 'visible-devices-repeated',
  name: 'visible-devices-repeated',
  aliases: ['tally/gpu/no-hardcoded-visible-devices'],
  since: '0.2.0',
  severity: 'style',
  family: 'cuda',
  summary: 'ENV says again what the image of NVIDIA says',
  why: '`NVIDIA_VISIBLE_DEVICES=all` is what the images of nvidia/cuda, and those that are built on them, set already. To say it again does no harm and nothing else. On an image that does not come from NVIDIA the line is needed.',
  messages: {
    again: '`NVIDIA_VISIBLE_DEVICES=all` is set by the base image already. Leave it out.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12\nENV NVIDIA_VISIBLE_DEVICES=all', note: 'needed on a plain image' },
      {
        code: 'FROM nvidia/cuda:12.9.1-base-ubuntu22.04\nENV NVIDIA_VISIBLE_DEVICES=void\nENV NVIDIA_VISIBLE_DEVICES=all',
        note: 'it was changed before',
      },
    ],
    bad: [
      {
        code: 'FROM nvcr.io/nvidia/pytorch:25.06-py3\nENV A=1 \\\n    ⟦NVIDIA_VISIBLE_DEVICES="all"⟧\nRUN true',
        fixed: 'FROM nvcr.io/nvidia/pytorch:25.06-py3\nENV A=1\nRUN true',
      },
    ],
  },
  create: () => ({
    ENV(env, { facts, report }) {
      const stage = facts.stageOf(env);
      if (!stage || !imagesWithVisibleDevices.test(baseImage(stage).repository)) return;
      const pair = env.node.pairs.find(
        ({ key, value }) => key.value === name && value?.value.trim() === 'all',
      );
      if (!pair) return;
      const isChanged = lineage(stage).some(({ instructions }) =>
        instructions.some(({ node, index }) => index < env.index && node.text.includes(name)),
      );
      if (isChanged) return;
      report(env.at(pair), 'again', undefined, (): Fix | undefined => {
        const edit = removePair(facts.file, env, pair);
        const safety = stage.from.node.imageWord?.value.includes('nvidia/cuda') ? 'safe' : 'unsafe';
        return edit && { title: `Remove ${name}`, safety, edits: [edit] };
      });
    },
  }),
});
