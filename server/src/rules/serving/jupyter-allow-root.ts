import { baseImage } from '../../facts/base-images.ts';
import { effective } from '../../facts/stages.ts';
import { isRoot, userName } from '../../facts/users.ts';
import { defineRule } from '../../lint/rule.ts';

/** Images that are made to run as root. */
const rootByDesign = /^(?:nvidia|tensorflow|pytorch|rocm|intel|rapidsai)\//;

export default defineRule({
  code: 'jupyter-allow-root',
  name: 'jupyter-allow-root',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'serving',
  summary: 'Jupyter runs as root',
  why: 'Notebooks and files that a root server writes into a mounted folder belong to root, and the kernel may do anything in the container, which with a mounted Docker socket is the host. `--allow-root` is there because Jupyter refuses to start so otherwise. Create a user and switch to it with USER, as the images of Jupyter’s docker-stacks do. Left alone are NVIDIA’s, TensorFlow’s and PyTorch’s images, which are made to run as root.',
  messages: {
    root: 'Jupyter runs as root here, so files that it writes into mounted folders belong to root. Write `RUN useradd --create-home app` above what is copied for it, give that user its files by `COPY --chown=app` or `chown`, and write `USER app` above the start command in place of `--allow-root`; what lies in `/root` has to move to `/home/app`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM quay.io/jupyter/pytorch-notebook:cuda12-2025-06-30\nCMD ["start-notebook.py"]' },
      { code: 'FROM nvcr.io/nvidia/pytorch:25.06-py3\nCMD jupyter notebook --allow-root' },
      { code: 'FROM python:3.12-slim\nRUN useradd -m nb\nUSER nb\nCMD ["jupyter", "lab", "--ip=0.0.0.0"]' },
      {
        code: 'FROM python:3.12-slim\nUSER nb\nCMD ["jupyter", "lab", "--allow-root"]',
        note: 'it has no effect',
      },
    ],
    bad: [
      { code: 'FROM python:3.12-slim\nCMD ["jupyter", "lab", "⟦--allow-root⟧", "--ip=0.0.0.0"]' },
      { code: 'FROM ubuntu:24.04\nENTRYPOINT jupyter notebook ⟦--allow-root⟧' },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const stage = facts.finalStage;
      if (!stage || !facts.file.joined.includes('--allow-root')) return;
      const user = effective(stage, 'USER');
      if (user && !isRoot(userName(facts.file, stage, user) ?? '')) return;
      if (rootByDesign.test(baseImage(stage).repository)) return;
      for (const it of [effective(stage, 'CMD'), effective(stage, 'ENTRYPOINT')]) {
        const at = it?.node.text.indexOf('--allow-root') ?? -1;
        if (it && at >= 0 && /jupyter|notebook/.test(it.node.text))
          return report(it.at({ from: at, to: at + '--allow-root'.length }), 'root');
      }
    },
  }),
});
