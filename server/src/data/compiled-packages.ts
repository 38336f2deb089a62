// Read on 2026-11-27.

/** What a package is compiled with and what it then loads, by the names of two releases. */
export interface CompiledPackage {
  readonly build: Readonly<Record<'bookworm' | 'noble', readonly string[]>>;
  readonly run: Readonly<Record<'bookworm' | 'noble', readonly string[]>>;
}

/** Names that both releases have. */
const both = (build: string, run = ''): CompiledPackage => {
  const [first, second] = [build, run].map((names) => names.split(' ').filter((name) => name !== ''));
  const twice = (names: readonly string[] = []) => ({ bookworm: names, noble: names });
  return { build: twice(first), run: twice(second) };
};
const gcc = 'gcc libc6-dev';

/**
 * Packages of PyPI of which no release or no older one has a wheel for Linux, beside those of runtime-libraries.ts. Sources: `uv pip compile
 * --only-binary :all:` for Python 3.11 on x86-64; the installation pages of each; the names with `apt-cache policy` of Debian
 * 12. Those of Ubuntu 24.04 are without versions, as they are not compared.
 */
export const compiledPackages: ReadonlyMap<string, CompiledPackage> = new Map([
  [
    'python-ldap',
    {
      build: {
        bookworm: ['libldap2-dev=2.5.*', 'libsasl2-dev=2.1.*'],
        noble: ['libldap2-dev', 'libsasl2-dev', ...gcc.split(' ')],
      },
      run: { bookworm: ['libldap-2.5-0=2.5.*', 'libsasl2-2=2.1.*'], noble: ['libldap2', 'libsasl2-2'] },
    },
  ],
  [
    'pygobject',
    {
      build: {
        bookworm: ['libcairo2-dev=1.16.*', 'libgirepository1.0-dev=1.74.*'],
        noble: ['libcairo2-dev', 'libgirepository1.0-dev', 'pkg-config', ...gcc.split(' ')],
      },
      run: {
        bookworm: ['libcairo2=1.16.*', 'libgirepository-1.0-1=1.74.*'],
        noble: ['libcairo2', 'libgirepository-1.0-1'],
      },
    },
  ],
  [
    'pyicu',
    {
      build: { bookworm: ['libicu-dev=72.*'], noble: ['libicu-dev', 'pkg-config', 'g++', 'libc6-dev'] },
      run: { bookworm: ['libicu72=72.*'], noble: ['libicu74'] },
    },
  ],
  ['uwsgi', both('', '')],
  ['systemd-python', both(`libsystemd-dev pkg-config ${gcc}`, 'libsystemd0')],
  ['dbus-python', both(`libdbus-1-dev libglib2.0-dev pkg-config ${gcc}`, 'libdbus-1-3')],
  ['pycups', both(`libcups2-dev ${gcc}`, 'libcups2')],
  ['pyscard', both(`libpcsclite-dev swig pkg-config ${gcc}`, 'libpcsclite1')],
  ['libvirt-python', both(`libvirt-dev pkg-config ${gcc}`, 'libvirt0')],
  ['gssapi', both(`libkrb5-dev ${gcc}`, 'libgssapi-krb5-2')],
  ['netifaces', both(gcc)],
  ['m2crypto', both(`libssl-dev swig ${gcc}`)],
  ['evdev', both(gcc)],
  ['pygraphviz', both(`libgraphviz-dev pkg-config ${gcc}`, 'graphviz')],
  ['xmlsec', both(`libxmlsec1-dev pkg-config ${gcc}`, 'libxmlsec1-openssl')],
  ['fasttext', both('g++ libc6-dev', 'libgomp1')],
  ['box2d-py', both('g++ libc6-dev swig')],
  ['kenlm', both('cmake g++ libc6-dev')],
  ['pyopenjtalk', both('cmake g++ libc6-dev')],
  ['python-prctl', both(`libcap-dev ${gcc}`)],
  ['pykerberos', both(`libkrb5-dev ${gcc}`, 'libgssapi-krb5-2')],
  [
    'pyalsaaudio',
    {
      build: { bookworm: ['libasound2-dev'], noble: ['libasound2-dev', ...gcc.split(' ')] },
      run: { bookworm: ['libasound2'], noble: ['libasound2t64'] },
    },
  ],
  [
    'pylibmc',
    {
      build: {
        bookworm: ['libmemcached-dev'],
        noble: ['libmemcached-dev', 'zlib1g-dev', ...gcc.split(' ')],
      },
      run: { bookworm: ['libmemcached11'], noble: ['libmemcached11t64'] },
    },
  ],
]);

/**
 * Packages that a build of an image of Python cannot compile, and why, in words that follow their name. Sources: their
 * `setup.py`, which imports torch or calls nvcc, or asks for what neither release has; the packages lists as above.
 */
export const uncompiled: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'flash-attn causal-conv1d mamba-ssm torch-scatter torch-sparse torch-cluster torch-spline-conv'
      .split(' ')
      .map((name) => [name, 'is compiled against the torch that is there already, in a second step']),
  ),
  mmcv: 'is compiled with a setup.py that the setuptools of today cannot run',
  'mmcv-full': 'is compiled with a setup.py that the setuptools of today cannot run',
  pycuda: 'is compiled with nvcc, which an image of Python has not',
  wxpython: 'has no wheel for Linux and is compiled with GTK',
  gdal: 'has to be of the very release of the library of the system',
  pysqlcipher3: 'is compiled with SQLCipher and no longer builds with the setuptools of today',
  pybluez: 'no longer builds with the setuptools of today',
  pyqt4: 'is on PyPI no more',
  rpy2: 'is compiled with R, which an image of Python has not',
};
