// Runs in the extension host. Bundled with the test files, so that mocha has nothing to look for.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

const files: readonly (() => Promise<unknown>)[] = [
  // First of all, for it looks at an extension that has done nothing yet.
  () => import('./activation.ts'),
  () => import('./diagnostics.ts'),
  () => import('./editing.ts'),
  () => import('./places.ts'),
  () => import('./commands.ts'),
  () => import('./dockerfiles.ts'),
  () => import('./tasks.ts'),
  () => import('./project.ts'),
  () => import('./failures.ts'),
  () => import('./bad-input.ts'),
];

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 30_000, forbidOnly: true });
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, '', mocha);
  for (const load of files) await load();
  const passes: string[] = [];
  const failures: { title: string; message: string }[] = [];
  const pending: string[] = [];
  await new Promise<void>((resolve) => {
    mocha
      .run(() => resolve())
      .on('pass', (test) => {
        passes.push(test.fullTitle());
        console.log(`ok   ${test.fullTitle()} (${test.duration} ms)`);
      })
      .on('pending', (test) => pending.push(test.fullTitle()))
      .on('fail', (test, error) => {
        failures.push({ title: test.fullTitle(), message: error.stack ?? error.message });
        console.log(`FAIL ${test.fullTitle()}\n${error.stack ?? error.message}`);
      });
  });
  const report = process.env.WHEELHOUSE_SUITE_REPORT;
  if (!report) throw new Error('WHEELHOUSE_SUITE_REPORT names no file.');
  writeFileSync(report, JSON.stringify({ passes: passes.length, failures, pending }));
  if (failures.length) throw new Error(`${failures.length} tests failed.`);
}
