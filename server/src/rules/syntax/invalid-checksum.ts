import { textInPlainBuild } from '../../facts/plain-build.ts';
import { remoteSource } from '../../facts/remote-sources.ts';
import { defineRule } from '../../lint/rule.ts';
import { isDigest } from '../../syntax/image-reference.ts';

export default defineRule({
  code: 'invalid-checksum',
  name: 'invalid-checksum',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'ADD `--checksum` with no checksum, or for something that has none',
  why: '`--checksum` is for one file of the web, as `sha256:` and 64 hexadecimal digits in lower case (sha384 and sha512 go as well), or for one Git repository, as its commit. Docker ends the build where it stands for files of the build context or for several sources, and where it is no checksum.',
  messages: {
    digest:
      '`{value}` is no checksum. Write `sha256:` and the 64 hexadecimal digits that `sha256sum` prints.',
    local:
      '`--checksum` is for a file of the web or a Git repository, and `{source}` is neither. Leave it out.',
    several: '`--checksum` is for one source, and here are {count}. Write an ADD for each.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM debian:12\nADD --checksum=sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 https://example.com/a.tgz /a/\nADD --checksum=1a2b3c https://example.com/a.git /a/',
      },
      {
        code: 'FROM debian:12\nARG SUM\nADD --checksum=$SUM https://example.com/a.tgz /a/\nADD --checksum= a /b',
      },
    ],
    bad: [
      { code: 'FROM debian:12\nADD --checksum=⟦sha256:123⟧ https://example.com/a.tgz /a/' },
      {
        code: 'FROM debian:12\nADD --checksum=⟦md5:d41d8cd98f00b204e9800998ecf8427e⟧ https://example.com/a.tgz /a/',
      },
      { code: 'FROM debian:12\nADD ⟦--checksum=sha256:123⟧ model.bin /a/' },
      {
        code: 'FROM debian:12\nADD ⟦--checksum=sha256:123⟧ https://example.com/a.tgz https://example.com/b.tgz /a/',
      },
    ],
  },
  create: () => ({
    ADD(add, { facts, report }) {
      const flag = add.node.flags.find(({ name }) => name === 'checksum');
      const value = flag?.value && textInPlainBuild(facts, add, flag.value.value);
      if (!flag?.value || !value) return;
      const { sources } = add.node;
      const [first] = sources;
      const source = first && textInPlainBuild(facts, add, first.raw);
      if (sources.length > 1) return report(add.at(flag), 'several', { count: sources.length });
      if (!first || source === undefined) return;
      const kind = remoteSource(source);
      // BuildKit counts this as a repository here, and fetches it nowhere.
      if (source.startsWith('github.com/')) return;
      if (kind === undefined) report(add.at(flag), 'local', { source });
      else if (kind === 'http' && !isDigest(value)) {
        report(add.at(flag.value), 'digest', { value });
      }
    },
  }),
});
