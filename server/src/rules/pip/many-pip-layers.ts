import { frameworkBuilders } from '../../data/compiler-needs.ts';
import { hasFlag } from '../../facts/command-flags.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { type PipInstall, readPipInstall } from '../../facts/pip.ts';
import { pythonPackages } from '../../facts/python-packages.ts';
import { stagesOfImage } from '../../facts/shipped-stages.ts';
import type { Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';
import type { Span } from '../../text/span.ts';

/** Flags that say how or from where all packages of a command are installed, so that it cannot be joined to another. */
const ownFlags = [
  ...['no-deps', 'no-build-isolation', 'config-settings', 'C', 'no-binary', 'only-binary', 'pre', 'no-index'],
  ...['i', 'index-url', 'extra-index-url', 'f', 'find-links', 'c', 'constraint', 'force-reinstall'],
  ...['t', 'target', 'prefix', 'user', 'global-option', 'install-option', 'U', 'upgrade'],
];

export default defineRule({
  code: 'many-pip-layers',
  name: 'many-pip-layers',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  recommended: {
    level: 'hint',
    because: 'Layers of their own keep the cache of slow installs, and can be meant so.',
  },
  family: 'pip',
  summary: 'Many RUN instructions install Python packages one after the other',
  why: 'pip looks at the packages of one command at a time: a later one may replace numpy or torch by another version without a word, and both stay in their layers (pip documentation, "Dependency Resolution"). One command, or one requirements file, is resolved as a whole and makes one layer. A few are fine: what changes seldom may come first, and some packages need torch to be there before they are built. Counted are those that follow each other: one with flags of its own, as `--no-deps`, `--no-build-isolation` or another index, or of a repository that the RUN clones, cannot be joined to those around it.',
  messages: {
    many: '{count} RUN instructions one after the other install Python packages, so that a later one may change what an earlier one installed. Install them in one, or from one requirements file.',
  },
  options: {
    least: { default: 5, description: 'So many RUN instructions with an install are found.' },
  },
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nRUN pip install a==1 b==1 c==1 d==1 e==1' },
      {
        code: 'FROM python:3.12-slim\nRUN pip install torch==2.8.0\nRUN pip install flash-attn==2.8.3\nRUN pip install -r requirements.txt',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install a\nRUN pip install b\nRUN pip install --no-build-isolation c\nRUN pip install d\nRUN git clone u e && pip install ./e\nRUN pip install f',
        note: 'they cannot be one',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install a\nRUN pip install b\nRUN pip install c\nRUN git clone u e && cd e && python setup.py install\nRUN pip install d\nRUN pip install f',
        note: 'what is built in between may need those before it',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install a\nRUN pip install tensorflow\nRUN pip install horovod\nRUN pip install d\nRUN pip install e',
        note: 'horovod is built for the frameworks that are there',
      },
      {
        code: 'FROM python:3.12-slim AS a\nRUN pip install a\nRUN pip install b\nRUN pip install c\nFROM python:3.12-slim\nRUN pip install d\nRUN pip install e',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install a==1\nRUN pip install b==1\nRUN pip install c==1\nRUN pip install d==1\nRUN pip ⟦install⟧ e==1',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install a\nRUN python -m pip ⟦install⟧ b',
        options: { least: 2 },
      },
    ],
  },
  create: () => ({
    end({ facts, options, report }) {
      if (!facts.file.joined.includes('install')) return;
      for (const stage of stagesOfImage(facts)) {
        const row = longestRow(facts, stage);
        const at = row[options.least - 1];
        if (at && options.least > 1) report(at, 'many', { count: row.length });
      }
    },
  }),
});

/** Where the installs are that could be one, of the most that follow each other. */
function longestRow(facts: FileFacts, stage: Stage): readonly Span[] {
  let longest: readonly Span[] = [];
  let row: Span[] = [];
  for (const run of stage.byKeyword.get('RUN') ?? []) {
    const installs = facts.commands(run).flatMap((command) => readPipInstall(command) ?? []);
    const first = installs[0];
    // What is built or fetched in between may need what is there already, and is needed by what follows.
    if (!first && /\b(?:git clone|setup\.py|make|cmake)\b/.test(run.node.text)) row = [];
    if (!first) continue;
    if (/\bgit\b/.test(run.node.text) || installs.some(isOfItsOwn) || buildsOnOthers(facts, run)) row = [];
    else row.push(run.at(first.verb));
    if (row.length > longest.length) longest = [...row];
  }
  return longest;
}

const buildsOnOthers = (facts: FileFacts, run: Instruction) =>
  pythonPackages(facts, run).some(({ name }) => frameworkBuilders.has(name));

const isOfItsOwn = ({ command }: PipInstall) => hasFlag(command, ownFlags);
