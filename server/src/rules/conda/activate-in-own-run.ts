import { shellNames } from '../../data/command-wrappers.ts';
import { baseImage } from '../../facts/base-images.ts';
import { replaceRun } from '../../facts/run-edits.ts';
import { shellInForce } from '../../facts/shells.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';

export default defineRule({
  code: 'activate-in-own-run',
  name: 'activate-in-own-run',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'conda',
  summary: 'An environment is activated at the end of a RUN',
  why: 'Each RUN is a shell of its own: what `conda activate` or `source …/bin/activate` sets is gone with it, and the next install goes into the base environment or the system (Dockerfile reference, "RUN"). `conda activate` even fails where the shell was not prepared for it. `ENV PATH=…/bin:$PATH` activates an environment for all that follows, the container too.',
  messages: {
    gone: 'The activation ends with this RUN, and the next one runs without it. Write `ENV PATH={path}:$PATH` in place of this RUN.',
    among:
      'The activation ends with this RUN, and the next one runs without it. Delete it here, and write `ENV PATH={path}:$PATH` below this RUN.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM continuumio/miniconda3:25.3.1-1\nENV PATH=/opt/conda/envs/ml/bin:$PATH\nRUN pip install numpy',
      },
      { code: 'FROM continuumio/miniconda3:25.3.1-1\nRUN conda run -n base pip install numpy' },
      { code: 'FROM python:3.12\nRUN python -m venv /v && . /v/bin/activate && pip install numpy' },
      { code: 'FROM python:3.12\nRUN source /opt/ros/humble/setup.bash' },
    ],
    bad: [
      {
        code: 'FROM continuumio/miniconda3:25.3.1-1\nRUN conda ⟦activate⟧ ml\nRUN pip install numpy',
        fixed:
          'FROM continuumio/miniconda3:25.3.1-1\nENV PATH=/opt/conda/envs/ml/bin:$PATH\nRUN pip install numpy',
      },
      {
        code: 'FROM python:3.12\nRUN python -m venv /opt/venv\nRUN . ⟦/opt/venv/bin/activate⟧\nRUN pip install numpy',
        fixed:
          'FROM python:3.12\nRUN python -m venv /opt/venv\nENV PATH=/opt/venv/bin:$PATH\nRUN pip install numpy',
      },
      {
        code: 'FROM continuumio/miniconda3:25.3.1-1\nRUN conda create -y -n ml python=3.12 && conda ⟦activate⟧ ml\nRUN pip install numpy',
      },
      { code: 'FROM ubuntu:24.04\nRUN /bin/bash -c "source ⟦activate⟧ ml"' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!/\bactivate\b/.test(run.node.text)) return;
      const commands = facts.commands(run).filter(({ name }) => !shellNames.has(name));
      const command = commands.at(-1);
      const found = command && activation(command);
      if (!found || shellInForce(facts, run).some((word) => /conda|mamba/.test(word))) return;
      const stage = facts.stageOf(run);
      const isConda = /(?:^|\/)(?:miniconda|anaconda|miniforge|mambaforge)\d?$/.test(
        stage ? baseImage(stage).repository : '',
      );
      const known =
        found.path ?? (isConda && /^[\w-]+$/.test(found.name) ? condaPath(found.name) : undefined);
      const isAlone = commands.length === 1;
      report(
        run.at(found.word),
        isAlone ? 'gone' : 'among',
        { path: known ?? '<folder of the environment>/bin' },
        () => {
          const edit =
            known === undefined || !isAlone
              ? undefined
              : replaceRun(facts, run, 'ENV', `PATH=${known}:$PATH`);
          return edit && { title: 'Set PATH in its place', safety: 'unsafe', edits: [edit] };
        },
      );
    },
  }),
});

const condaPath = (name: string) => (name === 'base' ? '/opt/conda/bin' : `/opt/conda/envs/${name}/bin`);

function activation({ name, args }: ShellCommand) {
  const [first, second] = args;
  if (/^(?:conda|mamba|micromamba)$/.test(name) && first?.value === 'activate')
    return { word: first, name: second?.value ?? 'base', path: undefined };
  if (!/^(?:source|\.)$/.test(name) || !first) return undefined;
  if (/(?:^|\/)activate$/.test(first.value)) {
    const path = /^(\/[\w./-]+\/bin)\/activate$/.exec(first.value)?.[1];
    // conda's own script takes the name of the environment.
    return { word: first, name: second?.value ?? '', path: second ? undefined : path };
  }
  return undefined;
}
