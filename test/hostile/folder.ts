import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type HostileInput, harmlessDockerfile } from './input.ts';

/** Writes what an input consists of into an empty folder, and gives the number of bytes. */
export function layOut(folder: string, input: HostileInput): number {
  const files: ReturnType<HostileInput['files']> = { Dockerfile: harmlessDockerfile, ...input.files() };
  let bytes = 0;
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    if (typeof content === 'string' || content instanceof Uint8Array) {
      writeFileSync(file, content);
      bytes += content.length;
    } else if ('link' in content) symlinkSync(content.link, file);
    else if ('sparse' in content) {
      const descriptor = openSync(file, 'w');
      ftruncateSync(descriptor, content.sparse);
      closeSync(descriptor);
    } else if (spawnSync('mkfifo', [file]).status !== 0) throw new Error(`${file} cannot be made.`);
  }
  return bytes;
}

/** A Dockerfile of about a size with nothing unusual in it. */
export function harmlessOf(bytes: number): string {
  const block =
    'RUN apt-get install -y curl wget \\\n    git && \\\n    rm -rf /tmp/x\nENV A=1 B=2\nCOPY src/ app/\n';
  return harmlessDockerfile + block.repeat(Math.floor(bytes / block.length));
}
