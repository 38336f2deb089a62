import { plainWords } from '../../facts/command-flags.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import { likeKeyword } from '../../text/edit.ts';

export default defineRule({
  code: 'DL4005',
  name: 'sh-replaced',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  recommended: { level: 'hint', because: 'The link does what it is meant to do; SHELL is the tidier way.' },
  family: 'programs',
  dependsOn: 'instruction',
  summary: 'ln replaces /bin/sh to choose the shell of later RUN',
  why: 'Putting bash in the place of `/bin/sh` changes the shell of every script in the image, package scripts included, and the next update of the package that owns it may put it back. SHELL says which program reads the RUN, CMD and ENTRYPOINT below it and leaves the system alone (Dockerfile reference, "SHELL").',
  messages: {
    replaced:
      'This replaces `/bin/sh` for every script in the image. Write `SHELL ["/bin/bash", "-c"]` to choose the shell of the instructions below.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN source /opt/env/bin/activate' },
      { code: 'FROM debian:12\nRUN ln -s /usr/bin/python3 /usr/bin/python' },
    ],
    bad: [
      {
        code: 'FROM ubuntu:24.04\nRUN ln -sf /bin/bash ⟦/bin/sh⟧',
        fixed: 'FROM ubuntu:24.04\nSHELL ["/bin/bash", "-c"]',
      },
      { code: 'FROM ubuntu:24.04\nRUN rm /bin/sh && ln -s /bin/bash ⟦/bin/sh⟧' },
      {
        code: 'FROM ubuntu:24.04\nRUN ["ln", "-sf", "bash", ⟦"/bin/sh"⟧]',
        fixed: 'FROM ubuntu:24.04\nSHELL ["/bin/bash", "-c"]',
      },
      { code: 'FROM ubuntu:24.04\nRUN apt-get update && ln -sf /bin/bash ⟦/bin/sh⟧' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      for (const command of facts.commands(run)) {
        const word = command.name === 'ln' && command.args.find(({ value }) => value === '/bin/sh');
        if (!word) continue;
        report(run.at(word), 'replaced', undefined, () => useShell(run, facts, command));
        return;
      }
    },
  }),
});

/** SHELL in the place of a RUN that does nothing else. */
function useShell(run: Instruction<Run>, facts: FileFacts, ln: ShellCommand): Fix | undefined {
  const [target, link] = plainWords(ln).map(({ value }) => value);
  const isOnly = facts
    .commands(run)
    .every((command) => command === ln || (command.name === 'rm' && plainWords(command).every(isSh)));
  const shell = target === 'bash' ? '/bin/bash' : target;
  if (!isOnly || link !== '/bin/sh' || !shell?.startsWith('/') || /[$"\\]/.test(shell)) return undefined;
  if (run.node.comments.length > 0 || run.node.flags.length > 0) return undefined;
  const text = `${likeKeyword('SHELL', run.node.keywordWord.raw)} ["${shell}", "-c"]`;
  return { title: 'Replace it by SHELL', safety: 'unsafe', edits: [{ span: run.span, text }] };
}

const isSh = ({ value }: { readonly value: string }) => value === '/bin/sh';
