import { osFamily } from '../../facts/base-images.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import {
  hasPipefail,
  knowsPipefail,
  type RunShell,
  setsPipefail,
  shellInForce,
  shellOf,
  withPipefail,
} from '../../facts/shells.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import { insertLineAbove, likeKeyword, lineEnding } from '../../text/edit.ts';

export default defineRule({
  code: 'DL4006',
  name: 'pipe-without-pipefail',
  aliases: [],
  since: '0.1.0',
  severity: 'warning',
  recommended: {
    level: 'hint',
    because: '23 of the 36 repositories in which it finds something silence it.',
  },
  family: 'shell',
  summary: 'A pipe hides that its first command failed',
  why: 'A shell gives the status of the last command of a pipe. When `curl … | tar x` loses the connection, or `pip install … | tee log` fails, the build goes on with half of the files. `pipefail` makes the pipe fail when any part of it does. bash, zsh, ksh and BusyBox ash have it; `/bin/sh` of Debian and Ubuntu is dash, where `set -o pipefail` is an error (seen with dash 0.5.12 of Debian 12). SHELL is followed through the stages that a stage builds on, and `set -o pipefail` before the pipe counts.',
  messages: {
    hidden:
      'If a command before the last fails in this pipe, the build goes on. Write `set -o pipefail &&` before it, or `SHELL {list}` above.',
    shell:
      'If a command before the last fails in this pipe, the build goes on. The `sh` here may not know `pipefail`: write `SHELL {list}` above.',
    heredoc:
      'If a command before the last fails in this pipe, the script goes on. Write `set -o pipefail` in a line above it.',
    named:
      'If a command before the last fails in this pipe, the script goes on. Let bash read this heredoc, as in `<<EOF bash`, and write `set -o pipefail` in a line above the pipe.',
    unknown:
      'dash, the `/bin/sh` of Debian and Ubuntu, does not know `pipefail`, so the build stops unless the base image sets another SHELL. Write `SHELL {list}` above.',
    yes: '`yes` is meant to be cut off, so with `pipefail` this RUN would fail. Leave the pipe as it is, or use a flag such as `-y` in place of `yes |`.',
  },
  options: {
    setInRun: {
      default: true,
      description: 'Accept `set -o pipefail` before the pipe.',
      hadolint: {
        value: false,
        reason:
          '`set -o pipefail` at the beginning of a RUN has the same effect as the option in SHELL; hadolint looks at SHELL alone.',
        example:
          'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN set -o pipefail && curl https://example.org/x.tar | tar x\n',
      },
    },
    anyShell: {
      default: true,
      description:
        'Accept each shell that knows `pipefail`, in whatever folder, and leave cmd and PowerShell alone.',
      hadolint: {
        value: false,
        reason:
          '`/usr/bin/bash` is bash too, as hadolint has it after 2.15.1, and so is `env bash`; the pipes of a Windows image belong to cmd. hadolint knows bash, zsh and ash by that name or in `/bin`, and other shells by the beginning of SHELL.',
        example:
          'FROM debian:12\nSHELL ["/usr/bin/bash", "-o", "pipefail", "-c"]\nRUN curl https://example.org/x.tar | tar x\n',
      },
    },
    printed: {
      default: false,
      description: 'Also report a pipe from `echo`, `printf` or `yes`, which only print.',
      hadolint: {
        value: true,
        reason:
          '`echo` and `printf` have nothing to do that could fail, and `yes` is always cut off, so that `pipefail` would stop a build that works; hadolint reports every pipe.',
        example: 'FROM debian:12\nRUN yes | apt-get upgrade\n',
      },
    },
  },
  examples: {
    good: [
      {
        code: 'FROM debian:12\nRUN yes | ./install && echo "00  x" \\\n  | sha256sum -c',
        note: 'they only print',
      },
      {
        code: 'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl -f https://example.org/x.tar | tar x',
      },
      {
        code: 'FROM debian:12 AS Base\nSHELL ["/usr/bin/bash", "-euo", "pipefail", "-c"]\nFROM base\nRUN ls | wc',
        note: 'inherited from a stage',
      },
      {
        code: 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN ls | wc',
        note: 'a part of a file, without its FROM',
      },
      { code: 'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN set -euxo pipefail && ls | wc' },
      { code: 'FROM debian:12\nRUN <<EOF bash\nset -o pipefail\nls | wc\nEOF' },
      { code: 'FROM debian:12\nRUN bash -eo pipefail <<EOF\nls | wc\nEOF' },
      { code: 'FROM alpine:3.22\nRUN set -o pipefail && ls | wc', note: 'BusyBox knows pipefail' },
      {
        code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN Get-Item x | Remove-Item',
      },
      { code: 'FROM debian:12\nRUN ["sh", "-c", "ls | wc"]\nRUN ls || true; echo "a | b"' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN curl https://example.org/x.tar ⟦|⟧ tar x',
        fixed:
          'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl https://example.org/x.tar | tar x',
      },
      {
        code: 'FROM python:3.12-alpine\nRUN wget -O - https://example.org/x.tar \\\n  ⟦|⟧ tar x \\\n  && ls | wc',
        fixed:
          'FROM python:3.12-alpine\nSHELL ["/bin/ash", "-eo", "pipefail", "-c"]\nRUN wget -O - https://example.org/x.tar \\\n  | tar x \\\n  && ls | wc',
        note: 'one finding for each RUN',
      },
      {
        code: 'FROM debian:12\nRUN <<EOF bash\nset -e\nls ⟦|⟧ wc\nEOF',
        fixed: 'FROM debian:12\nRUN <<EOF bash\nset -o pipefail\nset -e\nls | wc\nEOF',
      },
      { code: 'FROM debian:12\nRUN <<EOF sh\nls ⟦|⟧ wc\nEOF', note: 'no fix, as dash has no such option' },
      { code: 'FROM ubuntu:24.04\nRUN set -o pipefail && ls ⟦|⟧ wc' },
      { code: 'FROM debian:12\nRUN yes ⟦|⟧ ./install', options: { printed: true } },
      { code: 'FROM debian:12\nRUN yes | ./install && curl https://example.org/x.tar ⟦|⟧ tar x' },
      {
        code: 'FROM debian:12 AS a\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nFROM debian:12\nRUN ls ⟦|⟧ wc',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      const script = facts.shellText(run)?.script;
      if (!script || script.pipes.length === 0 || (script.hasErrors && !facts.options.brokenScripts)) return;
      const shell = shellOf(facts, run);
      const knows = options.anyShell ? judgeShell(facts, run, shell) : judgeAsHadolint(facts, run);
      if (knows === 'safe') return;
      const set = options.setInRun ? script.commands.find(setsPipefail) : undefined;
      const text = script.from < run.node.plain.length ? run.node.plain : run.node.text;
      const printers = printersOf(script.commands, text);
      const pipe = script.pipes.find(
        ({ from }) => (options.printed || !printers.has(from)) && (!knows || !set || from < set.from),
      );
      if (!pipe) return;
      if (printers.get(pipe.from) === 'yes') return report(run.at(pipe), 'yes');
      const isKnown = shell.program !== '' && knowsPipefail(facts, run, shell) === true;
      const plain = shell.named ? (isKnown ? 'heredoc' : 'named') : isKnown ? 'hidden' : 'shell';
      const isRefused = set !== undefined && !knows && set.from < pipe.from && !shell.named;
      const message = isRefused ? 'unknown' : plain;
      // SHELL has no say where a heredoc names its own.
      const repair = shell.named ? {} : { repair: { name: 'SHELL', once: true as const } };
      const list = `[${withPipefail(facts, run, shell)}, "-c"]`;
      report(run.at(pipe), message, { list }, () => setPipefail(run, facts, shell), repair);
    },
  }),
});

/** The commands that only print, by the place of the operator behind them. */
function printersOf(commands: readonly ShellCommand[], text: string): ReadonlyMap<number, string> {
  const printers = commands.filter(({ name }) => /^(?:echo|printf|yes)$/.test(name));
  const blanksAt = (from: number) => /^[\s\\]*/.exec(text.slice(from, from + 200))?.[0].length ?? 0;
  return new Map(printers.map(({ name, to }) => [to + blanksAt(to), name]));
}

/** Whether a shell knows the option, and `safe` where it has it or is of another kind. */
function judgeShell(facts: FileFacts, run: Instruction<Run>, shell: RunShell): boolean | 'safe' {
  if (/^(?:pwsh|powershell|cmd)$/.test(shell.program)) return 'safe';
  // A `/bin/sh` of an image that is not known gets the benefit of the doubt.
  const knows = knowsPipefail(facts, run, shell) ?? true;
  return knows && hasPipefail(shell.options) ? 'safe' : knows;
}

/** The words of SHELL are one text, which begins with another kind of shell or with the name of one that is known. */
function judgeAsHadolint(facts: FileFacts, run: Instruction<Run>): boolean | 'safe' {
  const words = shellInForce(facts, run).join(' ').split(/\s+/);
  const [program = ''] = words;
  if (/^(?:pwsh|powershell|cmd)/.test(program)) return 'safe';
  const isKnown = /^(?:\/bin\/)?(?:ba|z|a)sh$/.test(program);
  return isKnown && words.includes('pipefail') && words.some((word) => /^-[^-]*o/.test(word)) ? 'safe' : true;
}

function setPipefail(run: Instruction<Run>, facts: FileFacts, shell: RunShell): Fix | undefined {
  const { text, escape } = facts.file;
  const stage = facts.stageOf(run);
  const family = stage && osFamily(stage);
  if (shell.named) {
    // SHELL has no say here: the option goes into the script, below its shebang. dash would end at it.
    if (knowsPipefail(facts, run, shell) !== true) return undefined;
    const body = run.node.heredocs[0]?.body;
    if (!body) return undefined;
    const shebang = /^#!.*\n/.exec(run.node.text.slice(body.from, body.to))?.[0].length ?? 0;
    const { start } = run.at({ from: body.from + shebang, to: body.from + shebang });
    const edits = [{ span: { start, end: start }, text: `set -o pipefail${lineEnding(text)}` }];
    return { title: 'Insert set -o pipefail', safety: 'unsafe', edits };
  }
  const isReplaceable = /^(?:sh|ash|dash|bash)$/.test(shell.program);
  if (family === 'none' || family === 'windows' || escape !== '\\' || !isReplaceable) return undefined;
  const line = `${likeKeyword('SHELL', run.node.keywordWord.raw)} [${withPipefail(facts, run, shell)}, "-c"]`;
  const edits = [insertLineAbove(text, run.span.start, line)];
  return { title: 'Insert a SHELL with pipefail', safety: 'unsafe', edits };
}
