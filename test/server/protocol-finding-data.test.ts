// What a diagnostic carries, so that a client can tell whether another extension shows the same; over the real pipe.
import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { ValidationCode } from 'dockerfile-utils';
import type { FindingData } from '../../server/src/protocol/requests.ts';
import { startServer } from './client.ts';

const server = await startServer();
after(async () => assert.equal(await server.stop(), 0));

it('has the ids of every linter, and the line of the instruction', async () => {
  const uri = 'untitled:data';
  await server.open(uri, 'FROM debian:12\nMAINTAINER ada\nRUN ls && \\\n    apt-get update\n');
  const report = await server.pull(uri);
  const items = report.kind === 'full' ? report.items : [];
  const dataOf = (code: string) => items.find((item) => item.code === code)?.data as FindingData | undefined;
  const maintainer = dataOf('DL4000');
  assert.ok(maintainer);
  const number = `dockerfile-utils/${ValidationCode.DEPRECATED_MAINTAINER}`;
  for (const id of [
    'dl4000',
    'buildkit/maintainerdeprecated',
    'dockerfile-utils/deprecated_maintainer',
    number,
  ])
    assert.ok(maintainer.ids.includes(id), id);
  assert.equal(maintainer.line, 1);
  assert.equal(dataOf('DL3009')?.line, 2);
});
