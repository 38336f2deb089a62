import type { FileFacts } from '../../facts/file-facts.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
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
      const all = lineage(stage).map((one) => groupsIn(facts, one).get(name));
      const isGiven = (one: string) => all.some((groups) => (groups?.get(one) ?? user.index) < user.index);
      // The groups of a stage stand in the order of the file, so the first or second is it, or none.
      const others = all.flatMap((groups) => {
        const [first, second] = groups?.keys() ?? [];
        return [first, second];
      });
      const other = others.find((one) => one !== undefined && one !== group && isGiven(one));
      if (!other || isGiven(group)) return;
      report(user.at(word), 'dropped', { user: name, group, other }, (): Fix => {
        const text = word.value.replace(/:.*/s, '');
        return { title: `Write USER ${text}`, safety: 'unsafe', edits: [{ span: user.at(word), text }] };
      });
    },
  }),
});

/** The groups that the commands of a stage add users to, with the place of the first instruction that does. */
type Groups = ReadonlyMap<string, ReadonlyMap<string, number>>;
const known = new WeakMap<Stage, Groups>();

function groupsIn(facts: FileFacts, stage: Stage): Groups {
  const groups = known.get(stage) ?? readGroups(facts, stage);
  known.set(stage, groups);
  return groups;
}

function readGroups(facts: FileFacts, stage: Stage): Groups {
  const ofUsers = new Map<string, Map<string, number>>();
  for (const it of stage.byKeyword.get('RUN') ?? []) {
    for (const command of facts.commands(it)) {
      const [user, groups] = groupsGiven(command);
      if (user === undefined || groups.length === 0) continue;
      const known = ofUsers.get(user) ?? new Map<string, number>();
      ofUsers.set(user, known);
      for (const group of groups) if (!known.has(group)) known.set(group, it.index);
    }
  }
  return ofUsers;
}

/** The user that a command adds to groups, and those besides its own one. */
function groupsGiven({ name, args }: ShellCommand): [user: string | undefined, groups: string[]] {
  const words = args.map(({ value }) => value);
  const plain = words.filter((word) => !word.startsWith('-'));
  if (name === 'adduser' || name === 'addgroup') return [plain[0], plain.length === 2 ? plain.slice(1) : []];
  if (name === 'gpasswd') return [words[1], words[0] === '-a' ? words.slice(2, 3) : []];
  if (name !== 'usermod' && name !== 'useradd') return [undefined, []];
  const at = words.findIndex((word) => /^-[a-zA-Z]*G$|^--groups$/.test(word));
  const given =
    at < 0
      ? /^--groups=(.*)$/.exec(words.find((word) => word.startsWith('--groups=')) ?? '')?.[1]
      : words[at + 1];
  return [words.at(-1), given?.split(',') ?? []];
}
