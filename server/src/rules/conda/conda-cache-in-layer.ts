import { isInMount, isMountedAway } from '../../facts/mounts.ts';
import { appendCommand } from '../../facts/run-edits.ts';
import { shippedStage } from '../../facts/shipped-stages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';
import { inOrder } from '../../text/in-order.ts';

const programs = /^(?:conda|mamba|micromamba)$/;
const removesPackages = (text: string) =>
  inOrder(text, /[&;|\n]/, /\brm\s/, /pkgs|\/opt\/conda|conda\//) ||
  inOrder(text, /[&;|]/, /find\s/, /-delete/);

export default defineRule({
  code: 'conda-cache-in-layer',
  name: 'conda-cache-in-layer',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'conda',
  summary: 'conda leaves its downloads in the image',
  why: 'conda keeps the archive of each package and its unpacked files below `pkgs`, besides linking them into the environment, so an image of PyTorch is larger by gigabytes. `conda clean` of a later RUN does not help, as the layer below keeps them (micromamba-docker documentation, "Use a clean-up in the same RUN"). A cache mount at `/opt/conda/pkgs` keeps them out as well.',
  messages: {
    kept: '{program} keeps its downloads in the image. Append `&& {program} clean -afy` to this RUN.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM continuumio/miniconda3:25.3.1-1\nRUN conda install -y -c conda-forge numpy=2.3 && conda clean -afy',
      },
      {
        code: 'FROM mambaorg/micromamba:2.3.0\nRUN --mount=type=cache,target=/opt/conda/pkgs micromamba install -y -n base -c conda-forge numpy=2.3',
      },
      { code: 'FROM continuumio/miniconda3:25.3.1-1\nRUN conda install -y numpy; rm -rf /opt/conda/pkgs' },
      {
        code: 'FROM continuumio/miniconda3:25.3.1-1 AS build\nRUN conda create -y -p /env python\nFROM debian:12\nCOPY --from=build /env /env',
      },
      { code: 'FROM continuumio/miniconda3:25.3.1-1\nRUN conda run -n ml pip install --no-cache-dir numpy' },
      { code: 'FROM continuumio/miniconda3:25.3.1-1\nRUN conda config --set channel_priority strict' },
    ],
    bad: [
      {
        code: 'FROM continuumio/miniconda3:25.3.1-1\nRUN conda ⟦install⟧ -y -c conda-forge numpy',
        fixed:
          'FROM continuumio/miniconda3:25.3.1-1\nRUN conda install -y -c conda-forge numpy && conda clean -afy',
      },
      {
        code: 'FROM mambaorg/micromamba:2.3.0\nRUN micromamba ⟦install⟧ -y -n base -c conda-forge numpy\nRUN micromamba clean -afy',
        fixed:
          'FROM mambaorg/micromamba:2.3.0\nRUN micromamba install -y -n base -c conda-forge numpy && micromamba clean -afy\nRUN micromamba clean -afy',
      },
      {
        code: 'FROM condaforge/miniforge3:25.3.1-0\nRUN mamba env ⟦create⟧ -f /tmp/environment.yml',
        fixed:
          'FROM condaforge/miniforge3:25.3.1-0\nRUN mamba env create -f /tmp/environment.yml && mamba clean -afy',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const { text } = run.node;
      if (!/conda|mamba/.test(text) || removesPackages(text)) return;
      if (!shippedStage(facts, run)) return;
      if (isMountedAway(run.node, '/pkgs', false) || isInMount(run.node, ['/opt/conda/pkgs'])) return;
      const commands = facts.commands(run);
      const at = commands.findLastIndex((command) => fills(command) !== undefined);
      const command = commands[at];
      const verb = command && fills(command);
      if (!verb || commands.slice(at).some(cleans)) return;
      const program = command.name;
      report(
        run.at(verb),
        'kept',
        { program },
        () => {
          const edit = appendCommand(facts, run, `${program} clean -afy`);
          return edit && { title: `Append ${program} clean`, safety: 'safe', edits: [edit] };
        },
        { repair: { name: 'cache' } },
      );
    },
  }),
});

/** The word by which a command fills the cache: of `conda run … pip install` pip does, elsewhere. */
function fills({ name, args }: ShellCommand) {
  if (!programs.test(name) || args.some(({ value }) => /^(?:--dry-run|--help|-h)$/.test(value)))
    return undefined;
  const [first, second] = args.filter(({ value }) => !value.startsWith('-'));
  const verb = first?.value === 'env' ? second : first;
  return /^(?:install|create|update)$/.test(verb?.value ?? '') ? verb : undefined;
}

const cleans = ({ name, args }: ShellCommand) =>
  programs.test(name) && args.some(({ value }) => value === 'clean');
