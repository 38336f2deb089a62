import { readDownload } from '../../facts/downloads.ts';
import { isForSeveralPlatforms } from '../../facts/several-platforms.ts';
import { defineRule } from '../../lint/rule.ts';

const x86 = /(?:x86[_-]64|amd64|linux64)(?![\w]*arm)/;
/** The RUN knows of another architecture, or asks for its own. */
const chooses = /aarch64|arm64|uname|dpkg --print|\bcase\b|\bif\b|\[\[?\s|TARGET(?:ARCH|PLATFORM)/;

export default defineRule({
  code: 'x86-url-in-multiarch',
  name: 'x86-url-in-multiarch',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'platform',
  summary: 'A file for several platforms downloads a program for x86-64 alone',
  why: 'A stage that asks for `TARGETARCH` is meant to be built for more than one platform. The download is the same on each, so the image for ARM holds a program that ends with "exec format error" when it is first called. `${TARGETARCH}` says `amd64` or `arm64`, and `$(uname -m)` says `x86_64` or `aarch64` (Dockerfile reference, "Automatic platform ARGs in the global scope").',
  messages: {
    machine:
      'The image for ARM gets this program for x86-64 too. Write `$(uname -m)` in place of `{part}`, if there is a file for `aarch64`.',
    arch: 'The image for ARM gets this program for x86-64 too. Write `$TARGETARCH` in place of `{part}`, with `ARG TARGETARCH` above, if there is a file for `arm64`.',
    other:
      'The image for ARM gets this program for x86-64 too. Choose the file by `$TARGETARCH`, with `ARG TARGETARCH` above: it is `amd64` or `arm64`.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM ubuntu:24.04\nARG TARGETARCH\nRUN curl -fsSLO https://example.org/tool-linux-${TARGETARCH}.tar.gz',
      },
      { code: 'FROM ubuntu:24.04\nRUN curl -fsSLO https://example.org/tool-linux-x86_64.tar.gz' },
      {
        code: 'FROM ubuntu:24.04\nARG TARGETARCH\nRUN if [ "$TARGETARCH" = amd64 ]; then curl -fsSLO https://example.org/tool-x86_64.tar.gz; fi',
      },
    ],
    bad: [
      {
        code: 'FROM ubuntu:24.04\nARG TARGETARCH\nRUN curl -fsSLO ⟦https://example.org/tool-linux-x86_64.tar.gz⟧',
      },
      {
        code: 'FROM python:3.12-slim\nARG TARGETPLATFORM\nRUN mkdir /m && wget -q ⟦https://repo.anaconda.com/miniconda/Miniconda3-py312_25.5.1-0-Linux-x86_64.sh⟧ -O /m/i.sh',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const { text } = run.node;
      if (!x86.test(text) || chooses.test(text)) return;
      const stage = facts.stageOf(run);
      if (!stage || !isForSeveralPlatforms(stage)) return;
      // Where ARM ends the build, no image for it is made.
      if (endsOnArm(facts.file.joined)) return;
      // A stage whose base is fixed to one platform is not built for another.
      if (/--platform=[^\s=]*amd64/.test(stage.from.node.text)) return;
      for (const command of facts.commands(run)) {
        const url = readDownload(command)?.urls.find(({ value }) => x86.test(value));
        if (!url) continue;
        const part = x86.exec(url.value)?.[0] ?? '';
        if (part === 'x86_64') return report(run.at(url), 'machine', { part });
        if (part === 'amd64') return report(run.at(url), 'arch', { part });
        return report(run.at(url), 'other');
      }
    },
  }),
});

/** `arm64) exit 1`, with or without an `echo` before it. */
function endsOnArm(text: string): boolean {
  const commands = text.split(';');
  const exits = (command = '') => /^\s*exit 1/.test(command);
  return commands.some(
    (command, i) =>
      /arm64["')]*\s*(?:\\\s*)?exit 1/.test(command) ||
      (/arm64["')]*\s*(?:\\\s*)?echo/.test(command) && exits(commands[i + 1])),
  );
}
