// What containers with a GPU take of its memory, asked now and then while somebody looks at them.
import { t } from '@vscode/l10n';
import { gpuProcesses, processesOf } from '../engine/gpu-memory.ts';
import { engineHost } from '../engine/host.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import type { Workbench } from '../ui/workbench.ts';

const betweenMs = 4_000;
const timeoutMs = 10_000;

export type GpuFigures = {
  /** Asks for these, unless that was done just now. */
  look(containers: readonly ContainerDetails[]): void;
  /** In bytes; not known where no process of it is seen on a GPU. */
  latest(id: string): number | undefined;
};

export function createGpuFigures(user: Pick<Workbench, 'engine' | 'run'>): GpuFigures {
  let found: ReadonlyMap<string, number> = new Map();
  let asked = 0;
  let isBusy = false;
  // Who has no such GPU here gets none while the window is open.
  let isAbsent = false;

  const measure = async (containers: readonly ContainerDetails[]) => {
    const measured = new Map<string, number>();
    // The ids of processes say something on their own machine only.
    if ((await engineHost(user)) === 'localhost') {
      // No engine is asked, whatever the outcome says of it.
      const facts = { step: t('Measuring the GPUs'), tool: 'uv', timeoutMs } as const;
      const memory = await user.run(gpuProcesses(), facts).catch(() => undefined);
      isAbsent = !memory;
      for (const { id } of memory?.size ? containers : []) {
        const pids = await processesOf(user, id).catch(() => []);
        const taken = pids.reduce((sum, pid) => sum + (memory?.get(pid) ?? 0), 0);
        if (taken) measured.set(id, taken);
      }
    }
    found = measured;
  };
  return {
    look(containers) {
      const withGpu = containers.filter(({ gpu }) => gpu);
      if (isAbsent || isBusy || !withGpu.length || Date.now() - asked < betweenMs) return;
      isBusy = true;
      asked = Date.now();
      // The view says what is wrong with the engine.
      const done = () => {
        isBusy = false;
      };
      measure(withGpu).then(done, done);
    },
    latest: (id) => found.get(id),
  };
}
