import { readPipInstall } from '../../facts/pip.ts';
import { isToWorkIn } from '../../facts/shipped-stages.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Copy, Instruction, Word } from '../../syntax/tree.ts';
import { type Edit, removeWord } from '../../text/edit.ts';

export default defineRule({
  code: 'editable-install-in-final',
  name: 'editable-install-in-final',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  recommended: {
    level: 'hint',
    because:
      'The image works as long as nothing is mounted over the source or copied to another stage without it.',
  },
  family: 'size',
  summary: 'A project is installed as editable into the image of a service',
  why: 'An editable install leaves the code where it was copied and puts a link to it into the environment, which is for changing it (pip documentation, "Editable Installs"). In an image nobody does: the code must stay at that very path, a mount over it hides the program, and an environment that is copied to another stage leads nowhere (uv documentation, "Non-editable installs"). A package that reads files beside its source needs it. Silent in images to work in, for repositories, which pip clones that way, and where the source is the clone of another project.',
  messages: {
    editable:
      'The package is read from `{path}`, and is gone where a mount hides that folder or another stage copies only the environment. Install it without `{flag}`, unless it needs files beside its source.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nCOPY . /app\nRUN pip install --no-cache-dir /app\nCMD ["app"]' },
      {
        code: 'FROM python:3.12-slim AS dev\nCOPY . /app\nRUN pip install -e /app\nCMD ["app"]',
        note: 'to work in',
      },
      { code: 'FROM python:3.12-slim\nRUN pip install -e git+https://github.com/a/b@v1#egg=b\nCMD ["app"]' },
      { code: 'FROM python:3.12-slim\nCOPY . /app\nRUN pip install -e /app\nCMD ["bash"]' },
      {
        code: 'FROM python:3.12-slim\nRUN git clone https://github.com/a/sam2 /sam2\nRUN cd /sam2 && pip install -e .\nCMD ["app"]',
        note: 'the clone stays where it is',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY setup.py .\nRUN pip install -e .\nCOPY . .\nCMD ["app"]',
        note: 'the code comes afterwards, and is found through the link',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install --no-cache-dir ⟦-e⟧ code\nCMD ["bikes"]',
        fixed:
          'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install --no-cache-dir ./code\nCMD ["bikes"]',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY . /app\nRUN pip install --no-cache-dir ⟦-e⟧ /app\nCMD ["app"]',
        fixed: 'FROM python:3.12-slim\nCOPY . /app\nRUN pip install --no-cache-dir /app\nCMD ["app"]',
      },
      {
        code: 'FROM python:3.12-slim\nCOPY . .\nRUN python -m pip install ⟦--editable⟧ ".[serve]"\nENTRYPOINT ["app"]',
        fixed: 'FROM python:3.12-slim\nCOPY . .\nRUN python -m pip install ".[serve]"\nENTRYPOINT ["app"]',
      },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const final = facts.finalStage;
      if (!final?.byKeyword.has('CMD') && !final?.byKeyword.has('ENTRYPOINT')) return;
      if (isToWorkIn(final)) return;
      const runs = lineage(final).flatMap((stage) => stage.byKeyword.get('RUN') ?? []);
      if (runs.some(({ node }) => /\bgit clone\b|\bpatch\b/.test(node.text))) return;
      // What is copied below is found through the link alone.
      const lastFolder = lastCopyOfFolder(final);
      for (const run of runs) {
        if (!/\s-e\b|--editable/.test(run.node.text) || run.index < lastFolder) continue;
        for (const { args } of facts.commands(run).flatMap((command) => readPipInstall(command) ?? [])) {
          // Each of them, as a command may have several.
          args.forEach((flag, i) => {
            const word = args[i + 1];
            const path = word?.value ?? '';
            if (!/^(?:-e|--editable)$/.test(flag.value) || !word || path === '' || /:\/\/|^git\+/.test(path))
              return;
            const span = run.at(flag);
            report(span, 'editable', { path, flag: flag.value }, () => ({
              title: `Leave ${flag.value} out`,
              safety: 'unsafe',
              // Without the flag a bare name is one of the package index.
              edits: [removeWord(facts.file.text, span), ...(/[/.$]/.test(path) ? [] : [asPath(run, word)])],
            }));
          });
        }
      }
    },
  }),
});

/** Index of the last instruction that copies a folder of the build context into a stage; -1 where none does. */
const lastCopyOfFolder = ({ instructions }: Stage) =>
  instructions.findLast(
    ({ node }) =>
      (node.keyword === 'COPY' || node.keyword === 'ADD') &&
      !node.flags.some(({ name }) => name === 'from') &&
      (node as Copy).sources.some(({ value }) => value.lastIndexOf('.') <= value.lastIndexOf('/') + 1),
  )?.index ?? -1;

function asPath(run: Instruction, word: Word): Edit {
  const start = run.at(word).start + (/^["']/.test(word.raw) ? 1 : 0);
  return { span: { start, end: start }, text: './' };
}
