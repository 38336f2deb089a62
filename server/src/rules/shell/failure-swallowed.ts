import { type ChainedCommand, commandChain } from '../../facts/command-chain.ts';
import { isUpdate, makes, verbOf, wordsOf } from '../../facts/makers.ts';
import { shellOf } from '../../facts/shells.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';

const quiet = new Set(['true', ':', 'echo', 'printf', 'touch']);

export default defineRule({
  code: 'failure-swallowed',
  name: 'failure-swallowed',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'shell',
  summary: 'An install or a build may fail, and the image is built all the same',
  why: 'A RUN fails with the last command that it runs: behind `|| true`, `|| echo …` or `; exit 0` nothing fails, so a mirror that does not answer or a package that does not compile gives an image without it, which is pushed and used, and fails where it runs. A `;` and a new line do the same where the shell was not told to stop (`set -e`): only the last command counts (POSIX, "Shell Command Language", Exit Status). The rule looks at what installs, builds and downloads; a clean-up, a question or another way to do the same behind `||` is left alone, and so are loops.',
  messages: {
    swallowed:
      'If `{what}` fails, the build goes on, and the image comes without it. Delete `{by}`, so that the build stops there.',
    exit: '`; exit 0` hides every error of `{what}`, and the image comes without it. Delete it, and mend what then fails.',
    apart:
      'If `{what}` fails, the build goes on, and the image comes without it: `{by}` speaks for all that is joined before it. Put parentheses around it and the one command that may fail: `(<command> {by})`.',
    tested:
      'If `{what}` fails, the build goes on, and the image comes without it: `{by}` speaks for all that is joined before it, not for `{test}` alone. Write `if {test} …; then … {what} …; fi`.',
    condition:
      'If `{what}` fails, the build goes on, and the image comes without it. Write `if …; then {what} …; fi`, without `{by}`.',
    goesOn:
      'If `{what}` fails, the shell goes on with the next command, and the image may come without it. Join them by `&&`, or begin with `set -e;`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12\nRUN pip uninstall -y triton || true' },
      { code: 'FROM debian:12\nRUN apt-get install -y curl && (rm -rf /tmp/x || true)' },
      { code: 'FROM debian:12\nRUN apt-get install -y curl || (apt-get update && apt-get install -y curl)' },
      { code: 'FROM python:3.12\nRUN pip install a-cu128 || pip install a', note: 'another way to do it' },
      { code: 'FROM python:3.12\nRUN pip install torch || (echo "no torch"; exit 1)' },
      { code: 'FROM python:3.12\nRUN pip install torch || { echo "no torch" >&2 && false; }' },
      { code: 'FROM python:3.12\nRUN set -e; pip install torch; rm -rf /tmp/x' },
      { code: 'FROM python:3.12\nSHELL ["/bin/bash", "-ec"]\nRUN pip install torch; rm -rf /tmp/x' },
      { code: 'FROM debian:12\nRUN make test || true; which gcc || true; id app || useradd app; exit 0' },
      { code: 'FROM debian:12\nRUN for i in 1 2 3; do apt-get install -y curl && break || true; done' },
      { code: 'FROM debian:12\nRUN apt-get update; apt-get install -y curl', note: 'the last one counts' },
      { code: 'FROM python:3.12\nRUN pip install -U pip || true' },
      { code: 'FROM debian:12\nRUN <<EOF\nset -e\napt-get install -y curl\nrm -rf /tmp/x\nEOF' },
      {
        code: 'FROM debian:12\nRUN if [ -n "$X" ]; then apt-get install -y curl; else apt-get install -y wget; fi',
      },
    ],
    bad: [
      { code: 'FROM python:3.12\nRUN pip install flash-attn || ⟦true⟧' },
      { code: 'FROM python:3.12\nRUN pip install flash-attn 2>/dev/null || ⟦:⟧ && rm -rf /tmp/x' },
      { code: 'FROM debian:12\nRUN [ "$(uname -m)" = x86_64 ] && apt-get install -y curl || ⟦true⟧' },
      {
        code: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /x || ⟦echo "failed"⟧',
      },
      { code: 'FROM python:3.12\nRUN pip install a || pip install b || ⟦echo "neither"⟧' },
      { code: 'FROM debian:12\nRUN apt-get update || ⟦true⟧; apt-get install -y curl' },
      { code: 'FROM debian:12\nRUN wget -O /m.bin https://example.org/m.bin || ⟦touch /m.bin⟧' },
      { code: 'FROM debian:12\nRUN cd /src && make -j16 -k ; ⟦exit 0⟧' },
      { code: 'FROM python:3.12\nRUN python export.py || (⟦echo "skipped"⟧)' },
      { code: 'FROM python:3.12\nRUN pip ⟦install⟧ torch; rm -rf /root/.cache' },
      { code: 'FROM python:3.12\nRUN set -e; set +e; pip ⟦install⟧ torch; rm -rf /root/.cache' },
      { code: 'FROM debian:12\nRUN <<EOF\napt-get ⟦install⟧ -y curl\nrm -rf /tmp/x\nEOF' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!/\|\||[;\n]/.test(run.node.text) || /\b(?:for|while|until)\b/.test(run.node.text)) return;
      const shell = shellOf(facts, run);
      if (/^(?:cmd|pwsh|powershell)$/.test(shell.program)) return;
      const chain = commandChain(facts, run);
      let stops = shell.options.some((word, i) => stopping(word, shell.options[i - 1]));
      /** What made something since the last operator other than `&&`, `||` and `|`. */
      let made: ShellCommand | undefined;
      /** Where that chain begins. */
      let begin = 0;
      /** The same in front of the groups that are open. */
      const outer: (ShellCommand | undefined)[] = [];
      for (const [at, { command, joint, closes, opens }] of chain.entries()) {
        for (let i = 0; i < closes; i++) made ??= outer.pop();
        const next = chain[at + 1];
        if (command.name === 'set') {
          const words = command.args.map(({ value }) => value);
          if (words.some((word, i) => stopping(word, words[i - 1]))) stops = true;
          else if (
            words.some((word, i) => /^\+\w*e/.test(word) || (word === 'errexit' && words[i - 1] === '+o'))
          )
            stops = false;
        }
        if (joint === '||' && made && swallows(chain, at)) {
          const by = `|| ${command.name}`;
          const isApart = chain[at - 1]?.command !== made && chain[at - 1]?.joint !== '||';
          const message = isApart ? 'apart' : chain[begin]?.joint === undefined ? 'condition' : 'swallowed';
          const test = chain[begin]?.command.name ?? '';
          const isTest = isApart && chain.slice(begin, at).some((one) => conditions.test(one.command.name));
          return report(run.at(command), isTest ? 'tested' : message, { what: wordsOf(made), by, test });
        }
        const isEnd = command.name === 'exit' && command.args[0]?.value === '0' && next === undefined;
        if (joint === ';' && isEnd && made && !stops)
          return report(run.at(command), 'exit', { what: wordsOf(made) });
        if (joint !== '&&' && joint !== '||' && joint !== '|') {
          made = undefined;
          begin = at;
        }
        for (let i = 0; i < opens; i++) {
          outer.push(made);
          made = undefined;
        }
        const isLost = makes(command) && (command.name !== 'git' || next?.joint === '||');
        if (isLost || (isUpdate(command) && next?.joint === '||')) made = command;
        const verb = verbOf(command);
        const goesOn = next?.joint === ';' && !stops && next.command.name !== 'exit';
        if (verb && made === command && goesOn && joint !== '||')
          return report(run.at(verb), 'goesOn', { what: wordsOf(command) });
      }
    },
  }),
});

/** What asks a question, rather than do something. */
const conditions = /^(?:test|\[|\[\[|e?grep|which|type|command)$/;

const stopping = (word: string, before: string | undefined) =>
  /^-[A-Za-z]*e/.test(word) || (word === 'errexit' && /^-\w*o$/.test(before ?? ''));

/** Whether what stands behind a `||` does nothing that fails, nor the work in another way. */
function swallows(chain: readonly ChainedCommand[], at: number): boolean {
  for (let i = at; ; i++) {
    const one = chain[i];
    if (!one || (i > at && (one.closes > 0 || !chain[at]?.opens))) {
      // `|| echo "failed" && exit 1`
      return !one || !/^(?:exit|false|return|kill)$/.test(one.command.name) || isZero(one.command);
    }
    if (!quiet.has(one.command.name) && !isZero(one.command)) return false;
  }
}

const isZero = ({ name, args }: ShellCommand) => name === 'exit' && args[0]?.value === '0';
