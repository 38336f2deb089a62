// What processes take of the memory of NVIDIA GPUs, as the driver's own program tells it, and whose processes they are.
import { t } from '@vscode/l10n';
import * as z from 'zod';
import { topProcesses } from '../runtime/container-commands.ts';
import type { Command } from '../runtime/exec.ts';
import { locate } from '../runtime/locate.ts';
import { type EngineUser, overHttp } from './connection.ts';

const MiB = 1024 * 1024;
const table = z.object({ Titles: z.array(z.string()), Processes: z.array(z.array(z.string())).nullish() });

/** In bytes, by process. Those of which the driver does not tell, as on Windows and of parts of a GPU, are left out. */
export function gpuProcesses(): Command<ReadonlyMap<number, number>> {
  return {
    file: locate('nvidia-smi', ''),
    args: ['--query-compute-apps=pid,used_gpu_memory', '--format=csv,noheader,nounits'],
    parse: readGpuProcesses,
  };
}

export function readGpuProcesses(csv: string): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const line of csv.split('\n')) {
    const [pid = 0, memory = 0] = line.split(',').map(Number);
    // One that uses several GPUs has a line for each.
    if (pid > 0 && memory > 0) found.set(pid, (found.get(pid) ?? 0) + memory * MiB);
  }
  return found;
}

/** Of a running container, by their ids on the machine of the engine. */
export async function processesOf(user: EngineUser, id: string): Promise<readonly number[]> {
  const engine = await user.engine.get();
  const facts = { step: t('Listing the processes of {0}', id.slice(0, 12)), tool: 'engine' } as const;
  if (engine.kind === 'podman') {
    // Its usual table has the ids inside of the container; so has that of its service.
    const args = ['container', 'top', id, 'hpid'];
    return pidsOf(await user.run({ file: engine.file, args, parse: rows }, facts), 'HPID');
  }
  const told = await overHttp(user, async (http) => {
    const answer = await http.get(`/containers/${encodeURIComponent(id)}/top`);
    const { Titles, Processes } = table.parse(answer);
    return [Titles, ...(Processes ?? [])];
  });
  return pidsOf(told ?? rows(await user.run(topProcesses(engine, id), facts)), 'PID');
}

/** What stands before the command has no blanks. */
const rows = (text: string) => text.split('\n').map((line) => line.trim().split(/\s+/));

function pidsOf([titles = [], ...processes]: readonly (readonly string[])[], title: string) {
  const column = titles.indexOf(title);
  return processes.flatMap((cells) => Number(cells[column]) || []);
}
