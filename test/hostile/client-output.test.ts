// Output that a stranger's container writes: of any length, in one line or in millions, with any bytes. Nothing keeps the
// extension host from its other work, and what is kept and shown of it is bounded.
import '../engine/fake-vscode.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EngineAccess } from '../../client/src/runtime/engine.ts';
import { exec } from '../../client/src/runtime/exec.ts';

const { createJobs } = await import('../../client/src/ui/jobs.ts');

/** Writes a text again and again until so many bytes are out. */
const writer = `
const { writeSync } = require('node:fs');
const part = Buffer.from(JSON.parse(process.argv[1]), process.argv[3]);
const block = Buffer.concat(Array(Math.ceil(65536 / part.length)).fill(part));
const write = (buffer) => { for (let at = 0; at < buffer.length; ) { try { at += writeSync(1, buffer, at); } catch (error) { if (error.code !== 'EAGAIN') throw error; } } };
for (let left = Number(process.argv[2]); left > 0; left -= block.length) write(block);
`;
const megabytes = 64;
const writes = (part: string, encoding = 'utf8', size = megabytes * 1_000_000) => ({
  file: process.execPath,
  args: ['-e', writer, JSON.stringify(part), String(size), encoding],
});

const engine = { stillAnswers: async () => true } as EngineAccess;
const log = { debug() {}, info() {}, warn() {}, error() {} };

/** Runs a command as a job does; how much was shown, and the longest time in which nothing else got its turn. */
async function jobOf(command: ReturnType<typeof writes>) {
  let shown = 0;
  let leftOut = 0;
  let steps = 0;
  let longestLine = 0;
  let column = 0;
  const host = {
    signal: new AbortController().signal,
    report: () => void steps++,
    print(text: string) {
      shown += text.length;
      for (const [, letters = ''] of text.matchAll(/… ([\d,]+) letters are left out here/g))
        leftOut += Number(letters.replaceAll(',', ''));
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        column = code === 10 || code === 13 ? 0 : column + 1;
        if (column > longestLine) longestLine = column;
      }
    },
  };
  const jobs = createJobs(exec, engine, log as never, {
    finished() {},
    failed: (failure) => assert.fail(failure.message),
  });
  const { value, longestPause } = await watched(() =>
    jobs<number>(
      {
        kind: 'test',
        title: 'test',
        async work(job) {
          const facts = {
            step: 'x',
            tool: 'engine',
            progress: (line: string) => line.trim() || undefined,
          } as const;
          const kept = await job.run({ ...command, parse: (stdout) => stdout.length }, facts);
          return { value: kept, message: 'done' };
        },
      },
      host,
    ),
  );
  return { kept: value ?? 0, shown, leftOut, steps, longestLine, longestPause };
}

async function watched<T>(work: () => Promise<T>): Promise<{ value: T; longestPause: number }> {
  let longestPause = 0;
  let last = performance.now();
  let on = true;
  const look = () => {
    const now = performance.now();
    longestPause = Math.max(longestPause, now - last);
    last = now;
    if (on) setImmediate(look);
  };
  look();
  const value = await work();
  on = false;
  return { value, longestPause };
}

const outputs: Readonly<Record<string, readonly [part: string, encoding?: string]>> = {
  'one line': ['x'],
  'lines without a letter': ['\n'],
  'carriage returns': ['\r'],
  'short lines': ['a line\n'],
  'bytes that are no text': ['\xff\x00\xfe\x80\x1b', 'latin1'],
  'letters of four bytes': ['😀'],
  'sequences of a terminal': ['\x1b[31mred\x1b[0m\x1b]0;title\x07'],
  'a sequence that never ends': ['\x1b]8;;http://x/'],
  'beginnings of addresses': ['https://a:'],
  'beginnings of tokens': ['eyJaaaaaaaa-'],
  'beginnings of headers': ['authorization: bearer '],
  'a line of beginnings of tokens': ['sk-'],
  'words that announce a secret': ['token '],
};

describe('64 MB of output', () => {
  let ordinary: Awaited<ReturnType<typeof jobOf>>;
  it('of ordinary lines', async () => {
    ordinary = await jobOf(writes('#7 12.34 Collecting numpy==2.1.0 from https://example.org/simple\n'));
    // What is not shown is counted.
    assert.ok(ordinary.shown + ordinary.leftOut >= 64_000_000);
    assert.ok(ordinary.shown > 1_000_000);
    assert.equal(ordinary.kept, 1_000_000);
  });
  for (const [name, [part, encoding]] of Object.entries(outputs)) {
    it(`as ${name} stops nothing`, async (test) => {
      const { kept, longestLine, longestPause, steps } = await jobOf(writes(part, encoding));
      test.diagnostic(
        `longest pause ${longestPause.toFixed(0)} ms, ordinary ${ordinary.longestPause.toFixed(0)} ms`,
      );
      assert.ok(kept <= 1_000_000, `${kept} letters were kept`);
      assert.ok(longestLine < 20_000, `a line of ${longestLine} letters was shown`);
      assert.ok(steps < 5_000, `${steps} steps were told`);
      assert.ok(longestPause < 20 * ordinary.longestPause + 100, `${longestPause} ms`);
    });
  }
});
