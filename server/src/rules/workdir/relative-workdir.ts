import { joinPath, workdirAt } from '../../facts/paths.ts';
import { effective } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';
import { trimEnd } from '../../text/trim.ts';

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
      '`{path}` counts from wherever the base image left off. Write an absolute path, such as `{example}`.',
    joined: '`{path}` counts from the WORKDIR before it. Write the whole path.',
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
      const example = `/${trimEnd(path.replace(/^(?:\.{1,2}(?:\/|$))+/, ''), /\//) || 'app'}`;
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
