// A package index on the loopback (Python packaging specification, "Simple repository API") for builds that reach no other.
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export interface PackageIndex {
  /** Address of the index. */
  readonly url: string;
  stop(): void;
}

/** Serves the wheels of a folder. */
export async function servePackages(folder: string): Promise<PackageIndex> {
  const server = createServer((request, response) => {
    const [, root, name = ''] = (request.url ?? '').split('/');
    const wheels = readdirSync(folder).filter((file) => file.startsWith(`${name.replaceAll('-', '_')}-`));
    if (root === 'simple' && name !== '' && wheels.length > 0) {
      response.setHeader('content-type', 'text/html');
      response.end(wheels.map((wheel) => `<a href="/wheels/${wheel}">${wheel}</a>\n`).join(''));
      return;
    }
    const file = path.join(folder, path.basename(name));
    if (root !== 'wheels' || !readdirSync(folder).includes(path.basename(name))) {
      response.statusCode = 404;
      response.end();
      return;
    }
    response.setHeader('content-length', statSync(file).size);
    // As PyPI has it: pip keeps only what it may.
    response.setHeader('cache-control', 'max-age=365000000, immutable');
    if (request.method === 'HEAD') response.end();
    else createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/simple`, stop: () => server.close() };
}
