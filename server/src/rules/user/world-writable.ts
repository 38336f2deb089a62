import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell.ts';

export default defineRule({
  code: 'world-writable',
  name: 'world-writable',
  aliases: ['tally/world-writable-state-path-workaround'],
  since: '0.2.0',
  severity: 'info',
  recommended: {
    level: 'hint',
    because: 'It can be meant, where any user may run the container, as with `--user` or in OpenShift.',
  },
  family: 'user',
  dependsOn: 'instruction',
  summary: 'Files are made writable for everybody',
  why: '`chmod 777` mostly stands in for a missing `chown`: the program runs as another user than the one that made the folder. It also lets every process in the container change the code, the models and the programs there. Give the folder to the user that the container runs as, or to the group 0, which users have whom OpenShift numbers freely: `chgrp -R 0 /app && chmod -R g=u /app` (OpenShift documentation, "Support arbitrary user ids"). Modes with the sticky bit, such as 1777 of `/tmp`, are left alone.',
  messages: {
    open: '`{mode}` lets every user in the container write here. Write `{closed}`, and where a program of another user writes here, make that user the owner by `chown`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN chmod 775 /app && chmod 1777 /tmp && chmod u+x /start.sh' },
      { code: 'FROM debian:12\nRUN chmod 777 /tmp', note: 'which is for everybody' },
      {
        code: 'FROM debian:12\nENV HOME=/home/user\nRUN mkdir $HOME && chmod 777 /home/user',
        note: 'the home of any user',
      },
      { code: 'FROM debian:12\nRUN chmod -R g=u /app && chmod +t,a+rwx /shared' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN mkdir /app && chmod -R ⟦777⟧ /app',
        fixed: 'FROM debian:12\nRUN mkdir /app && chmod -R 775 /app',
      },
      { code: 'FROM debian:12\nRUN chmod ⟦a+rwx⟧ /app', fixed: 'FROM debian:12\nRUN chmod ug+rwx,o+rx /app' },
      {
        code: 'FROM debian:12\nRUN mkdir -p -m ⟦0777⟧ /app/cache && chmod 666 /app/log',
        fixed: 'FROM debian:12\nRUN mkdir -p -m 0775 /app/cache && chmod 664 /app/log',
        note: 'one finding for each RUN, and one fix for all of its modes',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const modes = facts.commands(run).flatMap((command) => openMode(command) ?? []);
      const first = modes[0];
      if (!first) return;
      report(
        run.at(first),
        'open',
        { mode: first.value, closed: closedMode(first.value) },
        (): Fix | undefined => {
          const edits = modes.map((word) => ({
            span: run.at(word),
            text: word.raw.replace(word.value, closedMode(word.value)),
          }));
          return { title: 'Take it from others', safety: 'unsafe', edits };
        },
      );
    },
  }),
});

/** The mode without the right to write for others. */
function closedMode(mode: string): string {
  if (/^\d+$/.test(mode)) return mode.replace(/[2367]$/, close);
  const [, who = '', sign = '', rights = ''] = /^([ugoa]+)([+=])([rwxX]+)$/.exec(mode) ?? [];
  const own = who.includes('a') ? 'ug' : who.replaceAll('o', '');
  const others = rights.replaceAll('w', '');
  if (own === '') return `${mode},o-w`;
  return others === '' && sign === '+'
    ? `${own}${sign}${rights}`
    : `${own}${sign}${rights},o${sign}${others}`;
}

/** The digit without the right to write. */
const close = (digit: string) => String(Number(digit) & ~2);

/** Folders for everybody, and a home that whoever runs the container is given. */
const shared = /^\/(?:var\/)?tmp\/?$|^\/dev\/|^(?:\$HOME|\$\{HOME\}|\/home\/[^/]+)\/?$/;

/** The word of a chmod or mkdir that lets others write, where it is not for a shared folder. */
function openMode({ name, args }: ShellCommand): ShellWord | undefined {
  if (name !== 'chmod' && name !== 'mkdir') return undefined;
  if (args.some(({ value }) => shared.test(value))) return undefined;
  const flag = args.findIndex(({ value }) => /^-[a-z]*m$|^--mode$/.test(value));
  const mode =
    name === 'mkdir'
      ? flag < 0
        ? undefined
        : args[flag + 1]
      : args.find(({ value }) => /^(?!-)/.test(value));
  const value = mode?.value ?? '';
  const isOctal = /^0?[0-7][0-7][2367]$/.test(value);
  const isSymbolic = /^(?:[ugoa]*[+=][rwxX]+,)*(?:[ug]*[oa][ugoa]*)[+=][rxX]*w[rxX]*$/.test(value);
  return isOctal || isSymbolic ? mode : undefined;
}
