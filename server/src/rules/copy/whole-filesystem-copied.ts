import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3067',
  name: 'whole-filesystem-copied',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  recommended: {
    level: 'hint',
    because: 'A stage or image that is copied whole is often made for that, and readers would not act.',
  },
  family: 'copy',
  dependsOn: 'instruction',
  summary: 'The whole file system of a stage is copied',
  why: 'A stage of its own is there to leave behind what building needed; `COPY --from=build / /` takes it along: compilers, caches and package lists, for a CUDA build several gigabytes. Onto another image it also mixes two systems. Where all of it is wanted in one layer, as on `scratch`, note that ENV, USER and CMD do not come along.',
  messages: {
    whole:
      'This copies every file of `{from}` over those that are here, of use or not. Copy only the folders that are used, such as `/app`; ignore this where all of it is wanted.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12 AS build\nFROM debian:12\nCOPY --from=build /opt/venv /opt/venv' },
      { code: 'FROM debian:12 AS build\nFROM debian:12\nCOPY --from=build / /rootfs/' },
      { code: 'FROM scratch\nCOPY / /', note: 'from the build context' },
    ],
    bad: [
      { code: 'FROM debian:12 AS build\nFROM scratch\nCOPY --from=build ⟦/⟧ /' },
      { code: 'FROM debian:12 AS build\nFROM debian:12\nCOPY --from=build --chown=1 [⟦"/"⟧, "/"]' },
      { code: "FROM debian:12\nCOPY --link --from=alpine:3.22 ⟦'/'⟧ /" },
    ],
  },
  create: () => ({
    COPY(copy, { report }) {
      const from = copy.node.flags.find(({ name }) => name === 'from')?.value;
      const { sources, destination } = copy.node;
      const source = sources.find(({ value }) => value === '/');
      if (from && source && destination?.value === '/')
        report(copy.at(source), 'whole', { from: from.value });
    },
  }),
});
