import { readdirSync, readFileSync } from 'node:fs';

/** Reads the command line and environment of every process that was not there at the start, until stopped. */
export function watchProcesses() {
  const pids = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const old = new Set(pids());
  const seen = new Map<string, string>();
  let going = true;
  const look = () => {
    for (const pid of pids()) {
      if (old.has(pid)) continue;
      try {
        const [cmdline, environ] = ['cmdline', 'environ'].map((file) =>
          readFileSync(`/proc/${pid}/${file}`, 'utf8'),
        );
        seen.set(`${pid} ${cmdline}`, `${cmdline}\n${environ}`);
      } catch {
        // It has ended.
      }
    }
    if (going) setTimeout(look, 5);
  };
  look();
  return () => {
    going = false;
    return [...seen.values()];
  };
}
