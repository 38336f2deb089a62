import { unusedAccount } from '../../facts/accounts.ts';
import { osFamily, staysRoot } from '../../facts/base-images.ts';
import { isPythonProject, purposeOf, startCommand } from '../../facts/python-project.ts';
import { isToWorkIn } from '../../facts/shipped-stages.ts';
import { effective, lineage } from '../../facts/stages.ts';
import { isTemplate } from '../../facts/templates.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'final-stage-root',
  name: 'final-stage-root',
  aliases: [],
  since: '0.1.0',
  severity: 'info',
  family: 'user',
  summary: 'A Python or GPU image never leaves root',
  why: 'Of 1,528 Dockerfiles of machine-learning projects read in November 2026, 1,257 end as root. Files that a training run writes to a bind mount then belong to root, and the day the image runs as another user it fails on caches below `/root`: set `HF_HOME`, `TORCH_HOME`, `NUMBA_CACHE_DIR` and `MPLCONFIGDIR` to folders of the new user together with `USER`. The rule looks at images for Python, machine learning or GPUs only: such a base, a start command of that kind, or an install from requirements. It is silent where the base switches the user itself, where it is not an image known to stay root (an image of your own may have a user), and where an entrypoint drops root with gosu or su-exec. Clusters that set a user from outside may leave it out.',
  messages: {
    root: 'No USER is set, so the {what} runs as root. Write `RUN {create}` and `USER app` above the start command.',
    inside:
      'No USER is set, so the {what} runs as root. Write `RUN {create}`, `USER app` and a WORKDIR that this user can enter above the start command, as `/root` is closed to it.',
    open: 'No USER is set, so whatever is started from this image runs as root, and what it writes to mounted folders belongs to root. Write `RUN {create}` and `USER app` at the end, unless whoever starts it names a user.',
    models:
      'No USER is set, so the {what} runs as root. Write `RUN {create}` and `USER app` above the start command, and point caches such as HF_HOME at a folder of that user.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\n{% include "user.j2" %}\nCMD ["python", "app.py"]',
        note: 'what Jinja puts in is not known',
      },
      {
        code: 'FROM python:3.12-slim\nENV HF_HOME=/home/app/.cache/huggingface\nRUN useradd -m app\nUSER app\nCMD ["uvicorn","app:app"]',
      },
      { code: 'FROM quay.io/jupyter/base-notebook:2025-06-30\nCMD ["start-notebook.py"]' },
      { code: 'FROM gcr.io/distroless/python3-debian12:nonroot\nCMD ["app.py"]' },
      { code: 'FROM bitnami/pytorch:2.7.1\nCMD ["python", "train.py"]' },
      { code: 'FROM python:3.12 AS base\nUSER app\nFROM base\nCMD ["python", "app.py"]' },
      {
        code: 'FROM python:3.12\nRUN useradd app\nCMD ["python", "app.py"]',
        note: 'left to user-created-but-never-used',
      },
      { code: 'FROM python:3.12\nUSER root\nCMD ["python", "app.py"]', note: 'left to DL3002' },
      { code: 'FROM python:3.12\nRUN apt-get install -y gosu\nENTRYPOINT ["/entrypoint.sh"]' },
      { code: 'FROM team/base:1.4\nCMD ["python", "app.py"]', note: 'the base is not known' },
      { code: 'ARG BASE\nFROM ${BASE}\nCMD ["python", "app.py"]' },
      {
        code: 'FROM nginx:1.29\nCOPY site /usr/share/nginx/html',
        note: 'neither Python nor machine learning',
      },
      { code: 'FROM python:3.12 AS build\nRUN pip wheel .\nFROM scratch\nCOPY --from=build /dist /' },
    ],
    bad: [
      { code: 'FROM ⟦python:3.12-slim⟧\nCMD ["uvicorn","app:app"]' },
      { code: 'FROM ⟦pytorch/pytorch:2.7.1-cuda12.6-cudnn9-runtime⟧\nCMD ["python","serve.py"]' },
      { code: 'FROM python:3.12 AS base\nRUN true\nFROM ⟦base⟧\nEXPOSE 8000' },
      { code: 'FROM ⟦ubuntu:24.04⟧\nRUN pip install -r requirements.txt' },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const stage = facts.finalStage;
      const image = stage?.from.node.imageWord;
      if (!stage || !image || effective(stage, 'USER') || !staysRoot(stage)) return;
      if (isTemplate(facts.file)) return;
      const dropsRoot = lineage(stage).some(({ instructions }) =>
        instructions.some(({ node }) => /\b(?:gosu|su-exec|setpriv)\b/.test(node.text)),
      );
      // user-created-but-never-used says it better.
      if (dropsRoot || unusedAccount(facts, stage) || !isPythonProject(facts, stage)) return;
      // What runs in it is not said here: a base image, or one to work in.
      const create = osFamily(stage) === 'alpine' ? 'adduser -D app' : 'useradd --create-home app';
      const isOpen = startCommand(stage) === '' || isToWorkIn(stage);
      if (isOpen && purposeOf(stage) === 'container') return report(stage.from.at(image), 'open', { create });
      const isOfModels =
        /huggingface|transformers|diffusers|\bvllm\b|\bHF_|from_pretrained|sentence[-_]/i.test(
          facts.file.text,
        );
      const isInside = /^["']?\/root\b/.test(effective(stage, 'WORKDIR')?.node.args[0]?.raw ?? '');
      const id = isInside ? 'inside' : isOfModels ? 'models' : 'root';
      report(stage.from.at(image), id, { what: purposeOf(stage), create });
    },
  }),
});
