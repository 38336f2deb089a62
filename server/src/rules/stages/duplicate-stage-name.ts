import { defineRule } from '../../lint/rule.ts';
import type { Span } from '../../text/span.ts';

export default defineRule({
  code: 'DL3024',
  name: 'duplicate-stage-name',
  aliases: ['buildkit/DuplicateStageName', 'dockerfile-utils/DUPLICATE_BUILD_STAGE_NAME'],
  since: '0.2.0',
  severity: 'error',
  recommended: {
    level: 'warning',
    because: 'The build goes on; what `--from` means hangs on where it stands.',
  },
  family: 'stages',
  summary: 'Two stages have one name',
  why: 'A later stage takes the name away from an earlier one, without an error: `COPY --from=build` then means another stage depending on where it stands, and `--target build` builds the last. Docker writes the names in lower case first, so `Build` and `build` are the same.',
  messages: {
    repeated: 'An earlier stage is called `{name}` too, and this one hides it. Give each stage its own name.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12 AS a\nFROM debian:12 AS b' },
      { code: 'FROM debian:12\nFROM debian:12', note: 'without names' },
      { code: 'FROM debian:12 AS debian\nFROM debian AS app' },
    ],
    bad: [
      { code: 'FROM debian:12 AS build\nRUN make\nFROM alpine:3.22 AS ⟦build⟧' },
      { code: 'FROM debian:12 AS build\nFROM debian:12 AS ⟦Build⟧' },
      { code: 'FROM debian:12 AS a\nFROM debian:12 AS ⟦a⟧\nFROM debian:12 AS ⟦a⟧' },
    ],
  },
  create: () => {
    const firsts = new Map<string, Span>();
    return {
      FROM(from, { facts, report }) {
        const name = facts.stageOf(from)?.name;
        const { alias } = from.node;
        if (name === undefined || !alias) return;
        const first = firsts.get(name);
        if (!first) return void firsts.set(name, from.at(alias));
        const related = [{ span: first, message: 'The first of this name.' }];
        report(from.at(alias), 'repeated', { name: alias.value }, undefined, { related });
      },
    };
  },
});
