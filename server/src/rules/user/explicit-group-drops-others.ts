import { lineage } from '../../facts/stages.ts';
import { userName } from '../../facts/users.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';

export default defineRule({
  code: 'explicit-group-drops-others',
  name: 'explicit-group-drops-others',
  aliases: ['tally/user-explicit-group-drops-supplementary-groups'],
  since: '0.2.0',
  severity: 'warning',
  family: 'user',
  summary: 'USER names a group, which takes the other groups of the user away',
  why: 'With a group behind the user, the container runs with that group only, and others that `usermod` or `useradd` gave are left out (Dockerfile reference, "USER"). So a user that was added to `video` or `render` for the GPU cannot open its devices. Without the group, Docker takes all groups from `/etc/group`.',
  messages: {
    dropped:
      'With `:{group}`, `{user}` loses the group `{other}` that it was added to above. Write `USER {user}`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN useradd app && usermod -aG video app\nUSER app' },
      { code: 'FROM debian:12\nRUN useradd -g users app\nUSER app:users', note: 'its one group' },
      { code: 'FROM debian:12\nRUN usermod -aG video other\nUSER app:app' },
      { code: 'FROM debian:12\nRUN usermod -aG video app\nUSER app:video', note: 'the group that was added' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN useradd app && usermod -aG video,render app\nUSER ⟦app:app⟧',
        fixed: 'FROM debian:12\nRUN useradd app && usermod -aG video,render app\nUSER app',
      },
      {
        code: 'FROM debian:12 AS base\nRUN useradd -m --groups render app\nFROM base\nUSER ⟦app:1000⟧',
        fixed: 'FROM debian:12 AS base\nRUN useradd -m --groups render app\nFROM base\nUSER app',
      },
      {
        code: 'FROM debian:12\nRUN adduser app audio\nUSER ⟦"app:app"⟧',
        fixed: 'FROM debian:12\nRUN adduser app audio\nUSER app',
      },
    ],
  },
  create: () => ({
    USER(user, { facts, report }) {
      const stage = facts.stageOf(user);
      const word = user.node.args[0];
      const group = /^[^:]+:(.+)$/.exec(word?.value ?? '')?.[1];
      const name = stage && userName(facts.file, stage, user);
      if (!stage || !word || !group || !name || group.includes('$')) return;
      const commands = lineage(stage).flatMap(({ instructions }) =>
        instructions.filter(({ index }) => index < user.index).flatMap((it) => facts.commands(it)),
      );
      const others = commands.flatMap((command) => groupsGiven(command, name));
      const other = others.find((one) => one !== group);
      if (!other || others.includes(group)) return;
      report(user.at(word), 'dropped', { user: name, group, other }, (): Fix => {
        const text = word.value.replace(/:.*/s, '');
        return { title: `Write USER ${text}`, safety: 'unsafe', edits: [{ span: user.at(word), text }] };
      });
    },
  }),
});

/** The groups that a command adds a user to, besides its own one. */
function groupsGiven({ name, args }: ShellCommand, user: string): string[] {
  const words = args.map(({ value }) => value);
  const plain = words.filter((word) => !word.startsWith('-'));
  if (name === 'adduser' || name === 'addgroup')
    return plain.length === 2 && plain[0] === user ? plain.slice(1) : [];
  if (name === 'gpasswd') return words[0] === '-a' && words[1] === user ? words.slice(2, 3) : [];
  if ((name !== 'usermod' && name !== 'useradd') || words.at(-1) !== user) return [];
  const at = words.findIndex((word) => /^-[a-zA-Z]*G$|^--groups$/.test(word));
  const given =
    at < 0
      ? /^--groups=(.*)$/.exec(words.find((word) => word.startsWith('--groups=')) ?? '')?.[1]
      : words[at + 1];
  return given?.split(',') ?? [];
}
