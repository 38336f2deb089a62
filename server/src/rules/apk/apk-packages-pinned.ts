import { firstUnpinned, installsOf, pinOptions } from '../../facts/package-installs.ts';
import { pinMessage, pinMessages } from '../../facts/pin-messages.ts';
import { defineRule } from '../../lint/rule.ts';

const form = { programs: ['apk'], verbs: ['add'], valueFlags: ['t', 'virtual', 'X', 'repository'] };

const isPinned = (name: string) => /[=~<>]|\.apk$/.test(name);

export default defineRule({
  code: 'DL3018',
  name: 'apk-packages-pinned',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  recommended: {
    level: 'off',
    because:
      '35 of the 39 repositories in which it finds something silence it: Alpine keeps only the newest build of a package, so that a pin breaks the build before long.',
  },
  group: 'system-package-pins',
  family: 'apk',
  summary: 'apk installs packages without a version',
  why: 'Without a version, a rebuild may install another release than the image that was tested. Alpine keeps only the newest build of a package in each branch, so `=3.12.8-r1` fails as soon as `-r2` is out, while `~3.12` takes any 3.12 (apk(8), "package specification"). Pin what matters, as loosely as it allows.',
  messages: {
    ...pinMessages('~'),
  },
  options: pinOptions(
    'FROM alpine:3.20\nARG PACKAGES="bash~5.2"\nRUN apk add --no-cache $PACKAGES\n',
    'hadolint#393',
  ),
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM alpine:3.20\nRUN apk add --no-cache python3~3.12 "openblas>=0.3"' },
      { code: 'FROM alpine:3.20\nRUN apk add --no-cache --virtual .build gcc=13.2.1_git20240309-r0' },
      { code: 'FROM alpine:3.20\nCOPY tool.apk .\nRUN apk add --no-cache --allow-untrusted tool.apk' },
      {
        code: 'FROM alpine:3.20\nARG PACKAGES="bash~5.2 curl~8"\nRUN apk add --no-cache ${PACKAGES}',
        note: 'the value is known, and all of it has versions',
      },
    ],
    bad: [
      { code: 'FROM alpine:3.20\nRUN apk add --no-cache ⟦python3⟧ py3-pip' },
      {
        code: 'FROM alpine:3.20\nRUN apk add --no-cache --virtual .build \\\n    musl-dev=1.2.5-r0 \\\n    ⟦gcc⟧ \\\n && apk add --no-cache ⟦libgomp⟧',
        note: 'one finding for each command, on its first unpinned package',
      },
      {
        code: 'FROM alpine:3.20\nARG PACKAGES="bash curl~8"\nRUN apk add --no-cache ⟦$PACKAGES⟧',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      for (const { packages } of installsOf(facts, run, form)) {
        const word = firstUnpinned(facts, run, packages, isPinned, options);
        if (!word) continue;
        const { id, data } = pinMessage(facts, run, word, isPinned);
        report(run.at(word), id, data);
      }
    },
  }),
});
