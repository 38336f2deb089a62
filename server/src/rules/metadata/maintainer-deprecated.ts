import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL4000',
  name: 'maintainer-deprecated',
  aliases: ['buildkit/MaintainerDeprecated', 'dockerfile-utils/DEPRECATED_MAINTAINER'],
  since: '0.1.0',
  severity: 'error',
  recommended: { level: 'hint', because: 'The build goes on, and MAINTAINER still does what it did.' },
  family: 'metadata',
  dependsOn: 'instruction',
  summary: 'MAINTAINER is deprecated',
  why: 'Docker deprecated `MAINTAINER` in 1.13. A label holds the same text, and registries and `docker inspect` show it; the OCI image specification names the key `org.opencontainers.image.authors`.',
  messages: {
    deprecated: 'MAINTAINER is deprecated. Write `{label}`.',
  },
  options: {},
  examples: {
    good: [{ code: 'FROM debian:12\nLABEL org.opencontainers.image.authors="ada@example.org"' }],
    bad: [
      {
        code: 'FROM debian:12\n⟦MAINTAINER⟧ Ada Lovelace <ada@example.org>',
        fixed: 'FROM debian:12\nLABEL org.opencontainers.image.authors="Ada Lovelace <ada@example.org>"',
      },
      {
        code: 'FROM debian:12\n⟦MAINTAINER⟧ "ada"',
        fixed: 'FROM debian:12\nLABEL org.opencontainers.image.authors="ada"',
        note: 'quotes around the name are not doubled',
      },
    ],
  },
  create: () => ({
    MAINTAINER({ node, span, at }, ctx) {
      const name = node.plain.slice(node.body.from, node.body.to).replace(/^(["'])(.*)\1$/, '$2');
      const keyword = node.keywordWord.raw === node.keywordWord.raw.toLowerCase() ? 'label' : 'LABEL';
      const text = `${keyword} org.opencontainers.image.authors=${JSON.stringify(name).replaceAll('$', '\\$')}`;
      ctx.report(
        at(node.keywordWord),
        'deprecated',
        {
          label: name === '' || name.length > 100 ? `${keyword} org.opencontainers.image.authors="…"` : text,
        },
        () =>
          name === ''
            ? undefined
            : { title: 'Replace MAINTAINER by a LABEL', safety: 'safe', edits: [{ span, text }] },
        { tag: 'deprecated' },
      );
    },
  }),
});
