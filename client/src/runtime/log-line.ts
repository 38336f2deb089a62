/** What a line of a Go program's log says: `time="…" level=fatal msg="…"`, as nerdctl and Podman write their reasons. */
export function messageOf(line: string): string {
  const [head = '', quoted = ''] =
    /^time="[^"]{0,40}" level=\w{1,8} msg=("(?:[^"\\]|\\.)*")/.exec(line) ?? [];
  if (!head) return line;
  try {
    return JSON.parse(quoted) + line.slice(head.length);
  } catch {
    return line;
  }
}
