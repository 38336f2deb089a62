import { defineRule } from '../../lint/rule.ts';

/** `name:password` for `chpasswd`, where no variable or command gives the password. */
const pair = /^["']?([a-z_][\w-]*):([^\s"'$`\\|:]+)["']?$/;

export default defineRule({
  code: 'ssh-or-fixed-password',
  name: 'ssh-or-fixed-password',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'secrets',
  dependsOn: 'instruction',
  summary: 'An account of the image has a password that everybody knows',
  why: 'A password in a RUN is the same in every container of the image, stands in `docker history`, and is tried first by whoever finds the port. It is common in templates for rented GPUs, with root and an SSH server. `docker exec` needs neither, and where SSH is wanted, a public key can be given when the container starts.',
  messages: {
    password:
      'The password of `{user}` is the same in every container of this image. Take it out, and set one when the container starts, or do without by `docker exec` or an SSH key.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM ubuntu:24.04\nRUN useradd -m app\nUSER app' },
      { code: 'FROM ubuntu:24.04\nRUN echo "app:$PASSWORD" | chpasswd' },
      { code: 'FROM ubuntu:24.04\nRUN echo "app:$(openssl rand -base64 12)" | chpasswd' },
      { code: 'FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y openssh-server' },
      {
        code: 'FROM ubuntu:24.04\nRUN sed -i "s/PermitRootLogin yes/PermitRootLogin no/" /etc/ssh/sshd_config',
        note: 'it takes the permission away',
      },
      { code: 'FROM ubuntu:24.04\nRUN echo "https://a:b" > /x && chpasswd --help' },
    ],
    bad: [
      { code: 'FROM ubuntu:24.04\nRUN echo ⟦"root:nvidia"⟧ | chpasswd' },
      { code: "FROM ubuntu:24.04\nRUN useradd -m dev && printf ⟦'dev:dev'⟧ | chpasswd" },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const { text } = run.node;
      if (text.includes('chpasswd')) {
        const commands = facts.commands(run);
        const at = commands.findIndex(({ name }) => name === 'chpasswd');
        const before = commands[at - 1];
        const word = /^(?:echo|printf)$/.test(before?.name ?? '')
          ? before?.args.find(({ value }) => value.includes(':'))
          : undefined;
        const user = word && pair.exec(word.raw)?.[1];
        const hasPipe = facts.shellText(run)?.script.pipes.some(({ from }) => from > (word?.to ?? Infinity));
        if (word && user && hasPipe) report(run.at(word), 'password', { user });
      }
    },
  }),
});
