import { defineRule } from '../../lint/rule.ts';

/** BuildKit's `validStageName`, on the name in lower case. */
const valid = /^[a-z][a-z0-9_.-]*$/;

export default defineRule({
  code: 'invalid-stage-name',
  name: 'invalid-stage-name',
  aliases: ['dockerfile-utils/INVALID_BUILD_STAGE_NAME'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  dependsOn: 'instruction',
  summary: 'The name of a stage begins with a digit or holds a sign',
  why: 'A name of a stage begins with a letter and holds letters, digits, `_`, `.` and `-`, so that `COPY --from=1` can only mean a number. At any other the build ends. Variables are not put in either.',
  messages: {
    invalid:
      '`{name}` is no name for a stage. Begin with a letter, and use letters, digits, `_`, `.` and `-`.',
    variable: 'Docker puts no variables into the name of a stage. Write the name itself.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12 AS build-1.2_x' },
      { code: 'FROM debian:12 AS Build', note: 'how it is written is the matter of StageNameCasing' },
    ],
    bad: [
      { code: 'FROM debian:12 AS ⟦1st⟧' },
      { code: 'FROM debian:12 AS ⟦build/base⟧\nRUN true' },
      { code: 'ARG NAME=build\nFROM debian:12 AS ⟦$NAME⟧' },
    ],
  },
  create: () => ({
    FROM(from, { report }) {
      const { args, alias } = from.node;
      if (!alias || args.length !== 3 || valid.test(alias.raw.toLowerCase())) return;
      report(from.at(alias), alias.raw.includes('$') ? 'variable' : 'invalid', { name: alias.raw });
    },
  }),
});
