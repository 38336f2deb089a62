// The archive of an image, as it comes from the engine.
import { addAbortSignal } from 'node:stream';
import { ProcessSocket } from '../runtime/exec.ts';
import { saveImage } from '../runtime/image-commands.ts';
import { type EngineUser, overHttp } from './connection.ts';

/** Older engines write the whole archive to their disk before they send the first byte of it; whoever waits can cancel. */
const firstByteMs = 3_600_000;

export async function openImageArchive(
  user: EngineUser,
  ref: string,
  signal: AbortSignal,
): Promise<AsyncIterable<Buffer>> {
  const path = `/images/${encodeURIComponent(ref)}/get`;
  const stream = await overHttp(user, (http) => http.stream(path, signal, firstByteMs));
  if (stream) return stream;
  signal.throwIfAborted();
  // Where it fails, the command line says why.
  return addAbortSignal(signal, new ProcessSocket(saveImage(await user.engine.get(), ref)));
}
