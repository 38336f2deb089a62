import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Word } from '../../syntax/tree.ts';
import { trimEnd } from '../../text/trim.ts';

/** Prefixes that Docker keeps for itself (docs.docker.com, "Docker object labels"). */
const reserved = /^(?:com\.docker|io\.docker|org\.dockerproject)\./;

export default defineRule({
  code: 'DL3048',
  name: 'invalid-label-key',
  aliases: ['tally/labels/valid-key'],
  since: '0.2.0',
  severity: 'style',
  family: 'labels',
  dependsOn: 'instruction',
  summary: 'A label key that tools may not read',
  why: "Docker's guidelines for label keys ask for lower-case letters, digits, and single dots, dashes, underscores and slashes between them, as in `org.opencontainers.image.source`. Registries and schedulers that filter images by label follow them: a key such as `Model Version` or `MAINTAINER` is kept, but a filter on it finds nothing where keys are compared as the guidelines have them. Prefixes such as `com.docker.` belong to Docker.",
  messages: {
    invalid:
      'Tools look for label keys in lower-case letters, digits and single `.`, `-`, `_` or `/`, and take `{key}` for another one. Write `{right}`.',
    reserved:
      'The label key `{key}` begins as those that Docker keeps for itself. Begin it with a domain of yours, as in `org.example.{last}`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nLABEL org.opencontainers.image.source=https://example.org/x version="1.0"' },
      { code: 'FROM debian:12\nLABEL model_version=3 com.example/team=vision' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nLABEL ⟦Maintainer⟧="Ada" version=1',
        fixed: 'FROM debian:12\nLABEL maintainer="Ada" version=1',
      },
      {
        code: 'FROM debian:12\nLABEL "⟦Model Version⟧"="3"',
        fixed: 'FROM debian:12\nLABEL "model-version"="3"',
      },
      {
        code: 'FROM debian:12\nLABEL ⟦Name⟧="bind" \\\n      ⟦Version⟧="9.9"',
        fixed: 'FROM debian:12\nLABEL name="bind" \\\n      version="9.9"',
      },
      { code: 'FROM debian:12\nLABEL ⟦com.docker.x⟧=1', note: 'a prefix that Docker keeps for itself' },
    ],
  },
  create: () => ({
    LABEL(label, ctx) {
      for (const { key, value } of label.node.pairs) {
        // A word without a value is a syntax error, and no key; so is a key that is empty.
        if (!value || key.value === '') continue;
        const isReserved = reserved.test(key.value);
        if (!isReserved && isValid(key.value)) continue;
        const span = label.at(withoutQuotes(key));
        const text = mend(key.value);
        if (isReserved) {
          ctx.report(span, 'reserved', { key: key.value, last: key.value.split('.').at(-1) ?? '' });
        } else {
          const right = isValid(text) ? text : 'org.example.name';
          ctx.report(span, 'invalid', { key: key.value, right }, (): Fix | undefined => {
            return isValid(text)
              ? { title: `Rename the label to ${text}`, safety: 'unsafe', edits: [{ span, text }] }
              : undefined;
          });
        }
      }
    },
  }),
});

function isValid(key: string): boolean {
  return /^[a-z](?:[a-z0-9._/-]*[a-z0-9])?$/.test(key) && !/\.\.|--/.test(key);
}

/** A key of the right form that a reader takes for the same. */
function mend(key: string): string {
  const plain = key
    .toLowerCase()
    .replace(/[^a-z0-9._/-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/-{2,}/g, '-')
    .replace(/^[^a-z]+/, '');
  return trimEnd(plain, /[^a-z0-9]/);
}

function withoutQuotes({ from, to, raw, value }: Word) {
  return raw.length === value.length + 2 ? { from: from + 1, to: to - 1 } : { from, to };
}
