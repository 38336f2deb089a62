// Stand-ins of published images under their very names, made when a Dockerfile asks for them: Debian with Python, pip and uv
// where the published ones have them, a stand-in of apt-get, and what a program can notice of the full images.
import { copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fullImage, writeSystemPackages } from './system-packages.ts';

type Docker = (args: readonly string[]) => Promise<string>;

export interface Bases {
  /** Makes an image, with megabytes of noise in place of what else the published one holds. */
  make(name: string, megabytes?: number): Promise<void>;
  /** Makes the images that a Dockerfile names. */
  provide(dockerfile: string, buildArgs?: Readonly<Record<string, string>>): Promise<void>;
  /** Gives their names back to the images that had them. */
  remove(): Promise<void>;
}

const root = 'wheelhouse-stand-in-root:1';

/** Debian's Python where the published images have theirs, with their folder of packages; its `site` is frozen and stays. */
const relocated = `lib=/usr/local/lib/python3.13 && \\
    mv /usr/bin/python3.13 /usr/local/bin/ && cp -r /usr/lib/python3.13/. $lib && \\
    rm -rf /usr/lib/python3* /usr/bin/python3* /usr/local/bin/python /usr/local/bin/uv $lib/dist-packages && \\
    sed -i "s/'DEB_PYTHON_INSTALL_LAYOUT', 'posix_local'/'', 'deb'/; s/prefix_scheme = 'deb_system'/prefix_scheme = 'posix_prefix'/" $lib/sysconfig/__init__.py && \\
    mkdir $lib/site-packages && ln -s site-packages $lib/dist-packages && \\
    ln -s python3.13 /usr/local/bin/python3 && ln -s python3.13 /usr/local/bin/python`;

/** What uv fetches of Python's builds, laid where it keeps them. */
const managed = `home=/root/.local/share/uv/python/cpython-3.13.5-linux-$(uname -m)-gnu && \\
    mkdir -p $home/bin $home/lib && mv /usr/local/bin/python3.13 $home/bin/ && mv /usr/local/lib/python3.13 $home/lib/ && \\
    ln -s python3.13 $home/bin/python3 && ln -s python3.13 $home/bin/python && rm -f /usr/local/bin/python* /usr/local/bin/pip*`;

export async function createBases(
  docker: Docker,
  from: string,
  { index, uv, folder }: { readonly index: string; readonly uv: string; readonly folder: string },
): Promise<Bases> {
  const host = new URL(index).host;
  mkdirSync(folder, { recursive: true });
  writeSystemPackages(path.join(folder, 'packages'));
  for (const program of ['apt-get', 'conda'])
    cpSync(path.join(import.meta.dirname, 'stand-ins', program), path.join(folder, program));
  copyFileSync(uv, path.join(folder, 'uv'));
  const before = new Map<string, string | undefined>();
  const build = async (name: string, dockerfile: string) => {
    const file = path.join(folder, 'Dockerfile');
    writeFileSync(file, dockerfile);
    await docker(['build', '--quiet', '--network=none', `--tag=${name}`, folder]);
  };
  await build(
    root,
    `FROM ${from}
RUN ${relocated}
RUN wheel=$(echo /usr/share/python-wheels/pip-*.whl) && \\
    PYTHONPATH=$wheel python3 -m pip install --quiet --no-index --no-cache-dir --root-user-action=ignore $wheel
RUN printf '[global]\\nindex-url = ${index}\\ntrusted-host = ${host}\\ndisable-pip-version-check = true\\n' > /etc/pip.conf && \\
    mkdir -p /etc/uv && printf '[[index]]\\nurl = "${index}"\\ndefault = true\\n' > /etc/uv/uv.toml
COPY packages /usr/share/stand-ins
COPY apt-get /usr/bin/apt-get
RUN ln -sf apt-get /usr/bin/apt
`,
  );
  const make = async (name: string, megabytes = 0) => {
    if (before.has(name)) return;
    const had = await docker(['image', 'inspect', '--format={{.Id}}', name]).catch(() => '');
    before.set(name, had.trim() || undefined);
    const noise = `RUN head -c ${megabytes}000000 /dev/urandom > /opt/rest-of-the-base.bin\n`;
    await build(name, recipe(name) + (megabytes > 0 ? noise : ''));
  };
  return {
    make,
    async provide(dockerfile, buildArgs) {
      for (const name of imagesOf(dockerfile, buildArgs)) await make(name);
    },
    async remove() {
      await docker(['image', 'rm', '--force', root, ...before.keys()]).catch(() => {});
      for (const [name, id] of before) if (id) await docker(['tag', id, name]).catch(() => {});
    },
  };
}

/** A Dockerfile that makes the stand-in of an image. */
function recipe(name: string): string {
  if (/^ghcr\.io\/astral-sh\/uv:(?:latest|[\d.]+)$/.test(name)) return 'FROM scratch\nCOPY uv /uv\n';
  const [repository = '', tag = ''] = name.split(':');
  const isUv = repository.endsWith('/uv');
  // A program can ask of which Python an image is, though all hold the same one.
  const python = /\d+\.\d+/.exec(tag)?.[0] ?? '3.13';
  const isConda = /miniconda|miniforge/.test(repository);
  const parts = [`FROM ${root}`, `RUN echo ${python} > /etc/stand-in-python`];
  if (isConda) parts.push('COPY conda /opt/conda/bin/conda', 'ENV PATH=/opt/conda/bin:$PATH');
  else if (!isUv && !/^(?:python|pytorch\/pytorch)$/.test(repository)) parts.push(`RUN ${managed}`);
  else if (!tag.includes('slim'))
    parts.push(`RUN apt-get update && apt-get install -y ${fullImage} && rm -rf /var/lib/apt/lists/*`);
  if (isUv) parts.push('COPY uv /usr/local/bin/uv');
  return `${parts.join('\n')}\n`;
}

/** The images of other makers that a Dockerfile takes something from. */
export function imagesOf(dockerfile: string, buildArgs: Readonly<Record<string, string>> = {}): string[] {
  const values = new Map<string, string>();
  for (const [, name = '', value = ''] of dockerfile.matchAll(/^ARG (\w+)=(\S+)$/gm)) values.set(name, value);
  for (const [name, value] of Object.entries(buildArgs)) values.set(name, value);
  const stages = new Set(
    [...dockerfile.matchAll(/^FROM .* AS (\S+)$/gim)].map(([, name = '']) => name.toLowerCase()),
  );
  const named = [...dockerfile.matchAll(/^FROM (?:--\S+ )*(\S+)|--from=(\S+)|[=,]from=([^\s,]+)/gim)];
  const names = named.map(([, base, copied, mounted]) =>
    (base ?? copied ?? mounted ?? '').replace(
      /\$\{?(\w+)(?::-([^}]*))?\}?/g,
      (_, name, fallback = '') => values.get(name) ?? fallback,
    ),
  );
  return [...new Set(names)].filter((name) => name.includes(':') && !stages.has(name.toLowerCase()));
}
