import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { createSequenceFilter } from '../../client/src/runtime/control-sequences.ts';
import { createOutputFilter } from '../../client/src/runtime/output-filter.ts';
import { redact } from '../../client/src/runtime/redact.ts';
import { cpuTimeOf } from '../server/cpu-time.ts';

const letters = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0xL3rU6';
/** Made of parts, so that no scanner takes them for real ones. */
const tokens = [
  ...['ghp', 'gho', 'ghs', 'ghu', 'ghr'].map((kind) => `${kind}_${letters}`),
  `github${'_pat_'}11AAAAAAA0_${letters}`,
  `hf${'_'}${letters}`,
  `sk-${letters}${letters}`,
  `sk-proj-${letters}`,
  `sk-ant-api03-${letters}`,
  `AK${'IA'}QWERTYUIOPASDF12`,
  `AS${'IA'}QWERTYUIOPASDF12`,
  `glpat-${letters.slice(0, 20)}`,
  `npm_${letters}`,
  `pypi-AgEIcHlwaS5vcmcC${letters}`,
  `dckr${'_pat_'}${letters}`,
  ...['b', 'p', 'a'].map((kind) => `xox${kind}-123456789012-${letters}`),
  `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.${letters}`,
];
const around: readonly ((token: string) => string)[] = [
  (token) => token,
  (token) => `TOKEN=${token}`,
  (token) => `{"token":"${token}"}`,
  (token) => `line\n${token}\nline`,
  (token) => `"a\\n${token}"`,
  (token) => `?key%3D${token}&x`,
  (token) => `\x1b[33m${token}\x1b[0m`,
  (token) => `(${token}),`,
];

describe('a token is hidden by its shape', () => {
  for (const token of tokens) {
    it(token.slice(0, 12), () => {
      for (const place of around) {
        const text = place(token);
        assert.ok(!redact(text).includes(token.slice(-12)), redact(text));
        assert.equal(redact(text), text.replace(token, '***'), text);
      }
    });
  }

  it('in a header', () => {
    for (const text of [
      'Authorization: Bearer abcdef',
      'authorization: Basic dTpw',
      '"Authorization": "token abc"',
      'Proxy-Authorization: abc.def',
      'X-Registry-Auth: e30=',
      `curl -H 'Authorization: Bearer ${letters}'`,
      `Bearer ${letters}`,
    ])
      assert.doesNotMatch(redact(text), /abc|dTpw|e30|aB3dE6/, text);
  });

  it('and words like them are not', () => {
    const text = [
      'FROM python:3.12-slim AS build',
      'ghp_short hf_hub sk-learn task-runner-with-a-long-name shelf_life npm_config_registry npm_lifecycle_event',
      'pypi-attestations AKIA eyJ eyJhIjoxfQ Bearer authentication is required, token expired',
      'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
      'https://registry.example.org:5000/v2/owner/name:1@sha256:abc http://[::1]:80/x //comment me@host.example',
      'docker.io/library/python:3.12@sha256:abc git@github.com:owner/name.git ssh://git@github.com/owner/name.git',
    ].join('\n');
    assert.equal(redact(text), text);
  });
});

describe('credentials in an address are hidden', () => {
  const cases: Readonly<Record<string, string>> = {
    'https://me:pw@host/x': 'https://me:***@host/x',
    'postgres://me:p@ss@db:5432/x': 'postgres://me:***@db:5432/x',
    'https://secrettoken@host/x': 'https://***@host/x',
    'https://me:p%40ss%2Fw@host/x': 'https://me:***@host/x',
    'https://me:p/w@host/x': 'https://me:***@host/x',
    'git+https://x-access-token:abc@host/x.git': 'git+https://x-access-token:***@host/x.git',
    'ssh://deploy:pw@host/x': 'ssh://deploy:***@host/x',
    '//me:pw@host': '//me:***@host',
    'https%3A%2F%2Fme%3Apw%40host%2Fx': 'https%3A%2F%2Fme%3A***%40host%2Fx',
    'https:\\/\\/me:pw@host\\/x': 'https:\\/\\/me:***@host\\/x',
    'a https://a:b@c, https://d:e@f': 'a https://a:***@c, https://d:***@f',
    'https://:pw@host': 'https://***@host',
    'https://user name@host': 'https://user name@host',
  };
  for (const [text, safe] of Object.entries(cases)) it(text, () => assert.equal(redact(text), safe));
});

test('a token is hidden wherever the output is cut into portions', () => {
  const known = 'a secret of words';
  const parts = [
    ...tokens.map((token) => `one ${token} two\n`),
    'https://me:pw@host/x\n',
    `authorization: bearer ${letters}\n`,
    `Authorization:  Bearer\t${letters}.\n`,
    `it says ${known}, and more\n`,
  ];
  const whole = parts.join('');
  for (const size of [1, 2, 3, 5, 7, 11, 40, 1000]) {
    const filter = createOutputFilter([known]);
    let shown = '';
    for (let at = 0; at < whole.length; at += size) shown += filter.push(whole.slice(at, at + size));
    shown += filter.end();
    assert.equal(shown, redact(whole, [known]), `portions of ${size}`);
    assert.doesNotMatch(shown, /aB3dE6|pw@|of words/);
  }
});

test('what has no secret is not held back for longer than a word', () => {
  const filter = createOutputFilter();
  assert.equal(filter.push('Loading the model… 5'), 'Loading the model… ');
  assert.equal(filter.push('0 %\rLoading'), '50 %\r');
  assert.equal(filter.end(), 'Loading');
});

test('a line of any length is clipped, and says so once; the next line is whole', () => {
  const filter = createOutputFilter();
  let shown = '';
  for (let i = 0; i < 100; i++) shown += filter.push('x'.repeat(10_000));
  shown += filter.push('\nnext\n') + filter.end();
  const [line = '', next] = shown.split('\n');
  assert.ok(line.length < 17_000);
  assert.equal(line.match(/clipped/g)?.length, 1);
  assert.equal(next, 'next');
});

describe('control sequences', () => {
  const cases: Readonly<Record<string, string>> = {
    '\x1b[1;31mred\x1b[0m': '\x1b[1;31mred\x1b[0m',
    '\x1b[38:2::1:2:3mrgb\x1b[m': '\x1b[38:2::1:2:3mrgb\x1b[m',
    'a\x1b[2K\x1b[1A\x1b[Gb\r': 'a\x1b[2K\x1b[1A\x1b[Gb\r',
    '\x1b]8;;http://h.example\x07link\x1b]8;;\x07': 'link',
    '\x1b]8;;http://h.example\x1b\\link\x1b]8;;\x1b\\': 'link',
    '\x1b]52;c;cm0gLXJm\x07x': 'x',
    '\x1b]0;title\x07x\x1b]2;t\x1b\\y': 'xy',
    '\x1b]633;E;rm -rf\x07x\x1b]1337;File=:AAA\x07': 'x',
    '\x1bP+q544e\x1b\\x\x1b_G\x1b\\y\x1b^z\x1b\\': 'xy',
    '\x1b[c\x1b[>c\x1b[6n\x1b[5n\x1b[?1;2c\x1bZ\x05x': 'x',
    '\x1b[2J\x1b[3J\x1b[?1049h\x1b[?25l\x1b[?2004hx': 'x',
    '\x1b[21t\x1b[8;1;1tx': 'x',
    '\x1bc\x1b(0\x1b)B\x1b7\x1b8x\x0e\x0f': 'x',
    '\x9b31mx\x9d0;t\x9cy\x90q\x9cz': '\x1b[31mxyz',
    '\x1b]0;never ended\nx': '\nx',
    '\x1b[999999999999999999999mx': '\x1b[999999999999999999999mx',
    '\x1b[31;\nx': '\nx',
    '\x1b\x1b]0;t\x07x': 'x',
    '\0\x07\x7fx\ty\b': 'x\ty\b',
  };
  for (const [text, safe] of Object.entries(cases)) {
    it(JSON.stringify(text), () => {
      assert.equal(createSequenceFilter()(text), safe);
      const filter = createSequenceFilter();
      assert.equal([...text].map((char) => filter(char)).join(''), safe, 'one letter at a time');
    });
  }
});

test('the time for a text grows with its length alone', () => {
  const starts = [
    '//',
    '://a:',
    'eyJa-',
    'eyJaaaaaaa.',
    'sk-',
    'gh',
    'glpat-',
    'authorization: ',
    'bearer ',
    '%2F%2F',
    '\\/\\/',
    'xoxb-',
    '@',
    '://a:b/',
    'A',
    '_',
  ];
  const once = (text: string) => cpuTimeOf(() => redact(text));
  // The best of three: what is compiled or collected meanwhile says nothing of the text.
  const time = (text: string) => Math.min(once(text), once(text), once(text));
  const harmless = 'a word of output, '.repeat(20_000);
  time(harmless);
  const usual = Math.max(5, time(harmless));
  for (const start of starts) {
    const text = start.repeat(Math.ceil(harmless.length / start.length));
    const taken = time(text);
    assert.ok(taken < 60 * usual, `${start}: ${taken} ms, usual ${usual} ms`);
  }
});
