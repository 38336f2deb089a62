import { globSync, readFileSync } from 'node:fs';
import { defaultConfiguration } from '../server/src/config/configuration.ts';
import { createService } from '../server/src/service.ts';
import { loadTestShellParser } from './server/linter.ts';

const parseShell = await loadTestShellParser();
const service = createService({ ports: { readFile: async () => undefined, log: console.error }, parseShell });
const texts = globSync('/work/shared/corpus/*/*/Dockerfile').map((f) => readFileSync(f, 'utf8'));
for (const t of texts.slice(0, 500)) service.lint(t, defaultConfiguration);
const times: number[] = [];
const by: [number, number][] = [];
const c0 = process.cpuUsage();
texts.forEach((t, i) => {
  service.lint(t, defaultConfiguration);
  const mid = t.indexOf(' ', t.length >> 1);
  for (let k = 0; k < 4; k++) {
    const e = t.slice(0, mid) + ' x'.repeat(1 + k) + t.slice(mid);
    const c = process.cpuUsage();
    const a = performance.now();
    service.lint(e, defaultConfiguration).map((f) => f.message);
    const d = performance.now() - a;
    times.push(d);
    by.push([d, i]);
  }
});
const c = process.cpuUsage(c0);
times.sort((a, b) => a - b);
by.sort((a, b) => b[0] - a[0]);
console.log(
  'edits',
  times.length,
  'cpu s',
  (c.user + c.system) / 1e6,
  'p50',
  times[times.length >> 1],
  'p95',
  times[Math.floor(times.length * 0.95)],
  'p99',
  times[Math.floor(times.length * 0.99)],
);
console.log(by.slice(0, 10).map(([d, i]) => d.toFixed(1) + 'ms ' + texts[i]!.length));
globalThis.gc?.();
console.log(process.memoryUsage());
