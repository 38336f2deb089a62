import { readPipInstall } from '../../facts/pip.ts';
import { stagesOfImage } from '../../facts/shipped-stages.ts';
import { defineRule } from '../../lint/rule.ts';

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
  why: 'pip looks at the packages of one command at a time: a later one may replace numpy or torch by another version without a word, and both stay in their layers (pip documentation, "Dependency Resolution"). One command, or one requirements file, is resolved as a whole and makes one layer. A few are fine: what changes seldom may come first, and some packages need torch to be there before they are built.',
  messages: {
    many: '{count} RUN instructions of this stage install Python packages, so that a later one may change what an earlier one installed. Install them in one, or from one requirements file.',
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
        const verbs = (stage.byKeyword.get('RUN') ?? []).flatMap((run) => {
          const install = facts.commands(run).flatMap((command) => readPipInstall(command) ?? [])[0];
          return install ? [run.at(install.verb)] : [];
        });
        const at = verbs[options.least - 1];
        if (at && options.least > 1) report(at, 'many', { count: verbs.length });
      }
    },
  }),
});
