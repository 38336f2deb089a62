// Read on 2026-11-25.

/** What a Python package needs of the distribution at run time. */
export interface NativeNeed {
  /** The Debian package to name. */
  readonly use: string;
  /** Any package that brings it along. */
  readonly broughtBy: RegExp;
  /** What the program says without it. */
  readonly error: string;
}

const ffmpeg: NativeNeed = { use: 'ffmpeg', broughtBy: /^(?:ffmpeg|libav)/, error: 'ffmpeg is not found' };

/**
 * Packages of PyPI whose wheels load a library or call a program that is not in them. Sources: the NEEDED entries of the
 * wheels (lightgbm 4.7, pyodbc 5.5, torchcodec 0.17), and the documentation of those that call a program.
 */
export const nativeNeeds: Readonly<Record<string, NativeNeed>> = {
  lightgbm: {
    use: 'libgomp1',
    broughtBy: /^(?:libgomp1|gcc|g\+\+|build-essential|gfortran|libopenblas|python3-(?:numpy|scipy|sklearn))/,
    error: 'libgomp.so.1 cannot be opened',
  },
  pdf2image: { use: 'poppler-utils', broughtBy: /^poppler-utils$/, error: 'pdftoppm is not found' },
  pytesseract: { use: 'tesseract-ocr', broughtBy: /^tesseract-ocr/, error: 'tesseract is not found' },
  pyodbc: {
    use: 'unixodbc',
    broughtBy: /^(?:unixodbc|libodbc|msodbcsql)/,
    error: 'libodbc.so.2 cannot be opened',
  },
  pyzbar: { use: 'libzbar0', broughtBy: /^(?:libzbar|zbar)/, error: 'the zbar library is not found' },
  graphviz: { use: 'graphviz', broughtBy: /^graphviz/, error: 'dot is not found' },
  'openai-whisper': ffmpeg,
  whisperx: ffmpeg,
  torchcodec: { ...ffmpeg, error: 'libavutil cannot be opened' },
};

/**
 * Packages that PyPI has no Linux wheel of, so that pip compiles them (pip asked for Python 3.12 on x86_64, 2026-11-26),
 * and what has one in their place.
 */
export const sourceOnly: Readonly<Record<string, string | undefined>> = {
  psycopg2: 'psycopg2-binary',
  mysqlclient: undefined,
  pycairo: undefined,
  pyaudio: undefined,
  dlib: undefined,
  'llama-cpp-python': undefined,
};

/** Packages with wheels for x86_64 and none for ARM (pip asked for Python 3.12 on aarch64, 2026-11-26). */
export const withoutArmWheel: ReadonlySet<string> = new Set(['decord', 'faiss-gpu-cu12']);

/** A name of Debian that newer releases have no package of. */
export interface GonePackage {
  /** What has taken its place; undefined where nothing has. */
  readonly use: string | undefined;
  /** Codenames of the releases without it. */
  readonly goneIn: readonly string[];
}

/**
 * Debian packages that a release dropped, without another one that provides the name. Sources: apt-cache with the lists of
 * trixie beside those of bookworm, 2026-11-25; for Ubuntu 24.04 its release notes, from memory.
 */
export const gonePackages: Readonly<Record<string, GonePackage>> = {
  'libgl1-mesa-glx': { use: 'libgl1', goneIn: ['trixie', 'noble', 'resolute'] },
  'libatlas-base-dev': { use: 'libopenblas-dev', goneIn: ['trixie'] },
  libncurses5: { use: 'libncurses6', goneIn: ['trixie'] },
  libtinfo5: { use: 'libtinfo6', goneIn: ['trixie'] },
  libtiff5: { use: 'libtiff6', goneIn: ['trixie'] },
  'openjdk-17-jdk': { use: 'openjdk-21-jdk', goneIn: ['trixie'] },
  'openjdk-17-jdk-headless': { use: 'openjdk-21-jdk-headless', goneIn: ['trixie'] },
  'openjdk-17-jre': { use: 'openjdk-21-jre', goneIn: ['trixie'] },
  'openjdk-17-jre-headless': { use: 'openjdk-21-jre-headless', goneIn: ['trixie'] },
  'python3-distutils': { use: undefined, goneIn: ['trixie'] },
  'software-properties-common': { use: undefined, goneIn: ['trixie'] },
  neofetch: { use: 'fastfetch', goneIn: ['trixie'] },
};
