import { osFamily } from '../../facts/base-images.ts';
import { hasFlag } from '../../facts/command-flags.ts';
import { addWord } from '../../facts/run-edits.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';

const quiet = ['progress', 'q', 'quiet', 'o', 'output-file', 'a', 'append-output', 'no-verbose'];

export default defineRule({
  code: 'DL3047',
  name: 'wget-progress-bar',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  recommended: { level: 'hint', because: 'It concerns the build log alone.' },
  family: 'programs',
  summary: 'wget fills the build log with its progress',
  why: 'Where there is no terminal, wget writes a line for every 50 kB that it has fetched: some 40,000 lines for a model of 2 GB, in which the message that matters is lost, and a CI service may cut the log off. `--progress=dot:giga` writes a line for every 32 MB, `-nv` one for each file (GNU Wget manual, "Download Options").',
  messages: {
    progress:
      'wget writes its progress to the build log line by line. Add `--progress=dot:giga`, `-nv` or `-q`.',
    busybox:
      'wget writes its progress to the build log. Add `-q`, which the wget of BusyBox, as on Alpine, knows too.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN wget --progress=dot:giga https://example.org/model.bin' },
      { code: 'FROM debian:12\nRUN wget -qO- https://example.org/x.sh | sh' },
      { code: 'FROM debian:12\nRUN wget -nv https://example.org/a && wget -o /log https://example.org/b' },
      { code: 'FROM debian:12\nRUN apt-get install -y wget' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN ⟦wget⟧ https://example.org/model.bin',
        fixed: 'FROM debian:12\nRUN wget --progress=dot:giga https://example.org/model.bin',
      },
      {
        code: 'FROM debian:12\nRUN mkdir /models \\\n && ⟦wget⟧ -O /models/a \\\n      https://example.org/a \\\n && wget https://example.org/b',
        fixed:
          'FROM debian:12\nRUN mkdir /models \\\n && wget --progress=dot:giga -O /models/a \\\n      https://example.org/a \\\n && wget --progress=dot:giga https://example.org/b',
        note: 'one finding for each RUN, and one fix for all of its downloads',
      },
      {
        code: 'FROM alpine:3.22\nRUN ⟦wget⟧ -O- https://example.org/x.tar | tar x',
        fixed: 'FROM alpine:3.22\nRUN wget -q -O- https://example.org/x.tar | tar x',
        note: 'the wget of BusyBox knows no `--progress`',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const words = facts
        .commands(run)
        .filter((command) => command.name === 'wget' && !isQuiet(command))
        .flatMap(({ nameWord }) => nameWord ?? []);
      const first = words[0];
      if (!first) return;
      const stage = facts.stageOf(run);
      const family = stage && osFamily(stage);
      // An image that is not known may be one of Alpine.
      const isBusybox = family === undefined || family === 'alpine';
      report(run.at(first), isBusybox ? 'busybox' : 'progress', undefined, (): Fix => {
        const flag = isBusybox ? '-q' : '--progress=dot:giga';
        const edits = words.map((word) => addWord(run, word, flag));
        return { title: `Add ${flag}`, safety: 'safe', edits };
      });
    },
  }),
});

function isQuiet(command: ShellCommand): boolean {
  return hasFlag(command, quiet) || command.args.some(({ value }) => value === '-nv');
}
