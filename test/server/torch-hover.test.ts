// What hovering over torch tells, and what is known of its releases.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { newestTorch, torchRelease, wheelPythons } from '../../server/src/facts/torch.ts';
import { createService } from '../../server/src/service.ts';
import { loadTestShellParser } from './linter.ts';

const service = createService({
  ports: { readFile: async () => undefined, log: (_level, message) => assert.fail(message) },
  parseShell: await loadTestShellParser(),
});

it('hovering over a pinned torch tells its Pythons, CUDA, driver, builds and family', () => {
  const text = 'FROM python:3.12\nRUN pip install numpy torch==2.7.1\n';
  const at = text.indexOf('torch');
  const found = service.explainTorch(text, at + 3);
  assert.deepEqual(found?.span, { start: at, end: at + 'torch==2.7.1'.length });
  const { markdown } = found;
  assert.match(markdown, /^\*\*torch 2\.7\.1\*\*$/m);
  assert.match(markdown, /^- Python: 3\.9 to 3\.13$/m);
  assert.match(markdown, /^- from PyPI: CUDA 12\.6, with driver 525\.60\.13 or newer$/m);
  assert.match(markdown, /`cu118`, `cu126`, `cu128`/);
  assert.match(markdown, /torchvision 0\.22\.1, torchaudio 2\.7\.1/);
});

it('without a version the newest one is told, and elsewhere nothing', () => {
  const text = 'FROM python:3.12\nRUN pip install torch torchvision==0.22.1\nRUN pip install torch==0.1\n';
  const newest = newestTorch()?.version ?? '';
  assert.ok(
    service.explainTorch(text, text.indexOf('torch'))?.markdown.includes(`**torch ${newest}**, the newest`),
  );
  for (const at of [0, text.indexOf('torchvision'), text.indexOf('torch==0.1'), text.length])
    assert.equal(service.explainTorch(text, at), undefined, `${at}`);
});

it('releases are known by whatever build of them, with the Pythons of PyPI', () => {
  assert.equal(torchRelease('2.8.0+cu128')?.cuda, '12.8');
  assert.equal(torchRelease('2.8.9'), undefined);
  assert.deepEqual(
    wheelPythons('torch', '2.5.0')?.map(({ minor }) => minor),
    [9, 13],
  );
  assert.deepEqual(
    wheelPythons('tensorflow', '2.20.0')?.map(({ minor }) => minor),
    [9, 13],
  );
  assert.equal(wheelPythons('numpy', '2.3.1'), undefined);
});
