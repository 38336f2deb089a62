/** The milliseconds that this thread works on something: what else the machine has to do does not count. */
export function cpuTimeOf(work: () => unknown): number {
  const begin = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(begin);
  return (user + system) / 1_000;
}
