import { flagNames, hasFlag } from '../../facts/command-flags.ts';
import { addWord } from '../../facts/run-edits.ts';
import { resolveWord } from '../../facts/scope.ts';
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
  why: 'useradd makes an entry for the user in `/var/log/lastlog` and `/var/log/faillog`, which are indexed by UID: for a UID as companies give them, such as 1000100000, they grow to hundreds of gigabytes. They are sparse on disk, but the builder reads and packs them in full, so the build takes forever or runs out of space (useradd(8), "--no-log-init"; moby/moby#5419). A variable is judged by the value that the file gives it, and one without a value is left alone.',
  messages: {
    large:
      'With a UID this long, useradd writes log files that can take gigabytes. Add `-l`, which leaves them out.',
  },
  options: {
    resolveVariables: {
      default: true,
      description: 'Judge a variable by its value in the file, and leave it alone where it has none.',
      hadolint: {
        value: false,
        reason:
          'Behind `ARG UID=1000` the number is a short one; hadolint judges a variable by the length of its name.',
        example: 'FROM debian:12\nARG USER_ID=1000\nRUN useradd -u ${USER_ID} app\n',
      },
    },
  },
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN useradd -u 10001 app && useradd -m other' },
      { code: 'FROM debian:12\nRUN useradd -l -u 1000100000 app' },
      { code: 'FROM debian:12\nRUN useradd --no-log-init -u ${USER_ID} app' },
      { code: 'FROM debian:12\nARG USER_ID=1000\nRUN useradd -u ${USER_ID} app' },
      { code: 'FROM debian:12\nARG USER_ID\nRUN useradd -u "$USER_ID" app', note: 'the number is not known' },
      { code: 'FROM alpine:3.22\nRUN adduser -u 1000100000 app' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN useradd -u ⟦1000100000⟧ app',
        fixed: 'FROM debian:12\nRUN useradd -l -u 1000100000 app',
      },
      {
        code: 'FROM debian:12\nARG USER_ID=1000100000\nRUN groupadd -g 1000 app \\\n && useradd -mu ⟦"$USER_ID"⟧ app',
        fixed:
          'FROM debian:12\nARG USER_ID=1000100000\nRUN groupadd -g 1000 app \\\n && useradd -l -mu "$USER_ID" app',
      },
      {
        code: 'FROM debian:12\nRUN useradd -u ⟦$USER_ID⟧ app',
        fixed: 'FROM debian:12\nRUN useradd -l -u $USER_ID app',
        options: { resolveVariables: false },
      },
      {
        code: 'FROM debian:12\nRUN ["useradd", "-u", ⟦"1000100000"⟧, "app"]',
        fixed: 'FROM debian:12\nRUN ["useradd", "-l", "-u", "1000100000", "app"]',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      const stage = facts.stageOf(run);
      const isLong = (word: ShellWord) => {
        if (!options.resolveVariables) return word.value.replace(/\$(\w+)/g, '${$1}').length > 5;
        const uid = stage && resolveWord(facts.file, stage, run, word);
        return uid !== undefined && /^\d{6,}$/.test(uid);
      };
      for (const command of facts.commands(run)) {
        const { nameWord } = command;
        const uid = command.name === 'useradd' && !hasFlag(command, ['l', 'no-log-init']) && uidOf(command);
        if (!uid || !nameWord || !isLong(uid)) continue;
        report(run.at(uid), 'large', undefined, (): Fix => {
          return { title: 'Add -l', safety: 'safe', edits: [addWord(run, nameWord, '-l')] };
        });
        return;
      }
    },
  }),
});

/** The word behind `-u`. */
function uidOf({ args }: ShellCommand): ShellWord | undefined {
  return args.find(
    (_, i) => flagNames(args[i - 1]?.value ?? '').includes('u') && !args[i - 1]?.value.startsWith('--'),
  );
}
