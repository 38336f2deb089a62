// Read on 2026-11-26.

/** What a Python package needs of the distribution at run time. */
export interface NativeNeed {
  /** The Debian packages to name, separated by blanks. */
  readonly use: string;
  /** Any package that brings it along. */
  readonly broughtBy: RegExp;
  /** What the program says without it. */
  readonly error: string;
  /** The full images of Python have it (`apt-get install --simulate` of what their Dockerfiles install, Debian 13). */
  readonly inFullImage?: true;
  /** Extras of the package, and other packages, with which it is not needed. */
  readonly unless?: readonly string[];
}

const ffmpeg: NativeNeed = { use: 'ffmpeg', broughtBy: /^(?:ffmpeg|libav)/, error: 'ffmpeg is not found' };
const cairo: NativeNeed = {
  use: 'libcairo2',
  broughtBy: /^(?:libcairo2|libpango|libgtk)/,
  error: 'the cairo library is not found',
  inFullImage: true,
};
const git: NativeNeed = { use: 'git', broughtBy: /^git$/, error: 'git is not found', inFullImage: true };
const gomp = {
  broughtBy: /^(?:libgomp1|gcc|g\+\+|build-essential|gfortran|libopenblas|python3-(?:numpy|scipy|sklearn))/,
  error: 'libgomp.so.1 cannot be opened',
  use: 'libgomp1',
  inFullImage: true,
} as const;

/**
 * Packages of PyPI whose wheels load a library or call a program that is not in them. Sources: the NEEDED entries of the
 * wheels (lightgbm 4.7, pyodbc 5.5, torchcodec 0.17, paddlepaddle 3.3), and the documentation of those that call a program
 * or look for a library by its name (WeasyPrint "Installation", psycopg 3 "Installation", GitPython, python-magic, cairocffi).
 */
export const nativeNeeds: Readonly<Record<string, NativeNeed>> = {
  lightgbm: gomp,
  paddlepaddle: gomp,
  gitpython: { ...git, error: 'the import ends with "Bad git executable"' },
  'dbt-core': git,
  'pre-commit': git,
  copier: git,
  'ansible-core': {
    use: 'openssh-client',
    broughtBy: /^openssh-client$/,
    error: 'ssh is not found',
    inFullImage: true,
  },
  psycopg: {
    use: 'libpq5',
    broughtBy: /^(?:libpq|postgresql)/,
    error: 'no pq wrapper is available',
    inFullImage: true,
    unless: ['binary', 'psycopg-binary'],
  },
  'python-magic': {
    use: 'libmagic1',
    broughtBy: /^(?:libmagic|file$)/,
    error: 'libmagic is not found',
    inFullImage: true,
  },
  weasyprint: {
    use: 'libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0',
    broughtBy: /^(?:libpango|weasyprint)/,
    error: 'the Pango library is not found',
    inFullImage: true,
  },
  cairosvg: cairo,
  cairocffi: cairo,
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

const glib: NativeNeed = {
  use: 'libglib2.0-0 libsm6 libxext6 libxrender1',
  broughtBy: /^(?:ffmpeg|libgtk|python3-opencv|libopencv)/,
  error: 'libgthread-2.0.so.0 cannot be opened',
  inFullImage: true,
};

const aliases = (names: string, need: NativeNeed) => names.split(' ').map((name) => [name, need] as const);

/**
 * What packages need by way of others, of which only the full images have it: OpenCV with windows beside libGL.so.1 (readelf
 * of opencv-python 5.0.0.93; libXrender by those before 4.4, from memory), after which the rule `opencv-needs-libgl` looks on
 * slim images, and packages that require OpenCV, LightGBM, PaddlePaddle, pycairo or python-magic (their metadata on PyPI,
 * 2026-11). Open3D and VTK before 9.3 load libraries of X (their documentation); Spark’s scripts call ps.
 */
export const indirectNeeds: Readonly<Record<string, NativeNeed>> = Object.fromEntries([
  ...aliases(
    'opencv-python opencv-contrib-python ultralytics mediapipe insightface deepface retina-face mmcv paddleocr imgaug rapidocr-onnxruntime supervision doclayout-yolo',
    glib,
  ),
  ...aliases('pycaret autogluon autogluon-tabular mljar-supervised lightautoml darts paddlepaddle-gpu', gomp),
  ...aliases('xhtml2pdf svglib rlpycairo', cairo),
  ...aliases('unstructured', { ...cairo, use: 'libmagic1', broughtBy: /^libmagic/ }),
  ...aliases('open3d', { ...gomp, use: 'libgomp1 libx11-6' }),
  ...aliases('vtk pyvista mayavi', { ...cairo, use: 'libxrender1', broughtBy: /^libxrender1$/ }),
  ...aliases('ansible', { ...git, use: 'openssh-client', broughtBy: /^openssh-client$/ }),
  ...aliases('pyspark', { ...git, use: 'procps', broughtBy: /^procps$/ }),
]);

/**
 * Libraries of the full images that packages load which are compiled where they are installed; undefined where they are not
 * known, or too many. Sources: `setup.py` of each, and psycopg2’s and mysqlclient’s "Build prerequisites".
 */
export const compiledLibraries: Readonly<Record<string, readonly string[] | undefined>> = {
  psycopg2: ['libpq5'],
  'psycopg-c': ['libpq5'],
  mysqlclient: ['libmariadb3'],
  pyaudio: ['libportaudio2'],
  psycopg2cffi: ['libpq5'],
  gssapi: ['libgssapi-krb5-2'],
  pycairo: ['libcairo2'],
  hnswlib: ['libgomp1'],
  'chroma-hnswlib': ['libgomp1'],
  dlib: undefined,
  'face-recognition': undefined,
  pyicu: undefined,
  uwsgi: undefined,
  wand: undefined,
  pgmagick: undefined,
  pygraphviz: undefined,
  pygobject: undefined,
  xmlsec: undefined,
  'python-ldap': undefined,
  gdal: undefined,
  'torch-scatter': undefined,
  'torch-sparse': undefined,
  'torch-cluster': undefined,
  'flash-attn': undefined,
  detectron2: undefined,
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

/** Packages with wheels for x86_64 and none for ARM, and such that have one (pip asked for Python 3.12 on aarch64, 2026-11-27). */
export const withoutArmWheel: ReadonlyMap<string, string> = new Map([
  ['decord', '`torchcodec`, which has one'],
  ['faiss-gpu-cu12', '`faiss-cpu`, which has one but runs without the GPU'],
]);

/** A name of Debian that newer releases have no package of. */
export interface GonePackage {
  /** What has taken its place; undefined where nothing has. */
  readonly use: string | undefined;
  /** Codenames of the releases without it. */
  readonly goneIn: readonly string[];
}

/**
 * Debian packages that a release dropped, without another one that provides the name. Sources: apt-cache with the lists of
 * trixie beside those of bookworm, 2026-11-25, and of Ubuntu 24.04, 2026-11-27.
 */
export const gonePackages: Readonly<Record<string, GonePackage>> = {
  'libgl1-mesa-glx': { use: 'libgl1', goneIn: ['trixie', 'noble', 'resolute'] },
  'libatlas-base-dev': { use: 'libopenblas-dev', goneIn: ['trixie'] },
  libncurses5: { use: 'libncurses6', goneIn: ['trixie', 'noble'] },
  libtinfo5: { use: 'libtinfo6', goneIn: ['trixie', 'noble'] },
  libtiff5: { use: 'libtiff6', goneIn: ['trixie', 'noble'] },
  'openjdk-17-jdk': { use: 'openjdk-21-jdk', goneIn: ['trixie'] },
  'openjdk-17-jdk-headless': { use: 'openjdk-21-jdk-headless', goneIn: ['trixie'] },
  'openjdk-17-jre': { use: 'openjdk-21-jre', goneIn: ['trixie'] },
  'openjdk-17-jre-headless': { use: 'openjdk-21-jre-headless', goneIn: ['trixie'] },
  'python3-distutils': { use: undefined, goneIn: ['trixie', 'noble'] },
  'software-properties-common': { use: undefined, goneIn: ['trixie'] },
  neofetch: { use: 'fastfetch', goneIn: ['trixie'] },
};
