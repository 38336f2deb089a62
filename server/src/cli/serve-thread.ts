import { parentPort } from 'node:worker_threads';
import type { Configuration } from '../config/configuration.ts';
import { overPreset } from '../lint/presets.ts';
import { rules } from '../rules/index.ts';
import { findShellcheck } from './find-shellcheck.ts';
import { type JobResult, lintFile } from './lint-file.ts';
import { startService } from './start-service.ts';
import { mark, type Said, type Share, type Start } from './threads.ts';

/** Between two turns that the other end can see, in milliseconds. */
const pause = 200;

/**
 * The other end: what a thread does. It loads what it needs, hears how to judge, and then what.
 * @param keepCompiledCode called when what most files need was compiled
 */
export async function serveThread(keepCompiledCode: () => void, start = startService): Promise<void> {
  let hear: (start: Start) => void = () => {};
  const told = new Promise<Start>((resolve) => {
    hear = resolve;
  });
  const tell = (said: Said) => parentPort?.postMessage(said);
  const say = (text: string) => tell({ say: text });
  const loading = start(
    say,
    told.then(({ shellcheck }) => (shellcheck ? findShellcheck(say) : undefined)),
  );
  // Once for all shares, as the service keeps a plan for each object.
  const judging = told.then(({ configurations }) => configurations.map((own) => overPreset(own, rules)));
  const lint = async (share: Share) => {
    const { fix, shellcheck, mark: shared } = await told;
    const configurations = await judging;
    const own = new Int32Array(shared);
    const service = await loading;
    const checks: Promise<unknown>[] = [];
    let open = share.length;
    const done = (place: number, result: JobResult) => {
      open--;
      // Before the last one is told, as the thread may be ended then.
      if (open === 0) keepCompiledCode();
      tell({ place, result });
    };
    for (const { configuration, place, ...job } of share) {
      const begin = () => {
        Atomics.store(own, mark.job, place);
        Atomics.add(own, mark.turns, 1);
      };
      const known = configurations[configuration] as Configuration;
      const { checked } = await lintFile(service, { ...job, configuration: known }, fix, begin);
      // While ShellCheck thinks, the next file is judged.
      checks.push(checked.then((result) => done(place, result)));
      if (!shellcheck) await checks.pop();
    }
    await Promise.all(checks);
  };

  parentPort?.on('message', (message: Start | Share) => {
    if (!('mark' in message)) return void lint(message);
    const own = new Int32Array(message.mark);
    setInterval(() => Atomics.add(own, mark.turns, 1), pause).unref();
    hear(message);
  });
}
