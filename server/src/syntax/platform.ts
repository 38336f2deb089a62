/** An operating system with an architecture, as `linux/arm64/v8` names them. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
}

const systems = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos'.split(
    ' ',
  ),
);
const architectures = new Set(
  '386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm'.split(
    ' ',
  ),
);
const otherNames: Readonly<Record<string, string>> = {
  i386: '386',
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  armhf: 'arm',
  armel: 'arm',
};

/** The name that Docker uses for an architecture. */
export function architectureName(name: string): string {
  const lower = name.toLowerCase();
  return (Object.hasOwn(otherNames, lower) ? otherNames[lower] : undefined) ?? lower;
}

/**
 * Reads a platform as containerd does (github.com/containerd/platforms, `Parse`, 2026-08). What it does not name is that of
 * the machine, for which Linux on amd64 stands here.
 */
export function parsePlatform(text: string): Platform | undefined {
  const [system = '', architecture, variant, ...more] = text.split('/');
  if (more.length > 0 || !/^[\w-]+(?:\([\w.+%-]*\))?$/.test(system)) return undefined;
  if (![architecture, variant].every((part) => part === undefined || /^[\w.-]+$/.test(part)))
    return undefined;
  const lower = system.replace(/\(.*/, '').toLowerCase();
  const os = lower === 'macos' ? 'darwin' : lower;
  if (architecture !== undefined) return { os, architecture: architectureName(architecture) };
  if (systems.has(os)) return { os, architecture: 'amd64' };
  const alone = architectureName(system);
  return architectures.has(alone) ? { os: 'linux', architecture: alone } : undefined;
}
