import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { onPath } from './debian.ts';

/** linux/capability.h, by their numbers: of those that a sandbox takes from root. */
const taken = { 16: 'SYS_MODULE', 17: 'SYS_RAWIO', 22: 'SYS_BOOT', 24: 'SYS_RESOURCE', 25: 'SYS_TIME' };

/**
 * A folder for the front of an engine's PATH. Where root lacks capabilities, as in a sandbox, no privileged container starts, for the
 * engine asks for all that there are; the `runc` in it is the real one, asked for those that are there.
 */
export function privilegedRunc(folder: string): string {
  const bounds = /^CapBnd:\s*(\w+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  const bits = BigInt(`0x${bounds || 0}`);
  const lacking = Object.entries(taken).flatMap(([at, name]) =>
    (bits >> BigInt(at)) & 1n ? [] : [`CAP_${name}`],
  );
  const runc = onPath('runc');
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  if (!bounds || !lacking.length || !runc) return bin;
  const edits = lacking.map((name) => `-e 's/,"${name}"//g' -e 's/"${name}",\\{0,1\\}//g'`).join(' ');
  writeFileSync(
    path.join(bin, 'runc'),
    `#!/bin/sh
for word; do
  case $before in
    --bundle) sed -i ${edits} "$word/config.json" ;;
    --process) sed -i ${edits} "$word" ;;
  esac
  before=$word
done
exec ${runc} "$@"
`,
    { mode: 0o755 },
  );
  return bin;
}
