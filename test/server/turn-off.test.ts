import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withIgnored } from '../../server/src/config/turn-off.ts';

const cases: readonly [what: string, text: string, made: string | undefined][] = [
  ['no file', '', 'ignored:\n  - DL4000\n'],
  ['comments alone', '# why', '# why\nignored:\n  - DL4000\n'],
  ['another key', 'strict-labels: true\n', 'strict-labels: true\nignored:\n  - DL4000\n'],
  ['lines of Windows', 'ignored:\r\n- DL3008\r\n', 'ignored:\r\n- DL3008\r\n- DL4000\r\n'],
  [
    'a list, its indentation and its comments',
    'ignored:\n    - DL3008 # apt\n    # the rest\noverride:\n  info: [DL3000]\n',
    'ignored:\n    - DL3008 # apt\n    - DL4000\n    # the rest\noverride:\n  info: [DL3000]\n',
  ],
  ['a list without an end of line', 'ignored:\n  - DL3008', 'ignored:\n  - DL3008\n  - DL4000'],
  ['quotes', "ignored:\n  - 'DL3008'\n", "ignored:\n  - 'DL3008'\n  - DL4000\n"],
  ['a list in one line', 'ignored: [DL3008, DL3009] # x\n', 'ignored: [DL3008, DL3009, DL4000] # x\n'],
  ['an empty list', 'ignored: []\n', 'ignored: [DL4000]\n'],
  ['a key without a value', 'ignored: # none\nformat: tty\n', 'ignored:\n  - DL4000 # none\nformat: tty\n'],
  ['a level of it', 'override:\n  error: [DL4000]\n', 'override:\n  error: [DL4000]\nignored:\n  - DL4000\n'],
  ['one value', 'ignored: DL3008\n', undefined],
  ['a mapping in one line', '{ignored: [DL3008]}\n', undefined],
  ['what is no YAML', 'ignored: [\n', undefined],
  ['a list of lists', 'ignored:\n  - [DL3008]\n', undefined],
  ['a list', '- DL3008\n', undefined],
  ['several documents', 'ignored: [DL3008]\n---\na: 1\n', undefined],
];

for (const [what, text, made] of cases)
  test(`a rule is turned off in a file with ${what}`, () => assert.equal(withIgnored(text, 'DL4000'), made));
