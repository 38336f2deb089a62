// What the client reads of engines, containers and Dockerfiles takes no longer than harmless text of the same size.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { shellPatterns } from '../../client/src/containers/failures.ts';
import { buildPatterns, pushPatterns, runPatterns } from '../../client/src/images/failures.ts';
import { imageName } from '../../client/src/images/model.ts';
import { loginPatterns } from '../../client/src/registries/failures.ts';
import { readDockerfile } from '../../client/src/runtime/dockerfile-facts.ts';
import { explainFailure, lastMeaningfulLine } from '../../client/src/runtime/failures.ts';
import { gitRemote } from '../../client/src/runtime/git-remote.ts';
import { redact } from '../../client/src/runtime/redact.ts';
import { tokenAddress } from '../../client/src/runtime/registry-token.ts';
import { wheelPatterns } from '../../client/src/wheels/failures.ts';
import { wheelsOf } from '../../client/src/wheels/model.ts';
import { cpuTimeOf } from '../server/cpu-time.ts';
import { repeated } from './input.ts';

const size = 500_000;
const patterns = [
  ...buildPatterns,
  ...runPatterns,
  ...pushPatterns,
  ...shellPatterns,
  ...loginPatterns,
  ...wheelPatterns,
];

/** Holds each text against a harmless one of its size, by a factor that no slow machine reaches. */
function hold(what: string, read: (text: string) => unknown, parts: Readonly<Record<string, string>>): void {
  describe(what, () => {
    const harmless = () => repeated('some words of a line that nobody minds\n', size);
    for (const [name, text] of Object.entries(parts)) {
      it(name, () => {
        read(harmless().slice(0, 1000));
        const usual = cpuTimeOf(() => read(harmless().slice(0, text.length)));
        const ms = cpuTimeOf(() => read(text));
        assert.ok(
          ms <= 30 * usual + 250,
          `${Math.round(ms)} ms, where harmless text takes ${Math.round(usual)}`,
        );
      });
    }
  });
}

const many = (...parts: readonly string[]): Record<string, string> =>
  Object.fromEntries(parts.map((part) => [`${JSON.stringify(part)} many times`, repeated(part, size)]));

/** What the patterns of failures begin with, all in one line and a line each. */
const beginnings = [
  'docker socket ',
  'docker.sock ',
  'docker',
  'code = unavailable desc = ',
  'error getting credentials ',
  'docker-credential-',
  'docker-credential-a ',
  'removal of container ',
  'no container with name or ID "',
  'container name "/',
  'log driver ',
  'executable file ',
  'exec failed ',
  'exec: "',
  'exec: "a": ',
  'repository name ',
  'lstat ',
  'dist/',
  'dist/.whl ',
  'conflicting URLs for package ',
  'current Python version (3',
  'current Python version (3.1) ',
  'requires a different Python: 3 not in ',
  'failed to reach build target ',
  ': failed to resolve source metadata',
  'x:',
  'load metadata for ',
  'load metadata for: ',
  'process "',
  'process "/bin/sh -c ',
  'executor failed running [',
  "The command '",
  'unable to find image ',
  'unable to find image locally ',
  'short-name ',
  'unsupported: ',
  'Get "https://',
  'dial tcp ',
  'pinging container registry ',
  'could not select device driver "',
  'ports are not available:',
  'invalid mount config: ',
  'failed to parse ',
  'failed to download ',
  'because a was not found in ',
  'readme ',
  'license ',
  'failed to open file ',
  'manifest for ',
  'no matching manifest for ',
  'image is being used by ',
  'TOML parse error at line 1',
  'target stage "',
  'pull access denied for',
  'dockerfile parse error line 1',
  'Bind for 1:',
  ':1',
  '\n',
  ' \n',
  '-',
];

hold(
  'failures are explained',
  (text) =>
    explainFailure(
      { kind: 'exited', file: 'docker', code: 1, stdout: '', stderr: text },
      { step: 'A step', tool: 'engine' },
      patterns,
    ),
  {
    ...many(...beginnings),
    'all beginnings in one line': repeated(beginnings.join('').replaceAll('\n', ''), size),
    'all beginnings, a line each': repeated(beginnings.join('\n'), size),
  },
);
hold('the reason is found', lastMeaningfulLine, many('-', '=', ' ', 'error: ', "run '", 'see ', '\r'));
hold('secrets are hidden', (text) => redact(text, ['hunter2']), {
  ...many(
    'a.',
    'a.a.a.',
    'a+',
    'a-b.',
    '://',
    'https://',
    'https://a:',
    'https://a:b',
    'a://b:c/',
    '//a:b',
    '%2F%2Fa',
    'eyJ',
    'eyJa.',
    '-eyJ',
    'sk-',
    'glpat-',
    'xoxa-',
    'authorization: ',
    'authorization',
    'bearer ',
    '\\n',
    '%41',
    '\u001b[1',
    '\u001b[31m',
    'hunter',
    'hunter2',
  ),
});
hold('Dockerfiles are read', readDockerfile, {
  ...many(
    '[',
    '[ ',
    'COPY [',
    'COPY [\n',
    'COPY ["a",',
    ']',
    'COPY a ]',
    'a \\\n',
    '\\\n',
    ' \\\n',
    '# a\n',
    '#\n',
    '#\\\n',
    '# escape',
    '# escape=\n',
    '<<',
    '<<a ',
    '<<a\n',
    "<<'a",
    'RUN cat <<a\n',
    'ARG a\n',
    'ARG a=',
    'FROM a AS b\n',
    'FROM ',
    '\t',
    '\r',
    '\t\n',
  ),
  'one bracket and blanks': `COPY [${' '.repeat(size)}x`,
  'a line that goes on for ever': `RUN a ${'b \\\n'.repeat(size / 4)}`,
  'a heredoc of tabs': `RUN <<-a\n${'\t'.repeat(size)}b\n`,
});
hold('names of images are made', imageName, many('.', '-', '._-', 'a.', '._', 'ä', '-.-'));
hold('remotes are read', gitRemote, {
  ...many('[remote "', '[remote "a"]', '\n', ' \n', 'url = '),
  'an address of colons': `[remote "origin"]\nurl = ${':'.repeat(size)}`,
  'an address of slashes': `[remote "origin"]\nurl = ${'/'.repeat(size)}`,
  'an address of users': `[remote "origin"]\nurl = ${'a@'.repeat(size / 2)}`,
  'an address of endings': `[remote "origin"]\nurl = a:${'.git'.repeat(size / 4)}/x/`,
  'blank lines': `[remote "origin"]\n${' \n'.repeat(size / 2)}`,
});
hold(
  'versions are compared',
  (text) =>
    wheelsOf(
      { name: 'a', version: text } as never,
      [{ file: 'a-1.0-py3-none-any.whl', modified: 0, bytes: 0 }],
      0,
    ),
  many('-', '-+', '.', '1-post', 'rc1', 'a0', '_'),
);
hold(
  'challenges are read',
  (text) => tokenAddress(`bearer ${text}`, false),
  many('a', 'a=', 'a="', 'a="b",', '"', ' '),
);
