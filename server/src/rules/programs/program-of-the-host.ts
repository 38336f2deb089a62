import { defineRule } from '../../lint/rule.ts';

const hostPrograms = new Set(['free', 'kill', 'mount', 'ps', 'service', 'shutdown', 'ssh', 'top', 'vim']);

/** What is done to a service that runs. */
const endsOne = /^(?:stop|reload|force-reload|status)$/;

export default defineRule({
  code: 'DL3001',
  name: 'program-of-the-host',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  recommended: { level: 'hint', because: 'Such a command does nothing in a build, and breaks nothing.' },
  family: 'programs',
  dependsOn: 'instruction',
  summary: 'A RUN calls a program that has no use in a build',
  why: 'Each RUN starts in a container of its own that ends with it, so a service that it starts or a folder that it mounts is gone in the next one, and `ssh`, `vim` and `top` wait for someone at a terminal. Start a service in the same RUN that needs it by calling its program; fetch from a private repository with `RUN --mount=type=ssh` and git.',
  messages: {
    host: '`{name}` changes nothing in the image, as what it does is over when this RUN ends. Delete it, or call it when the container runs.',
    service:
      'What `{name}` starts stops when this RUN ends. Put the commands that need it into this RUN, joined by `&&`; for the container, start it in CMD or ENTRYPOINT.',
    nothing: 'No service runs while an image is built, so `{name}` has nothing to {action}. Delete it.',
    mount:
      'What `mount` mounts is gone when this RUN ends, and most builds may not mount at all. Delete it, and give the folder to the container with `docker run -v`.',
    screen: '`{name}` waits for somebody at a screen and keyboard, whom a build does not have. Delete it.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN apt-get install -y vim openssh-client' },
      { code: 'FROM debian:12\nRUN ./mount.sh && psql -c "select 1" && umount /mnt' },
      { code: 'FROM postgres:17\nCMD ["service", "postgresql", "start"]' },
    ],
    bad: [
      { code: 'FROM debian:12\nRUN ⟦service⟧ postgresql start && createdb app' },
      { code: 'FROM debian:12\nRUN mkdir /data \\\n && ⟦mount⟧ /dev/sdb1 /data \\\n && ps' },
      { code: 'FROM debian:12\nRUN [⟦"top"⟧, "-b"]' },
      { code: 'FROM debian:12\nRUN apt-get install -y samba && ⟦service⟧ smbd stop' },
      { code: 'FROM debian:12\nRUN ⟦/etc/init.d/ssh⟧ restart' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const command = facts.commands(run).find(({ name }) => hostPrograms.has(name));
      if (!command?.nameWord) return;
      const { name, nameWord } = command;
      const isService = name === 'service' || /^\/etc\/(?:rc\.d\/)?init\.d\//.test(nameWord.value);
      const action = command.args.map(({ value }) => value).find((value) => endsOne.test(value));
      if (isService && action) report(run.at(nameWord), 'nothing', { name: nameWord.value, action });
      else if (isService) report(run.at(nameWord), 'service', { name: nameWord.value });
      else if (name === 'mount') report(run.at(nameWord), 'mount');
      else report(run.at(nameWord), name === 'vim' ? 'screen' : 'host', { name });
    },
  }),
});
