import { commandChain } from '../../facts/command-chain.ts';
import { readDownload } from '../../facts/downloads.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';

/** What holds a download against something that is known. */
const verified = /sha\d*sum|shasum|md5sum|\bgpg|cosign|minisign|openssl\s+(?:dgst|sha|md5)|\brhash\b|\bb2sum/;

export default defineRule({
  code: 'installer-unverified',
  name: 'installer-unverified',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'programs',
  dependsOn: 'instruction',
  summary: 'An installer from the net is run as it comes',
  why: 'Whatever the address answers on the day of the build is run as root in the image: another version, an error page, or what somebody else put there. A checksum holds the file to what was looked at once: `ADD --checksum=sha256:…`, or `sha256sum -c` before it is run (Dockerfile reference, "ADD --checksum"). Piped into a shell, a download that breaks off is run up to there. The installer of uv has a rule of its own, uv-installer-script.',
  messages: {
    piped:
      'This runs whatever the address answers on the day of the build. Save it to a file, and put `echo "<sum>  <file>" | sha256sum -c - &&` before the command that runs it.',
    changing:
      'This runs whatever the address answers on the day of the build, as it names no version. Download a release that has one, by https and to a file, and write `echo "<sum>  <file>" | sha256sum -c - &&` before the command that runs it.',
    saved:
      '`{file}` is run without a look at whether it is the file that was meant. Put `echo "<sum>  {file}" | sha256sum -c - &&` before the command that runs it{joined}.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM debian:12\nRUN curl -fsSLo i.sh https://example.org/i.sh && echo "ab12  i.sh" | sha256sum -c - && sh i.sh',
      },
      { code: 'FROM debian:12\nRUN curl -fsSL https://example.org/a.tar.gz | tar xz' },
      {
        code: 'FROM debian:12\nRUN curl -LsSf https://astral.sh/uv/install.sh | sh',
        note: 'left to uv-installer-script',
      },
      { code: 'FROM debian:12\nCOPY i.sh .\nRUN sh i.sh' },
    ],
    bad: [
      { code: 'FROM debian:12\nRUN curl -fsSL ⟦https://example.org/install.sh⟧ | bash -s -- -y' },
      { code: 'FROM debian:12\nRUN wget -qO- ⟦https://example.org/setup⟧ | sudo -E sh -' },
      { code: 'FROM debian:12\nRUN sh -c "$(curl -fsSL ⟦https://example.org/install.sh⟧)"' },
      {
        code: 'FROM debian:12\nRUN wget -q ⟦https://example.org/Miniforge3.sh⟧ -O /tmp/m.sh && bash /tmp/m.sh -b',
      },
      { code: 'FROM debian:12\nRUN curl -fLO ⟦https://example.org/x.run⟧ && chmod +x x.run && ./x.run' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const { text } = run.node;
      if (!/\b(?:curl|wget)\b/.test(text) || verified.test(text)) return;
      const commands = facts.commands(run);
      const chain = commandChain(facts, run);
      for (const [at, command] of commands.entries()) {
        const download = readDownload(command);
        const url = download?.urls[0];
        if (!download || !url || /:\/\/(?:astral\.sh|localhost|127\.)/.test(url.value)) continue;
        // Of what changes without a new address a checksum is soon out of date.
        const isPlain = !/\d/.test(url.value.replace(/^\w+:\/\/[^/]*/, ''));
        const place = chain.findIndex((one) => one.command === command);
        const piped = chain[place + 1];
        const isPiped = place >= 0 && piped?.joint === '|' && isShell(piped.command);
        const isInside = commands.some(
          (one) =>
            isShell(one) && one.from < command.from && command.to <= one.to && one.args.some(holdsDownload),
        );
        if (isPiped || isInside) return report(run.at(url), isPlain ? 'changing' : 'piped');
        const file = download.output?.value ?? (download.keepsName ? url.value.split('/').at(-1) : undefined);
        if (file && commands.slice(at + 1).some((one) => runs(one, file)))
          return report(run.at(url), isPlain ? 'changing' : 'saved', { file, joined: joins(run.node.text) });
      }
    },
  }),
});

/** What else is to be done where a `;` goes on after a failure. */
const joins = (text: string) =>
  text.includes(';') && !/\bset\s+-\w*e/.test(text) ? ', and join all of them by `&&`' : '';

const isShell = ({ name }: ShellCommand) => /^(?:ba|da|z|k)?sh$/.test(name);
const holdsDownload = ({ value }: { value: string }) =>
  /(?:\$|<)\(\s*(?:curl|wget)|`\s*(?:curl|wget)/.test(value);

/** Whether a command runs a file, by a shell or by its name. */
function runs(command: ShellCommand, file: string): boolean {
  const plain = (path: string) => path.replace(/^\.\//, '');
  const written = command.nameWord?.value ?? '';
  if (/\//.test(written) && plain(written) === plain(file)) return true;
  return isShell(command) && command.args.some(({ value }) => plain(value) === plain(file));
}
