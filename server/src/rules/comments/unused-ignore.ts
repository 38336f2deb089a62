import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'unused-ignore',
  name: 'unused-ignore',
  aliases: ['tally/unused-ignore-directive'],
  since: '0.2.0',
  severity: 'info',
  recommended: { level: 'hint', because: 'A comment that leaves nothing out changes nothing.' },
  family: 'comments',
  summary: 'an ignore comment names a rule that finds nothing there',
  why: 'An ignore comment that is no longer needed hides the next flaw of its kind, and one with a misspelt id ignores nothing at all, which nobody notices while the linter is quiet for another reason. Comments of hadolint, BuildKit, tally, dockerfile-utils and Wheelhouse are looked at. Nothing is said of rules that are switched off, of checks that Wheelhouse does not have, and of ShellCheck where it did not run. Nor is anything said where a rule differs from hadolint on purpose (docs/differences.md) and hadolint needs the comment. Where another linter still needs an id, keep it with `# wheelhouse global ignore=unused-ignore`; fix-all removes what is meant for Wheelhouse alone, or for no linter.',
  messages: {
    alone: '{id} finds nothing here, so this comment has no effect. Delete it.',
    unused: '{id} finds nothing here, so ignoring it has no effect. Take {id} out of the comment.',
    everything:
      'dockerfile-utils finds nothing in the instruction below, so this comment has no effect. Delete it.',
    unknown:
      'No linter has a rule {id}, so this ignores nothing. Correct {id}, or take it out of the comment.',
    meant: 'No linter has a rule {id}, so this ignores nothing. Did you mean {meant}?',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.12\n# hadolint ignore=DL3042\nRUN pip install numpy==2.3.0' },
      {
        code: '# check=skip=MaintainerDeprecated\nFROM python:3.12\nMAINTAINER Ada',
        note: 'the directive holds for the whole file',
      },
      {
        code: 'FROM python:3.12\n# hadolint ignore=DL3042 pip has no cache here\nRUN pip install numpy==2.3.0',
        note: 'words of a reason are no ids',
      },
      { code: 'FROM python:3.12\n# hadolint ignore=SC2086\nRUN ls', note: 'ShellCheck alone could tell' },
      {
        code: 'FROM debian:12\n# hadolint ignore=DL3003\nRUN mkdir /tmp/x && cd /tmp/x && make install && cd / && rm -rf /tmp/x',
        note: 'hadolint reports every `cd`',
      },
      {
        code: 'FROM debian:12 AS build\nRUN make\n# hadolint ignore=DL3059\nRUN make install\nFROM debian:12\nCOPY --from=build /a /a',
        note: 'hadolint looks at every stage',
      },
      {
        code: 'FROM python:3.12\n# hadolint ignore=DL3057\nRUN ls',
        note: 'hadolint has the rule, and it is off',
      },
    ],
    bad: [
      {
        code: 'FROM debian:12 AS build\nRUN make\nCOPY a b\n# hadolint ignore=⟦DL3059⟧\nRUN make install\nFROM debian:12\nCOPY --from=build /a /a',
        fixed:
          'FROM debian:12 AS build\nRUN make\nCOPY a b\nRUN make install\nFROM debian:12\nCOPY --from=build /a /a',
      },
      {
        code: 'FROM python:3.12\n# hadolint ignore=⟦DL3042⟧\nRUN pip install --no-cache-dir numpy==2.3.0',
        fixed: 'FROM python:3.12\nRUN pip install --no-cache-dir numpy==2.3.0',
      },
      {
        code: 'FROM python:3.12\n# hadolint ignore=⟦DL3008⟧,DL3042 # behind a mirror\nRUN pip install numpy==2.3.0',
        fixed: 'FROM python:3.12\n# hadolint ignore=DL3042 # behind a mirror\nRUN pip install numpy==2.3.0',
      },
      {
        code: 'FROM python:3.12\n# hadolint ignore=⟦DL3942⟧ as our mirror has no other\nRUN ls',
        fixed: 'FROM python:3.12\nRUN ls',
        note: 'the reason goes with the only id',
      },
      {
        code: '# check=skip=⟦MaintainerDeprecated⟧;error=true\nFROM python:3.12',
        fixed: '# check=error=true\nFROM python:3.12',
      },
      {
        code: 'FROM python:3.12\n# tally ignore=DL3042,⟦pip-cache-keptt⟧;reason=tests\nRUN pip install numpy==2.3.0',
        fixed: 'FROM python:3.12\n# tally ignore=DL3042;reason=tests\nRUN pip install numpy==2.3.0',
        note: 'no linter has such a rule',
      },
      {
        code: 'FROM python:3.12\n# dockerfile-utils: ⟦ignore⟧\nWORKDIR /app',
        fixed: 'FROM python:3.12\nWORKDIR /app',
      },
    ],
  },
  create: () => ({
    unusedIgnores(unused, { report }) {
      for (const { id, span, unknown, meant, removal, safety, isAlone } of unused) {
        const everything = id === '*';
        const remove = {
          title: everything || isAlone ? 'Remove the comment' : `Remove ${id} from the comment`,
          safety,
          edits: [removal],
        };
        if (meant !== undefined) {
          const correct = {
            title: `Write ${meant}`,
            safety: 'unsafe' as const,
            edits: [{ span, text: meant }],
          };
          report(span, 'meant', { id, meant }, () => [remove, correct]);
        } else if (unknown) report(span, 'unknown', { id }, () => remove);
        else if (everything) report(span, 'everything', undefined, () => remove, { tag: 'unnecessary' });
        else report(span, isAlone ? 'alone' : 'unused', { id }, () => remove, { tag: 'unnecessary' });
      }
    },
  }),
});
