import { defineRule } from '../../lint/rule.ts';

const forbidden = /^(?:ONBUILD|FROM|MAINTAINER)$/i;

export default defineRule({
  code: 'DL3043',
  name: 'forbidden-onbuild',
  aliases: [
    'dockerfile-utils/ONBUILD_CHAINING_DISALLOWED',
    'dockerfile-utils/ONBUILD_TRIGGER_DISALLOWED',
    'tally/invalid-onbuild-trigger',
  ],
  since: '0.2.0',
  severity: 'error',
  family: 'metadata',
  dependsOn: 'instruction',
  summary: 'ONBUILD of an instruction that it does not take',
  why: 'ONBUILD stores an instruction for the images built on this one. It takes neither FROM nor MAINTAINER, and no second ONBUILD, as a trigger for the images after the next ones does not exist (Dockerfile reference, "ONBUILD"). The build ends with an error.',
  messages: {
    forbidden: 'ONBUILD does not take {keyword}, so the build ends here. Delete the line.',
    maintainer:
      'ONBUILD does not take MAINTAINER, so the build ends here. Delete the line, or write `ONBUILD LABEL maintainer="…"`.',
    chained:
      'ONBUILD reaches only the images built on this one, so a second ONBUILD ends the build. Delete the second one.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.12\nONBUILD COPY . /app\nONBUILD RUN pip install -r /app/requirements.txt' },
    ],
    bad: [
      { code: 'FROM python:3.12\nONBUILD ⟦FROM⟧ debian:12' },
      { code: 'FROM python:3.12\nONBUILD ⟦MAINTAINER⟧ ada' },
      {
        code: 'FROM python:3.12\nONBUILD ⟦ONBUILD⟧ RUN make',
        fixed: 'FROM python:3.12\nONBUILD RUN make',
      },
    ],
  },
  create: () => ({
    ONBUILD(onbuild, { report }) {
      const [word, next] = onbuild.node.args;
      if (!word || !forbidden.test(word.raw)) return;
      const keyword = word.raw.toUpperCase();
      const chained = keyword === 'ONBUILD';
      if (keyword === 'MAINTAINER') report(onbuild.at(word), 'maintainer');
      else if (!chained) report(onbuild.at(word), 'forbidden', { keyword });
      else {
        report(
          onbuild.at(word),
          'chained',
          undefined,
          () =>
            next && {
              title: 'Delete the second ONBUILD',
              safety: 'unsafe',
              edits: [{ span: onbuild.at({ from: word.from, to: next.from }), text: '' }],
            },
        );
      }
    },
  }),
});
