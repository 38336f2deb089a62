import type { FileFacts } from '../../facts/file-facts.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Dockerfile, Instruction, Word } from '../../syntax/tree.ts';
import { remember } from '../../text/remember.ts';

const name = 'NVIDIA_DRIVER_CAPABILITIES';
/**
 * What draws, decodes or shows a desktop, by the names of its packages and images: such an image needs more of the driver.
 * `libgl1` is none, as OpenCV asks for it without drawing.
 */
const graphics =
  /opengl|glvnd|cudagl|vulkan|libegl|osmesa|\bglx?\b|x11|xorg|xserver|xfce|lxde|gnome|\bkde\b|vnc|desktop|virtualgl|render|nvenc|nvdec|nvcuvid|ffmpeg|gstreamer|video|\bros[:-]|osrf|isaac|omniverse|sapien|mujoco|gazebo|habitat|carla|unreal|blender|display/i;

export default defineRule({
  code: 'driver-capabilities-all',
  name: 'driver-capabilities-all',
  aliases: ['tally/gpu/prefer-minimal-driver-capabilities'],
  since: '0.2.0',
  severity: 'info',
  family: 'cuda',
  summary: 'The container asks for every part of the GPU driver',
  why: 'NVIDIA_DRIVER_CAPABILITIES says which parts of the host’s driver are mounted into the container. `all` adds those for graphics, video and displays to the two that training and inference need, `compute,utility`, and a start fails where the host lacks one of them (NVIDIA Container Toolkit, "Specialized configurations with Docker"). Name the ones that are used: `compute,utility,video` for decoding, `compute,utility,graphics` for rendering. Silent where anything in the file draws, decodes video or shows a desktop.',
  messages: {
    all: 'The container asks for every part of the GPU driver. Name those that it needs: `compute,utility` for computing, and `graphics` or `video` only for what draws or decodes.',
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
      {
        code: 'FROM osrf/ros:noetic-desktop-full\nENV NVIDIA_DRIVER_CAPABILITIES=all',
        note: 'a desktop',
      },
      {
        code: 'FROM python:3.12\nRUN apt-get install -y libvulkan1 vulkan-tools\nENV NVIDIA_DRIVER_CAPABILITIES=all',
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
      if (!pair?.value || isReplaced(facts, env) || drawsOrShows(facts.file)) return;
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

const drawsOrShows = remember(({ text }: Dockerfile): boolean => graphics.test(text));

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
