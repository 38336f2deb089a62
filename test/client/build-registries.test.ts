// Which registry is named where a build reaches none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildPatterns } from '../../client/src/images/failures.ts';
import { explainFailure } from '../../client/src/runtime/failures.ts';

const facts = { step: 'The build of bikes:1.0', tool: 'engine', registry: 'ghcr.io' } as const;
const exited = (stderr: string) => ({ kind: 'exited', file: 'docker', code: 1, stdout: '', stderr }) as const;

test('of a build that reaches no registry, the one that was asked is named', () => {
  const said = (text: string) => explainFailure(exited(text), facts, buildPatterns);
  const hub =
    'failed to do request: Head "https://registry-1.docker.io/v2/library/python/manifests/3.13": dial tcp: lookup registry-1.docker.io: no such host';
  assert.match(said(hub).message, /The registry docker\.io does not answer/);
  const here =
    'failed to do request: Head "http://localhost:5000/v2/a/manifests/1": dial tcp [::1]:5000: connect: connection refused';
  assert.match(said(here).message, /The registry localhost:5000 does not answer/);
  const boxed = `#0 building with "bx" instance using docker-container driver\n${here}`;
  assert.match(said(boxed).message, /The builder bx does not reach the registry localhost:5000/);
  assert.match(
    said(`#0 building with "bx" instance using docker-container driver\n${hub}`).message,
    /docker\.io does not answer/,
  );
});
