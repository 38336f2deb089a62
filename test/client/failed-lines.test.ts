// The outputs are those of buildx 0.38.2 with BuildKit 0.34.2, and with Docker 20.10, shortened.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failedLines } from '../../client/src/images/failed-lines.ts';

const excerpt = (name: string, ...lines: string[]) =>
  [
    '------',
    ` > [2/2] RUN exit 3:`,
    '------',
    `${name}:2`,
    '--------------------',
    ...lines,
    '--------------------',
    'ERROR: failed to build: exit code: 3',
    '',
  ].join('\n');

test('the marked lines of the excerpt are those that failed', () => {
  const one = excerpt('Dockerfile', '   1 |     FROM scratch', '   2 | >>> RUN exit 3', '   3 |     ');
  assert.deepEqual(failedLines(one, ''), { first: 2, last: 2 });
  const some = excerpt(
    'a b/gpu.Dockerfile',
    '   9 |     FROM x',
    '  10 | >>> RUN true && \\',
    '  11 | >>>     exit 3',
  );
  assert.deepEqual(failedLines(some, ''), { first: 10, last: 11 });
});

test('the last excerpt counts, and what a RUN prints is none', () => {
  const printed =
    '#5 0.1 Dockerfile:7\n#5 0.1 --------------------\n#5 0.1    7 | >>> RUN no\n#5 0.1 --------------------\n';
  assert.equal(failedLines(printed, ''), undefined);
  const real = excerpt('Dockerfile', '   4 | >>> COPY a b');
  assert.deepEqual(failedLines(`${excerpt('Dockerfile', '   1 | >>> FROM x')}${printed}${real}`, ''), {
    first: 4,
    last: 4,
  });
});

test('output without an excerpt, cut ones and megabytes tell nothing, at once', () => {
  const without = [
    '',
    'Error: building at STEP "RUN exit 3": while running runtime: exit status 3',
    'Dockerfile:2\n--------------------\n   2 | >>> RUN exit 3\n',
    '--------------------\n   2 | >>> RUN exit 3\n--------------------\n',
    excerpt('Dockerfile', '   2 |     RUN exit 3'),
    '-'.repeat(1_000_000),
    '--------------------\n'.repeat(100_000),
    '   2 | >>> RUN\n'.repeat(100_000),
  ];
  for (const output of without)
    assert.equal(failedLines(output, 'FROM x\nRUN exit 4\n'), undefined, output.slice(0, 60));
});

test('without an excerpt the step that failed is found in the Dockerfile', () => {
  const said = (step: string) => `------\n > [${step}:\n------\nERROR: failed to build: exit code: 3\n`;
  const text =
    'FROM x AS a\nRUN true && \\\n    # why\n    exit 3\nCOPY a \\\n  b /x\nRUN twice\nRUN twice\n';
  assert.deepEqual(failedLines(said('a 2/3] RUN true &&     exit 3'), text), { first: 2, last: 4 });
  assert.deepEqual(failedLines(said('3/3] COPY a   b /x'), text), { first: 5, last: 6 });
  assert.equal(failedLines(said('3/3] RUN twice'), text), undefined);
  assert.equal(failedLines(said('3/3] COPY x y'), text), undefined);
  assert.equal(failedLines(said('internal] load metadata for x'), text), undefined);
});
