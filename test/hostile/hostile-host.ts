import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Host {
  /** `127.0.0.1:1234` */
  readonly host: string;
  /** Every request, oldest first. */
  readonly seen: readonly { readonly url: string; readonly authorization: string | undefined }[];
  /** Bytes that were taken off its hands. */
  bytes(): number;
  /** Connections that carry an answer which has not ended. */
  busy(): number;
  close(): Promise<void>;
}

/** A real HTTP server on this machine that answers as it is told, and counts. */
export async function startHost(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  address = '127.0.0.1',
): Promise<Host> {
  const seen: { url: string; authorization: string | undefined }[] = [];
  const sockets = new Set<Socket>();
  const answering = new Set<Socket>();
  let gone = 0;
  const server = createServer((request, response) => {
    const { socket } = request;
    seen.push({ url: request.url ?? '', authorization: request.headers.authorization });
    answering.add(socket);
    response.on('close', () => answering.delete(socket));
    answer(request, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      gone += socket.bytesWritten;
      sockets.delete(socket);
      answering.delete(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  return {
    host: `${address}:${(server.address() as AddressInfo).port}`,
    seen,
    bytes: () => [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, gone),
    busy: () => answering.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of sockets) socket.destroy();
      }),
  };
}
