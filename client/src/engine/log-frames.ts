// The engine's way to send two streams over one connection: frames of eight bytes that say which stream and how long,
// and then the text. Source: Docker's API, "Attach to a container", "Stream format".

export type LogFrame = { readonly stream: 'stdout' | 'stderr'; readonly bytes: Buffer };

const headerLength = 8;
/** Docker sends at most 16 kB of a line in one; this is where it can be no frame of a log. */
const longestFrame = 4_000_000;

/** Takes what comes in whatever portions and gives each whole frame; throws where there are none. */
export function createFrameReader(): (portion: Buffer) => readonly LogFrame[] {
  let rest: Buffer = Buffer.alloc(0);
  return (portion) => {
    const bytes = rest.length ? Buffer.concat([rest, portion]) : portion;
    const frames: LogFrame[] = [];
    let at = 0;
    while (bytes.length - at >= headerLength) {
      const [stream = 0] = bytes.subarray(at, at + 1);
      const length = bytes.readUInt32BE(at + 4);
      if (stream > 3 || bytes.readUIntBE(at + 1, 3) !== 0 || length > longestFrame)
        throw new Error('The engine sends no frames.');
      const end = at + headerLength + length;
      if (end > bytes.length) break;
      // 3 is what the engine itself has to say, as that a log cannot be read any further.
      frames.push({
        stream: stream < 2 ? 'stdout' : 'stderr',
        bytes: bytes.subarray(at + headerLength, end),
      });
      at = end;
    }
    rest = bytes.subarray(at);
    return frames;
  };
}
