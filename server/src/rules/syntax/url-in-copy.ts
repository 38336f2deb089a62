import { textInPlainBuild } from '../../facts/plain-build.ts';
import { remoteSource } from '../../facts/remote-sources.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { likeKeyword } from '../../text/edit.ts';

export default defineRule({
  code: 'url-in-copy',
  name: 'url-in-copy',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'COPY of an URL or a Git repository',
  why: 'COPY takes files of the build context and of other stages. What lies on the web or in a Git repository is the matter of ADD, and Docker ends the build at `source can’t be a URL for COPY`.',
  messages: {
    url: 'COPY cannot fetch `{source}`. Write ADD, which can.',
    image: 'COPY cannot fetch `{source}`. Write an ADD without `--from` for it.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nADD https://example.com/a.bin /a/\nCOPY a http:/ /x/' },
      { code: 'FROM debian:12\nARG URL\nCOPY $URL /x/' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nCOPY ⟦http://example.com/a.bin⟧ /a/',
        fixed: 'FROM debian:12\nADD http://example.com/a.bin /a/',
      },
      { code: 'FROM debian:12\nCOPY --from=busybox:1.37 ⟦https://example.com/a.bin⟧ /a/' },
      {
        code: 'FROM debian:12\nCOPY a ⟦git@github.com:a/b.git⟧ /a/',
        fixed: 'FROM debian:12\nADD a git@github.com:a/b.git /a/',
      },
      {
        code: 'FROM debian:12\nARG AT=https://example.com\nCOPY [⟦"$AT/a b"⟧, "/a/"]',
        fixed: 'FROM debian:12\nARG AT=https://example.com\nADD ["$AT/a b", "/a/"]',
      },
    ],
  },
  create: () => ({
    COPY(copy, { facts, report }) {
      const { node } = copy;
      for (const word of node.sources) {
        const source = textInPlainBuild(facts, copy, node.json ? word.value : word.raw);
        if (source === undefined || remoteSource(source) === undefined) continue;
        const hasImage = node.flags.some(({ name }) => name === 'from' || name === 'parents');
        report(copy.at(word), hasImage ? 'image' : 'url', { source }, (): Fix | undefined => {
          const text = likeKeyword('ADD', node.keywordWord.raw);
          const edits = [{ span: copy.at(node.keywordWord), text }];
          return hasImage ? undefined : { title: `Write ${text}`, safety: 'unsafe', edits };
        });
        return;
      }
    },
  }),
});
