import { hasFlag } from '../../facts/command-flags.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';

export default defineRule({
  code: 'upgrade-of-everything',
  name: 'upgrade-of-everything',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'reproducibility',
  dependsOn: 'instruction',
  summary: 'All Python packages are moved to their newest releases',
  why: '`conda update --all` and `pip list … | xargs pip install -U` take the newest release of everything that is there, so each build makes another image, the versions that were chosen before hold no longer, and pip does not ask whether the packages still fit each other (pip documentation, "install --upgrade"). What the base image brought stays in its layers, so the image grows by a second copy. Take a newer base image, or name what is to be newer.',
  messages: {
    all: 'This takes the newest release of every installed package, so each build brings others. Delete it, or name the packages that must be newer, with their versions.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM continuumio/miniconda3:25.3.1-1\nRUN conda update -n base conda && conda clean --all' },
      { code: 'FROM python:3.12\nRUN pip install -U numpy==2.1.0 && pip list --outdated' },
      { code: 'FROM python:3.12\nRUN cat requirements.txt | xargs -n1 pip install' },
    ],
    bad: [
      { code: 'FROM continuumio/miniconda3:25.3.1-1\nRUN ⟦conda update -y --all⟧ && conda clean -afy' },
      {
        code: "FROM python:3.12\nRUN pip list --outdated | cut -d' ' -f1 | xargs -n1 ⟦pip install --upgrade⟧",
      },
      { code: 'FROM python:3.12\nRUN ⟦pip install -U $(pip freeze | cut -d= -f1)⟧' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!/--all|pip/.test(run.node.text)) return;
      const lists = /\bpip[\d.]*\s(?:list|freeze)\b/.test(run.node.text);
      const found = facts
        .commands(run)
        .find((command) => updatesAll(command) || (lists && upgradesListed(command)));
      if (found)
        report(
          run.at(
            found.wrappers.length > 0 ? { from: found.nameWord?.from ?? found.from, to: found.to } : found,
          ),
          'all',
        );
    },
  }),
});

const updatesAll = (command: ShellCommand) =>
  /^(?:conda|mamba|micromamba)$/.test(command.name) &&
  /^(?:update|upgrade)$/.test(command.args.find(({ value }) => !value.startsWith('-'))?.value ?? '') &&
  command.args.some(({ value }) => value === '--all');

/** `pip install -U` behind `xargs`, or with a list that a command prints. */
const upgradesListed = (command: ShellCommand) =>
  /^pip[\d.]*$/.test(command.name) &&
  command.args.some(({ value }) => value === 'install') &&
  hasFlag(command, ['U', 'upgrade']) &&
  (command.wrappers.includes('xargs') || command.args.some(({ value }) => /^\$\(pip|^`pip/.test(value)));
