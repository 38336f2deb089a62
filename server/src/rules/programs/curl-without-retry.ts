import { hasFlag } from '../../facts/command-flags.ts';
import { readDownload } from '../../facts/downloads.ts';
import { addWord } from '../../facts/run-edits.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

export default defineRule({
  code: 'curl-without-retry',
  name: 'curl-without-retry',
  aliases: ['tally/prefer-curl-config'],
  since: '0.2.0',
  severity: 'style',
  family: 'programs',
  summary: 'curl gives up at the first failure',
  why: 'A build downloads gigabytes from servers that now and then answer 503 or break off, and one such answer ends the build. With `--retry 3` curl tries again after 1, 2 and 4 seconds (curl(1)); it knows by itself which failures pass. wget tries 20 times by default (GNU Wget manual, "Download Options"). Only downloads into a file are found: into a pipe, a second try would send the first part twice.',
  messages: {
    retry:
      'curl gives up at the first failure of the network or the server, and the build with it. Add `--retry 3`.',
    page: 'curl does not try again where the network fails for a moment, and without `-f` it saves the error page of a server as the file. Add `-f --retry 3`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN curl -fL --retry 5 -o model.bin https://example.org/model.bin' },
      { code: 'FROM debian:12\nRUN curl -fsSL https://example.org/install.sh | sh' },
      { code: 'FROM debian:12\nCOPY .curlrc /root/\nRUN curl -fLO https://example.org/model.bin' },
      { code: 'FROM debian:12\nRUN wget https://example.org/model.bin' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN ⟦curl⟧ -fLo model.bin https://example.org/model.bin',
        fixed: 'FROM debian:12\nRUN curl --retry 3 -fLo model.bin https://example.org/model.bin',
      },
      {
        code: 'FROM debian:12\nRUN cd /tmp \\\n && ⟦curl⟧ -fLO https://example.org/a \\\n && curl -fL --output b https://example.org/b',
        fixed:
          'FROM debian:12\nRUN cd /tmp \\\n && curl --retry 3 -fLO https://example.org/a \\\n && curl --retry 3 -fL --output b https://example.org/b',
        note: 'one finding for each RUN, and one fix for all of its downloads',
      },
      {
        code: 'FROM debian:12\nRUN ⟦curl⟧ -Lo /usr/bin/tool https://example.org/tool',
        fixed: 'FROM debian:12\nRUN curl -f --retry 3 -Lo /usr/bin/tool https://example.org/tool',
        note: 'without -f an error page would be the tool',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const words = facts.commands(run).flatMap((command) => {
        const download = command.name === 'curl' ? readDownload(command) : undefined;
        const isFile = download && (download.keepsName || (download.output && download.output.value !== '-'));
        if (!isFile || hasFlag(command, ['retry', 'K', 'config', 'I', 'head'])) return [];
        const { nameWord: word } = command;
        const fails = hasFlag(command, ['f', 'fail', 'fail-with-body', 'fail-early']);
        return word ? [{ word, flags: fails ? '--retry 3' : '-f --retry 3' }] : [];
      });
      const first = words.find(({ flags }) => flags.startsWith('-f')) ?? words[0];
      if (!first || run.node.json || /curlrc|CURL_HOME/.test(facts.file.joined)) return;
      report(
        run.at(words[0]?.word ?? first.word),
        first.flags === '--retry 3' ? 'retry' : 'page',
        undefined,
        (): Fix => {
          const edits = words.map(({ word, flags }) => addWord(run, word, flags));
          return { title: `Add ${first.flags}`, safety: 'unsafe', edits };
        },
      );
    },
  }),
});
