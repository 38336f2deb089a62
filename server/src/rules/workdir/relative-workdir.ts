import type { FileFacts } from '../../facts/file-facts.ts';
import { readGitClone } from '../../facts/git-clones.ts';
import { joinPath, workdirAt } from '../../facts/paths.ts';
import { effective } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';
import { trimEnd } from '../../text/trim.ts';

/** Whether a COPY into a folder, or a `git clone`, names it by a relative path. */
function fills(facts: FileFacts, instruction: Instruction, folder: string): boolean {
  const { node } = instruction;
  if (node.keyword === 'RUN')
    return facts.commands(instruction).some((command) => readGitClone(command)?.folder === folder);
  const to = (node.keyword === 'COPY' || node.keyword === 'ADD') && (node as Copy).destination;
  return to ? `${to.value}/`.replace(/^\.\//, '').startsWith(`${folder}/`) : false;
}

/** `/app`, `$APP` and `C:\app`. */
const absolute = /^(?:\/|\$|[A-Za-z]:)/;

export default defineRule({
  code: 'DL3000',
  name: 'relative-workdir',
  aliases: ['buildkit/WorkdirRelativePath', 'dockerfile-utils/WORKDIR_IS_NOT_ABSOLUTE'],
  since: '0.2.0',
  severity: 'error',
  recommended: {
    level: 'info',
    because: 'Where the files go hangs on the base image, which mostly leaves `/`; the build goes on.',
  },
  family: 'workdir',
  summary: 'WORKDIR counts from a folder that the file does not name',
  why: 'A relative WORKDIR counts from the one before it. The first of a stage counts from the WORKDIR of the base image, which no line here shows and which may change with the next tag: it is `/` in `python`, `/workspace` in `pytorch/pytorch`, `/tf` in the notebook images of TensorFlow. Behind a WORKDIR of this file a relative one is clear, and it is left alone, as BuildKit does.',
  messages: {
    relative:
      '`{path}` is below the working folder of the base image, which this file does not show and which may change with it. Write an absolute path, such as `{example}`.',
    filled:
      'The {keyword} that fills `{path}` and this WORKDIR both count from the working folder of the base image, which is not shown here and may change. Write `WORKDIR /opt` above that {keyword}, and `WORKDIR /opt/{inner}` here.',
    joined: '`{path}` counts from the WORKDIR above it. Write the whole path, as in `WORKDIR {example}`.',
  },
  options: {
    everyRelative: {
      default: false,
      description: 'Also report a relative WORKDIR behind another one in the stage, or in the stages below.',
      hadolint: {
        value: true,
        reason:
          'Behind a WORKDIR of the same file a relative path is clear to whoever reads it, and BuildKit accepts it; hadolint reports every relative path.',
        example: 'FROM debian:12\nWORKDIR /app\nWORKDIR src\n',
      },
    },
  },
  examples: {
    good: [
      { code: 'FROM debian:12\nWORKDIR /app\nWORKDIR src', note: 'it counts from the line above' },
      { code: 'FROM debian:12\nARG HOME\nWORKDIR $HOME/work' },
      { code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nWORKDIR "C:\\\\app"' },
      { code: 'FROM debian:12 AS base\nWORKDIR /app\nFROM base\nWORKDIR src' },
    ],
    bad: [
      {
        code: 'FROM pytorch/pytorch:2.7.1\nWORKDIR ⟦app⟧',
        fixed: 'FROM pytorch/pytorch:2.7.1\nWORKDIR /app',
      },
      {
        code: 'FROM debian:12\nWORKDIR ⟦./work⟧\nRUN make\nWORKDIR src',
        fixed: 'FROM debian:12\nWORKDIR /work\nRUN make\nWORKDIR src',
        note: 'the second one is fine once the first is',
      },
      {
        code: 'FROM debian:12\nRUN git clone --depth 1 https://example.org/team/app.git\nWORKDIR ⟦app/src⟧',
        note: 'no fix, as the clone is to go elsewhere too',
      },
      {
        code: 'FROM debian:12\nWORKDIR /app\nRUN make\nWORKDIR ⟦src⟧',
        fixed: 'FROM debian:12\nWORKDIR /app\nRUN make\nWORKDIR /app/src',
        options: { everyRelative: true },
      },
    ],
  },
  create: () => ({
    WORKDIR(workdir, { facts, options, report }) {
      const { node } = workdir;
      const stage = facts.stageOf(workdir);
      const path = node.plain.slice(node.body.from, node.body.to).replace(/^(["'])(.*)\1$/, '$2');
      if (path === '' || absolute.test(path)) return;
      const before = stage && effective(stage, 'WORKDIR', workdir);
      if (before && !options.everyRelative) return;
      const inner = trimEnd(path.replace(/^(?:\.{1,2}(?:\/|$))+/, ''), /\//) || 'app';
      const [top = ''] = inner.split('/');
      // What lies in the folder was put there from the same unknown folder.
      const filling = before
        ? undefined
        : stage?.instructions.find((it) => it.index < workdir.index && fills(facts, it, top));
      if (filling) {
        const { keyword } = filling.node;
        const related = [{ span: filling.span, message: `This ${keyword} counts from the same folder.` }];
        return report(workdir.at(node.body), 'filled', { path, inner, keyword }, undefined, { related });
      }
      const known = before && workdirAt(facts.file, stage, workdir);
      const example = known ? joinPath(known, path) : `/${inner}`;
      report(workdir.at(node.body), before ? 'joined' : 'relative', { path, example }, () => {
        const folder = before ? workdirAt(facts.file, stage, workdir) : '/';
        if (!folder || !/^[\w./-]+$/.test(path) || path.includes('..')) return undefined;
        const whole = joinPath(folder, path);
        return {
          title: `Write ${whole}`,
          // Only a path from this file is known for sure; a base image may have one of its own.
          safety: before ? 'safe' : 'unsafe',
          edits: [{ span: workdir.at(node.body), text: whole }],
        };
      });
    },
  }),
});
