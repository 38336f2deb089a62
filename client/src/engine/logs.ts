// What a container wrote and goes on writing, over the engine's API.
import { PassThrough, pipeline, type Readable } from 'node:stream';
import type { EngineHttp } from './http.ts';
import { createFrameReader, type LogFrame } from './log-frames.ts';

export type LogQuery = {
  readonly id: string;
  /** With a terminal there is one stream, without frames. */
  readonly hasTerminal: boolean;
  readonly follow: boolean;
  /** A time as engines write it. */
  readonly since?: string;
  readonly tail?: number;
};

export type LogPortion = LogFrame & { readonly isFrame: boolean };

/** Until the engine has no more to say; false where there is no such container. */
export async function readLogs(
  http: EngineHttp,
  query: LogQuery,
  signal: AbortSignal,
  told: (portion: LogPortion) => void,
): Promise<boolean> {
  const answer = await http.stream(pathOf(query), signal);
  if (!answer) return false;
  const frames = query.hasTerminal ? undefined : createFrameReader();
  for await (const bytes of (frames ? answer : piecesOf(answer)) as AsyncIterable<Buffer>) {
    if (!frames) told({ stream: 'stdout', bytes, isFrame: false });
    else for (const frame of frames(bytes)) told({ ...frame, isFrame: true });
    // Portions that wait are handed on in one turn, in which nothing else could run.
    await new Promise(setImmediate);
  }
  return true;
}

/** As they come, for what a program wrote without an end of line is a piece of its own, with a time. */
const piecesOf = (answer: Readable) => pipeline(answer, new PassThrough({ objectMode: true }), () => {});

function pathOf({ id, follow, since, tail }: LogQuery): string {
  const asked = new URLSearchParams({ stdout: '1', stderr: '1', timestamps: '1' });
  if (follow) asked.set('follow', '1');
  if (since !== undefined) asked.set('since', seconds(since));
  if (tail !== undefined) asked.set('tail', String(tail));
  return `/containers/${encodeURIComponent(id)}/logs?${asked}`;
}

/** The API takes seconds since 1970, with what is beyond the dot. */
function seconds(time: string): string {
  const fraction = /\.(\d{1,9})/.exec(time)?.[1] ?? '0';
  return `${Math.floor(Date.parse(time) / 1000)}.${fraction.padEnd(9, '0')}`;
}
