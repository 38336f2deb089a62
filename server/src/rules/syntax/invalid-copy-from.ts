import { findStage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';
import { isImageName } from '../../syntax/image-reference.ts';

export default defineRule({
  code: 'invalid-copy-from',
  name: 'invalid-copy-from',
  aliases: ['dockerfile-utils/FLAG_INVALID_FROM_VALUE'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'COPY --from names no image that there can be',
  why: 'What is no stage above is an image to Docker, whose name is in lower case, with a tag of letters, digits, `_`, `.` and `-` behind the colon. The build ends with `invalid reference format` at any other. Names without a colon are the matter of DL3022.',
  messages: {
    invalid: '`{name}` is neither a stage nor the name of an image. Correct it.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nCOPY --from=ghcr.io/astral-sh/uv:0.12.5 /uv /bin/' },
      { code: 'FROM debian:12\nCOPY --from=$A:1 /a /b\nCOPY --from=Nope /c /d', note: 'left to DL3022' },
    ],
    bad: [
      { code: 'FROM debian:12\nCOPY --from=⟦busybox:⟧ /bin/sh /bin/' },
      { code: 'FROM debian:12\nCOPY --from=⟦:latest⟧ /a /b' },
      { code: 'FROM debian:12\nCOPY --from=⟦Busybox:1⟧ /a /b' },
    ],
  },
  create: () => ({
    COPY(copy, { facts, report }) {
      const word = copy.node.flags.find(({ name }) => name === 'from')?.value;
      const name = word?.value ?? '';
      if (!word || !name.includes(':') || name.includes('$') || isImageName(name)) return;
      if (findStage(facts.stages, name, facts.options)) return;
      report(copy.at(word), 'invalid', { name });
    },
  }),
});
