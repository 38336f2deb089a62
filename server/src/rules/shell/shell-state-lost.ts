import { commandChain } from '../../facts/command-chain.ts';
import { shellOf } from '../../facts/shells.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';

/** Files that set variables, and do nothing else. */
const settings =
  /(?:^|\/)(?:\.?(?:bash|zsh)rc|\.?(?:bash_)?profile|\.?environment|\.env|env|setup\.(?:ba|z)sh|setvars\.sh|nvm\.sh|sdkman-init\.sh)$|\/etc\/profile\.d\/[^/]+$/;

export default defineRule({
  code: 'shell-state-lost',
  name: 'shell-state-lost',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'shell',
  summary: 'A RUN ends by setting what ends with it',
  why: 'Each RUN is a shell of its own, of which only the files stay: a variable that is exported, a folder that is entered, an alias or a limit is gone when it ends (Dockerfile reference, "RUN"). Where nothing follows in the same RUN, the line does nothing, and what comes below runs without it. ENV and WORKDIR hold for all that follows, and for the container. `conda activate` and `source …/activate` are reported by activate-in-own-run.',
  messages: {
    variable:
      'A variable that is set here is gone when this RUN ends, and no command follows in it. Write `ENV {name}={value}` instead.',
    folder: '`cd` holds for this RUN only, and no command follows in it. Write `WORKDIR {path}` instead.',
    follows: '`cd` holds for this RUN only, and the WORKDIR below sets the folder anyway. Delete it.',
    file: 'What `{name}` sets is gone when this RUN ends, and no command follows in it. Write its variables as `ENV NAME=value`, or `{name} {path} &&` in front of the command that needs them.',
    limit:
      '`ulimit` holds for this RUN only, so the container does not have it. Delete it, and give it to the container: `docker run --ulimit {option}`.',
    other:
      '`{name}` holds for this RUN only, and no command follows in it. Move it into the RUN that needs it, in front of the command.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN make && cd /srv a b', note: 'a command seems to be missing' },
      { code: 'FROM debian:12\nENV JAVA_HOME=/opt/java\nRUN export JAVA_HOME' },
      { code: 'FROM debian:12\nENV JAVA_HOME=/opt/java\nWORKDIR /app\nRUN export X=1 && make' },
      { code: 'FROM debian:12\nRUN cd /src && make && cd ..', note: 'a way back that does no harm' },
      { code: 'FROM debian:12\nRUN for d in a b; do cd $d; done; make', note: 'something comes after' },
      { code: 'FROM debian:12\nRUN echo "export X=1" >> /root/.bashrc' },
      { code: 'FROM debian:12\nRUN . /clone.sh taming' },
      { code: 'FROM debian:12\nRUN make; set +x' },
      { code: 'FROM python:3.12\nRUN . /v/bin/activate' },
      { code: 'FROM debian:12\nRUN (export X=1; make) && x=$(test -f /y)' },
    ],
    bad: [
      { code: 'FROM debian:12\nRUN ⟦cd /srv⟧\nWORKDIR /srv', note: 'WORKDIR sets it anyway' },
      { code: 'FROM debian:12\nRUN ⟦export FORCE_CUDA=1⟧\nRUN make' },
      { code: 'FROM debian:12\nRUN apt-get install -y java && \\\n    ⟦export JAVA_HOME=/opt/java⟧' },
      { code: 'FROM debian:12\nRUN ⟦cd /opt/app⟧\nRUN make' },
      { code: 'FROM debian:12\nRUN mkdir /x && ⟦cd /x⟧' },
      { code: 'FROM debian:12\nRUN ⟦set -eu⟧\nRUN make' },
      { code: 'FROM debian:12\nRUN ⟦ulimit -n 65536⟧' },
      { code: "FROM debian:12\nRUN ⟦alias make='make -j4'⟧" },
      { code: 'FROM debian:12\nRUN echo "export X=1" >> ~/.bashrc && ⟦source ~/.bashrc⟧' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!maySet.test(run.node.text) || /\b(?:for|while|until)\b/.test(run.node.text)) return;
      if (/^(?:cmd|pwsh|powershell)$/.test(shellOf(facts, run).program)) return;
      const commands = commandChain(facts, run).map(({ command }) => command);
      const last = commands.at(-1);
      if (!last) return;
      const span = run.at(last);
      const name = variableOf(last);
      if (name !== undefined) report(span, 'variable', { name, value: valueOf(last, name) });
      else if (last.name === 'cd' && last.args.length <= 1) {
        const path = last.args[0]?.value ?? '/root';
        // At the end of others it may be meant as a way back.
        const isBack = commands.some((one) => one.name === 'cd' && one !== last) || back.test(path);
        const next = facts.file.instructions[run.index + 1]?.node;
        if (next?.keyword === 'WORKDIR' && next.args[0]?.value === path) report(span, 'follows');
        else if (commands.length === 1 || !isBack) report(span, 'folder', { path });
      } else if (last.name === 'source' || last.name === '.') {
        const path = last.args[0]?.value ?? '';
        if (settings.test(path)) report(span, 'file', { name: last.name, path });
      } else if (last.name === 'ulimit' && commands.length === 1) {
        const [flag, value] = last.args.map((word) => word.value);
        const option = flag === '-n' && /^\d+$/.test(value ?? '') ? `nofile=${value}` : '<name>=<value>';
        report(span, 'limit', { option });
      } else if (commands.every(setsState)) report(span, 'other', { name: last.name });
    },
  }),
});

const back = /^(?:\.\.[./]*|-|~|\/|\/tmp|\/root|\$HOME|\$OLDPWD)$/;
const maySet = /\b(?:export|declare|cd|alias|set|ulimit|umask|shopt|source)\b|\.\s/;

/** The variable that a command sets for the shell, and does nothing else. */
function variableOf({ name, args }: ShellCommand): string | undefined {
  if (!/^(?:export|declare|typeset)$/.test(name)) return undefined;
  // Without a value it sets nothing that could be lost.
  return args.find(({ value }) => /^[A-Za-z_]\w*=/.test(value))?.value.split('=', 1)[0];
}

/** The value that a variable is given, where ENV can read it as it is. */
function valueOf({ args }: ShellCommand, name: string): string {
  const word = args.find(({ value }) => value.startsWith(`${name}=`));
  const value = word?.raw.slice(name.length + 1) ?? '';
  return /^[\w./:@%+,-]{1,80}$/.test(value) ? value : '…';
}

const setsState = (command: ShellCommand) =>
  /^(?:alias|set|ulimit|umask|shopt|cd)$/.test(command.name) || variableOf(command) !== undefined;
