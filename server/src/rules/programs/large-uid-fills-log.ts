import { flagNames, hasFlag } from '../../facts/command-flags.ts';
import { addWord } from '../../facts/run-edits.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell.ts';

export default defineRule({
  code: 'DL3046',
  name: 'large-uid-fills-log',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'programs',
  summary: 'useradd with a large UID writes a huge log file into the layer',
  why: 'useradd makes an entry for the user in `/var/log/lastlog` and `/var/log/faillog`, which are indexed by UID: for a UID as companies give them, such as 1000100000, they grow to hundreds of gigabytes. They are sparse on disk, but the builder reads and packs them in full, so the build takes forever or runs out of space (useradd(8), "--no-log-init"; moby/moby#5419). Variables are judged by the length of their name, as hadolint does.',
  messages: {
    large:
      'With a UID this long, useradd writes log files that can take gigabytes. Add `-l`, which leaves them out.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN useradd -u 10001 app && useradd -m other' },
      { code: 'FROM debian:12\nRUN useradd -l -u 1000100000 app' },
      { code: 'FROM debian:12\nRUN useradd --no-log-init -u ${USER_ID} app' },
      { code: 'FROM alpine:3.22\nRUN adduser -u 1000100000 app' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN useradd -u ⟦1000100000⟧ app',
        fixed: 'FROM debian:12\nRUN useradd -l -u 1000100000 app',
      },
      {
        code: 'FROM debian:12\nARG USER_ID\nRUN groupadd -g 1000 app \\\n && useradd -mu ⟦"$USER_ID"⟧ app',
        fixed: 'FROM debian:12\nARG USER_ID\nRUN groupadd -g 1000 app \\\n && useradd -l -mu "$USER_ID" app',
      },
      {
        code: 'FROM debian:12\nRUN ["useradd", "-u", ⟦"1000100000"⟧, "app"]',
        fixed: 'FROM debian:12\nRUN ["useradd", "-l", "-u", "1000100000", "app"]',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      for (const command of facts.commands(run)) {
        const { nameWord } = command;
        const uid = command.name === 'useradd' && !hasFlag(command, ['l', 'no-log-init']) && longUid(command);
        if (!uid || !nameWord) continue;
        report(run.at(uid), 'large', undefined, (): Fix => {
          return { title: 'Add -l', safety: 'safe', edits: [addWord(run, nameWord, '-l')] };
        });
        return;
      }
    },
  }),
});

/** The word behind `-u` where it has more than five characters, `$X` counting as `${X}`. */
function longUid({ args }: ShellCommand): ShellWord | undefined {
  return args.find(
    ({ value }, i) =>
      flagNames(args[i - 1]?.value ?? '').includes('u') &&
      !args[i - 1]?.value.startsWith('--') &&
      value.replace(/\$(\w+)/g, '${$1}').length > 5,
  );
}
