import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A way to the engine that can be shut, so that it seems gone and nobody else notices. */
export async function openDoor(host: string) {
  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-door-'));
  const connections = new Set<Socket>();
  const asked = new Map<Socket, string>();
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect({ path: host.replace('unix://', '') || '/var/run/docker.sock', allowHalfOpen: true });
    near.once('data', (bytes: Buffer) => asked.set(near, bytes.toString('latin1').split('\r\n', 1)[0] ?? ''));
    near.on('close', () => asked.delete(near));
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      connections.add(from);
      from
        .on('error', () => to.destroy())
        .on('close', () => connections.delete(from))
        .pipe(to);
    }
  });
  const socket = path.join(folder, 'docker.sock');
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return {
    host: `unix://${socket}`,
    /** How many there are now. */
    connections: () => connections.size / 2,
    /** Whether one is open whose first request has this path. */
    isOpenFor: (path: string) => [...asked.values()].some((line) => line.includes(` ${path} `)),
    async slam() {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      for (const connection of connections) connection.destroy();
      await closed;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
