/** Whether a process of this machine goes on. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else has this number now, or has had it all the time.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
