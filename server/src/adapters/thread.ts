import { MessageChannel, type MessagePort, Worker, workerData } from 'node:worker_threads';

/** A thread that runs a program, and what it shares with whoever started it. */
export interface Thread {
  readonly port: MessagePort;
  /** Memory that both can reach at any time, even while the thread is busy. */
  readonly memory: SharedArrayBuffer;
  /** Settled with the reason when it ended, by itself or not. */
  readonly ended: Promise<string>;
  /** Ends it at once, whatever it is at. */
  end(): void;
}

interface Start {
  readonly port: MessagePort;
  readonly memory: SharedArrayBuffer;
}

/** In megabytes. What is judged needs a tenth of it; a thread that wants more ends, and its process goes on. */
const heap = 1024;

/**
 * Starts a program in a thread of its own, which takes some 30 ms.
 * @param file URL of the program
 * @param memory size of the shared memory, in bytes
 */
export function startThread(file: string, memory: number): Thread {
  const { port1, port2 } = new MessageChannel();
  const shared = new SharedArrayBuffer(memory);
  const data: Start = { port: port2, memory: shared };
  const worker = new Worker(new URL(file), {
    workerData: data,
    transferList: [port2],
    resourceLimits: { maxOldGenerationSizeMb: heap },
    // Standard output may belong to a protocol, which a stray print would break.
    stdout: true,
  });
  let reason = 'it ended';
  worker.on('error', (error) => {
    reason = error.message;
  });
  const ended = new Promise<string>((resolve) => worker.on('exit', () => resolve(reason)));
  return { port: port1, memory: shared, ended, end: () => void worker.terminate() };
}

/** The thread's own end of it. Undefined in a thread that was not started so. */
export function ownEnd(): Start | undefined {
  const start = workerData as Partial<Start> | null;
  return start?.port && start.memory ? (start as Start) : undefined;
}
