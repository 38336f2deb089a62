import { defineRule } from '../../lint/rule.ts';
import type { LocalSpan, Span } from '../../text/span.ts';

type Tool = 'wget' | 'curl';

export default defineRule({
  code: 'DL4001',
  name: 'wget-and-curl',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  recommended: { level: 'hint', because: 'Two programs for downloads harm nothing; one is tidier.' },
  family: 'programs',
  summary: 'A stage downloads with wget and with curl',
  why: 'One of the two is enough, and the other is one more package to install, to keep free of flaws and to configure for a proxy. Each stage may choose its own, as its base image may bring only one of them.',
  messages: {
    both: 'This stage uses {other} as well, and one of them is enough. Download with {other} here, or with {tool} there.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN curl -fO https://example.org/a && curl -fO https://example.org/b' },
      {
        code: 'FROM debian:12 AS a\nRUN wget -q https://example.org/a\nFROM a\nRUN curl -fO https://example.org/b',
      },
      { code: 'FROM debian:12\nRUN apt-get install -y wget\nRUN curl -fO https://example.org/b' },
    ],
    bad: [
      { code: 'FROM debian:12\nRUN wget -q https://example.org/a\nRUN ⟦curl⟧ -fO https://example.org/b' },
      {
        code: 'FROM debian:12\nRUN curl -fO https://example.org/a && ⟦wget⟧ -q https://example.org/b\nRUN ls\nRUN ⟦curl⟧ -fO https://example.org/c',
      },
    ],
  },
  create: () => {
    // What ONBUILD defers is run by another build, so it is judged apart.
    const empty = () => ({ stage: new Map<Tool, Span>(), deferred: new Map<Tool, Span>() });
    let places = empty();
    return {
      FROM() {
        places = empty();
      },
      RUN(run, { facts, report }) {
        const seen = run.onbuild ? places.deferred : places.stage;
        const words = new Map<Tool, LocalSpan>();
        for (const { name, nameWord } of facts.commands(run)) {
          if ((name === 'wget' || name === 'curl') && nameWord && !words.has(name)) words.set(name, nameWord);
        }
        const earlier = new Map(seen);
        for (const [tool, word] of words) if (!seen.has(tool)) seen.set(tool, run.at(word));
        if (words.size === 0 || seen.size < 2) return;
        // The one that is new here, else the first.
        const [tool, word] = [...words].findLast(([name]) => !earlier.has(name)) ?? [...words][0] ?? [];
        if (!tool || !word) return;
        const other = tool === 'wget' ? 'curl' : 'wget';
        const place = seen.get(other);
        const related = place && [{ span: place, message: `Here the stage uses ${other}.` }];
        report(run.at(word), 'both', { tool, other }, undefined, {
          related,
          repair: { name: 'one of the two' },
        });
      },
    };
  },
});
