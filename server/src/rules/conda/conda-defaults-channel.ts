import { baseImage } from '../../facts/base-images.ts';
import { hasFlag } from '../../facts/command-flags.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { lineage, rootStage, type Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';

/** What names other channels, or may. */
const otherChannels =
  /conda-forge|--override-channels|nodefaults|\.condarc|conda config|CONDA_CHANNELS|\s(?:-c|--channel)[\s=]/;

export default defineRule({
  code: 'conda-defaults-channel',
  name: 'conda-defaults-channel',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'conda',
  summary: 'Packages come from the default channels of Anaconda',
  why: 'Miniconda and Anaconda install from `defaults` unless told otherwise, whose terms of service ask larger organisations for a licence (anaconda.com/legal). Packages of `defaults` and `conda-forge` are built against different libraries and are best not mixed. `-c conda-forge --override-channels`, or an image of Miniforge, keeps to the community channel. Silent where the file names channels at all.',
  messages: {
    defaults:
      'This installs from the default channels of Anaconda, whose terms ask larger organisations for a licence. Name the channel: `--override-channels -c conda-forge`.',
    distribution:
      'The packages of `{image}` and of this install come from the channels of Anaconda, whose terms ask larger organisations for a licence. Where yours is one, start from `condaforge/miniforge3`, which has conda and Python of conda-forge and no other packages.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM continuumio/miniconda3:25.3.1-1\nRUN conda install -y --override-channels -c conda-forge pandas=2.3 && conda clean -afy',
      },
      { code: 'FROM condaforge/miniforge3:25.3.1-0\nRUN conda install -y pandas=2.3 && conda clean -afy' },
      { code: 'FROM continuumio/miniconda3:25.3.1-1\nCOPY .condarc /root/\nRUN conda install -y pandas' },
      { code: 'FROM continuumio/miniconda3:25.3.1-1\nRUN conda env create -f environment.yml' },
      {
        code: 'FROM continuumio/anaconda3:2025.06-1\nRUN conda update --all -y',
        note: 'the packages of the distribution',
      },
    ],
    bad: [
      {
        code: 'FROM continuumio/miniconda3:25.3.1-1\nRUN conda ⟦install⟧ -y pandas && conda clean -afy\nRUN conda install -y numpy',
      },
      {
        code: 'FROM continuumio/miniconda3:25.3.1-1\nCOPY environment.yml .\nRUN conda env ⟦create⟧ -f environment.yml',
        context: { 'environment.yml': 'channels: [defaults]\ndependencies: [python=3.12]\n' },
      },
      { code: 'FROM continuumio/anaconda3:2025.06-1\nRUN conda ⟦create⟧ -y -n ml python=3.12' },
    ],
  },
  create() {
    const reported = new Set<Stage>();
    return {
      RUN(run, { facts, report }) {
        const stage = facts.stageOf(run);
        if (!stage || !run.node.text.includes('conda') || reported.has(rootStage(stage))) return;
        if (!/^continuumio\/(?:mini|ana)conda3?$/.test(baseImage(stage).repository)) return;
        const isOther = lineage(stage).some(({ instructions }) =>
          instructions.some(({ node }) => otherChannels.test(node.text)),
        );
        if (isOther) return;
        for (const command of facts.commands(run)) {
          const { name, args } = command;
          const verb = args.find(({ value }) => /^(?:install|create|update)$/.test(value));
          const isEnvironment = args[0]?.value === 'env';
          if (!/^(?:conda|mamba)$/.test(name) || !verb || (args[0] !== verb && !isEnvironment)) continue;
          // From another channel it would replace the whole distribution.
          if (verb.value === 'update' && hasFlag(command, ['all'])) continue;
          // A file names channels of its own.
          if (isEnvironment ? !takesDefaults(facts) : hasFlag(command, ['f', 'file'])) continue;
          reported.add(rootStage(stage));
          const { repository } = baseImage(stage);
          if (repository.includes('anaconda'))
            return report(run.at(verb), 'distribution', { image: repository });
          return report(run.at(verb), 'defaults');
        }
      },
    };
  },
});

/** Whether the environment file of the project names the default channels, or none. */
function takesDefaults({ context }: FileFacts): boolean {
  const { channels } = context?.environment ?? {};
  return channels !== undefined && (channels.length === 0 || channels.includes('defaults'));
}
