import { ignoresFlags } from '../../data/instruction-flags.ts';
import { textInPlainBuild } from '../../facts/plain-build.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Copy, Healthcheck, Instruction, KeyValues, Word } from '../../syntax/tree.ts';

const messages = {
  nothing: '{keyword} stands alone. Write {needed} after it.',
  flags: 'Docker reads `{flag}` as a flag, so {keyword} has no argument. Write `{keyword} {bare}`.',
  destination: '{keyword} has no destination. Write the path in the image after the source.',
  value: '`{name}` has no value. Write `{name}=…`.',
  folder:
    'This names no folder, and Docker ends the build at an empty one. Write its path, or leave VOLUME out.',
  command: 'HEALTHCHECK CMD has no command. Write the one that tells whether the container is well.',
} as const;
const isFlag = ({ raw }: Word) => raw.startsWith('--');
type Context = RuleContext<typeof messages>;

/** RUN, CMD and ENTRYPOINT are no part of it: BuildKit takes them without an argument. */
const needs: Readonly<Record<string, string>> = {
  ADD: 'a source and a destination',
  ARG: 'the name of an argument',
  COPY: 'a source and a destination',
  ENV: 'a variable, as in `NAME=value`,',
  EXPOSE: 'the port that the program listens on',
  FROM: 'the image to build on',
  HEALTHCHECK: '`CMD` and a command, or `NONE`,',
  LABEL: 'a label, as in `name=value`,',
  MAINTAINER: 'a name',
  ONBUILD: 'the instruction to carry out later',
  SHELL: 'a JSON array, such as `["/bin/bash", "-c"]`,',
  STOPSIGNAL: 'a signal, such as SIGTERM,',
  USER: 'the id or name of a user',
  VOLUME: 'the path of a folder',
  WORKDIR: 'the path of a folder',
};

export default defineRule({
  code: 'missing-argument',
  name: 'missing-argument',
  aliases: [
    'DL1000',
    'dockerfile-utils/ARGUMENT_MISSING',
    'dockerfile-utils/ARGUMENT_REQUIRES_ONE',
    'dockerfile-utils/ARGUMENT_REQUIRES_AT_LEAST_ONE',
    'dockerfile-utils/ARGUMENT_REQUIRES_TWO',
    'dockerfile-utils/ARGUMENT_REQUIRES_AT_LEAST_TWO',
    'dockerfile-utils/HEALTHCHECK_CMD_ARGUMENT_MISSING',
    'dockerfile-utils/SHELL_REQUIRES_ONE',
  ],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'An instruction lacks an argument',
  why: 'Docker reads the whole file before it does anything, so one instruction without its argument stops the build at once. RUN, CMD and ENTRYPOINT may stand alone (BuildKit 0.34): the first runs nothing, the others forget what the base image starts.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nENV A=\nENV B c\nARG D\nLABEL e=""\nCOPY <<EOF /x\nEOF' },
      { code: 'FROM debian:12\nENTRYPOINT\nCMD\nRUN', note: 'these three may stand alone' },
    ],
    bad: [
      { code: 'FROM debian:12\nCOPY ⟦app.py⟧\n⟦ARG⟧ --a' },
      { code: 'FROM debian:12\n⟦USER⟧\n⟦WORKDIR⟧\n⟦ENV⟧ \\\n\n# none\n' },
      { code: 'FROM debian:12\nENV ⟦PATH⟧' },
      { code: 'FROM debian:12\nHEALTHCHECK --interval=5s ⟦CMD⟧\nSHELL ⟦[]⟧\nADD [⟦"a"⟧]' },
      { code: 'FROM debian:12\nVOLUME ["/a", ⟦""⟧]\nVOLUME ⟦""⟧\nARG V=\nVOLUME ⟦$V⟧' },
      { code: 'FROM debian:12\nCOPY a ⟦<<EOF⟧\nx\nEOF', note: 'a heredoc is no destination' },
    ],
  },
  create() {
    const alone = (instruction: Instruction, { report }: Context) => {
      const { keyword, keywordWord, args, body, json } = instruction.node;
      const data = { keyword, needed: needs[keyword] ?? '' };
      const [first] = args;
      const isBare = ignoresFlags.has(keyword) ? args.every(isFlag) : args.length === 0;
      const bare = first?.raw.replace(/^-+/, '') ?? '';
      if (isBare && bare !== '')
        report(instruction.at(keywordWord), 'flags', { keyword, flag: first?.raw ?? '', bare });
      else if (isBare) report(instruction.at(keywordWord), 'nothing', data);
      else if (json?.length === 0) report(instruction.at(body), 'nothing', data);
    };
    return {
      ADD: files,
      ARG: alone,
      COPY: files,
      ENV: pairs,
      EXPOSE: alone,
      FROM: alone,
      HEALTHCHECK: healthcheck,
      LABEL: pairs,
      MAINTAINER: alone,
      ONBUILD: alone,
      SHELL: alone,
      STOPSIGNAL: alone,
      USER: alone,
      VOLUME: volume,
      WORKDIR: alone,
    };

    function files(copy: Instruction<Copy>, ctx: Context) {
      const { json, args, keyword, heredocs } = copy.node;
      const paths = json ?? args;
      const last = paths.at(-1);
      if (!last) return alone(copy, ctx);
      if (paths.length > 1 && !heredocs.some(({ from }) => from === last.from)) return;
      ctx.report(copy.at(last), 'destination', { keyword });
    }

    function pairs(instruction: Instruction<KeyValues>, ctx: Context) {
      const [first] = instruction.node.pairs;
      if (!first) return alone(instruction, ctx);
      if (!first.legacy || first.value) return;
      ctx.report(instruction.at(first.key), 'value', { name: first.key.value });
    }

    function volume(instruction: Instruction, ctx: Context) {
      const { json, args } = instruction.node;
      const paths = json ?? args;
      if (paths.length === 0) return alone(instruction, ctx);
      const empty = paths.find((word) => {
        const path = json ? word.value : word.raw;
        return (json && path.trim() === '') || textInPlainBuild(ctx.facts, instruction, path) === '';
      });
      if (empty) ctx.report(instruction.at(empty), 'folder');
    }

    function healthcheck(instruction: Instruction<Healthcheck>, ctx: Context) {
      const { command, args } = instruction.node;
      const [type] = args;
      if (!type) return alone(instruction, ctx);
      const isEmpty = command && (command.body.from === command.body.to || command.json?.length === 0);
      if (isEmpty) ctx.report(instruction.at(type), 'command');
    }
  },
});
