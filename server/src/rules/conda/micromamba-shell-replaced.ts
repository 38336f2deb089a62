import { baseImage } from '../../facts/base-images.ts';
import { shellInForce } from '../../facts/shells.ts';
import { stageSays } from '../../facts/stage-text.ts';
import { rootStage, type Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';

/** What brings the environment into play in another way. */
const otherWay =
  /micromamba\s(?:shell|run|activate)|conda\/(?:envs\/[\w.-]+\/)?bin|shell hook|_dockerfile_shell/;

export default defineRule({
  code: 'micromamba-shell-replaced',
  name: 'micromamba-shell-replaced',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'conda',
  summary: 'SHELL takes the place of the shell that activates the environment',
  why: 'The image of micromamba sets `SHELL ["/usr/local/bin/_dockerfile_shell.sh"]`, which activates the environment in each RUN where `MAMBA_DOCKERFILE_ACTIVATE` is 1 (micromamba-docker documentation, "Activating a conda environment for RUN commands"). Another SHELL does not, so `python` is not found, or is another one than that of the environment.',
  messages: {
    replaced:
      'This image activates its environment by a SHELL of its own, which is replaced above, so `{name}` is not that of the environment. Leave the SHELL out, or run it by `micromamba run {name}`.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM mambaorg/micromamba:2.1.0\nARG MAMBA_DOCKERFILE_ACTIVATE=1\nRUN python -c "import numpy"',
      },
      {
        code: 'FROM mambaorg/micromamba:2.1.0\nSHELL ["/bin/bash", "-c"]\nRUN micromamba run -n base python x.py',
      },
      {
        code: 'FROM mambaorg/micromamba:2.1.0\nSHELL ["/bin/bash", "-c"]\nENV PATH=/opt/conda/bin:$PATH\nRUN pip install x',
      },
      { code: 'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN pip install x' },
    ],
    bad: [
      {
        code: 'FROM mambaorg/micromamba:2.1.0\nARG MAMBA_DOCKERFILE_ACTIVATE=1\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN micromamba install -y -n base python=3.12\nRUN ⟦pip⟧ install torch==2.7.1',
      },
    ],
  },
  create: () => {
    const told = new Set<Stage>();
    return {
      RUN(run, { facts, report }) {
        const stage = facts.stageOf(run);
        if (!stage || told.has(stage) || !/\b(?:python|pip)/.test(run.node.text)) return;
        if (!/(?:^|\/)mambaorg\/micromamba$/.test(baseImage(stage).repository)) return;
        if (rootStage(stage).base.unknown.length > 0 || stageSays(stage, otherWay)) return;
        const shell = shellInForce(facts, run);
        const word = facts.commands(run).find(({ name }) => /^(?:python|pip)[\d.]*$/.test(name))?.nameWord;
        if (shell.length === 0 || !word || word.value.includes('/')) return;
        told.add(stage);
        report(run.at(word), 'replaced', { name: word.value });
      },
    };
  },
});
