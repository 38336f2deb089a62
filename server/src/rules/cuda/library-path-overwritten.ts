import { baseImage } from '../../facts/base-images.ts';
import { cudaImage } from '../../facts/cuda.ts';
import { lineage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'library-path-overwritten',
  name: 'library-path-overwritten',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'cuda',
  summary: 'LD_LIBRARY_PATH loses the folders that the CUDA image put there',
  why: 'Images of nvidia/cuda set LD_LIBRARY_PATH to the folders into which the NVIDIA Container Toolkit of older versions puts the driver (NVIDIA’s Dockerfiles for nvidia/cuda, `/usr/local/nvidia/lib`). A new value without the old one hides them, and CUDA then reports that no driver is found.',
  messages: {
    overwritten:
      'This drops what the CUDA image has in LD_LIBRARY_PATH. Append `:$LD_LIBRARY_PATH` to the value.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: `FROM nvidia/cuda:12.8.1-runtime-ubuntu22.04\nENV LD_LIBRARY_PATH=/opt/lib:\${LD_LIBRARY_PATH}`,
      },
      {
        code: 'FROM nvidia/cuda:12.8.1-runtime-ubuntu22.04\nENV LD_LIBRARY_PATH=/usr/local/nvidia/lib:/usr/local/nvidia/lib64:/opt/lib',
      },
      { code: 'FROM python:3.12\nENV LD_LIBRARY_PATH=/opt/lib' },
      {
        code: 'FROM nvidia/cuda:12.8.1-runtime-ubuntu22.04\nARG PATHS\nENV LD_LIBRARY_PATH=$PATHS',
        note: 'the value is not known',
      },
    ],
    bad: [
      {
        code: 'FROM nvidia/cuda:12.8.1-runtime-ubuntu22.04\nENV ⟦LD_LIBRARY_PATH=/opt/lib⟧',
        fixed: `FROM nvidia/cuda:12.8.1-runtime-ubuntu22.04\nENV LD_LIBRARY_PATH=/opt/lib:\${LD_LIBRARY_PATH}`,
      },
      {
        code: 'FROM nvidia/cuda:12.8.1-devel-ubuntu22.04 AS a\nFROM a\nENV A=1 ⟦LD_LIBRARY_PATH="/opt/my lib"⟧ B=2',
        fixed: `FROM nvidia/cuda:12.8.1-devel-ubuntu22.04 AS a\nFROM a\nENV A=1 LD_LIBRARY_PATH="/opt/my lib:\${LD_LIBRARY_PATH}" B=2`,
      },
    ],
  },
  create: () => ({
    ENV(env, { facts, report }) {
      const stage = facts.stageOf(env);
      for (const pair of env.node.pairs) {
        const { key, value } = pair;
        if (key.value !== 'LD_LIBRARY_PATH' || !value || /\$|\/nvidia\//.test(value.value)) continue;
        // Those on Amazon Linux and others are said not to set it.
        if (
          !stage ||
          !cudaImage(stage) ||
          !/-(?:ubuntu|ubi|rockylinux|centos)[\d.]+$/.test(baseImage(stage).tag ?? '')
        )
          continue;
        // Only the first change is about what the image set.
        const isLater = lineage(stage).some(({ instructions }) =>
          instructions.some(
            ({ node, index }) =>
              index < env.index && node.keyword === 'ENV' && /LD_LIBRARY_PATH/.test(node.text),
          ),
        );
        if (isLater) continue;
        const { end } = env.at(value);
        const quote = /["']$/.test(value.raw) ? 1 : 0;
        report(env.at(pair), 'overwritten', undefined, () =>
          value.raw.endsWith("'")
            ? undefined
            : {
                title: 'Append the value of the image',
                safety: 'unsafe',
                edits: [{ span: { start: end - quote, end: end - quote }, text: `:\${LD_LIBRARY_PATH}` }],
              },
        );
      }
    },
  }),
});
