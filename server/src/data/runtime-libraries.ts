// Read on 2026-11-25.

/**
 * System libraries and programs that Python packages need while they run and that their wheels do not bring, with the
 * versions of two releases as patterns of apt. Sources: the NEEDED entries of the wheels on PyPI, read with readelf, or the
 * program that a package calls; versions of Debian 12 and of Ubuntu 24.04 (noble and
 * noble-updates) by `apt-cache policy`, each pattern tried on 2026-11-27.
 */

/** The releases of the images that files are written for. */
export type SystemRelease = 'bookworm' | 'noble';

const gl = {
  bookworm: ['libgl1=1.6.*', 'libglib2.0-0=2.74.*', 'libsm6=2:1.2.*', 'libxext6=2:1.3.*'],
  noble: ['libgl1=1.7.*', 'libglib2.0-0t64=2.80.*', 'libsm6=2:1.2.*', 'libxext6=2:1.3.*'],
};
/** The program, for what calls it by its name. */
export const ffmpeg = { bookworm: ['ffmpeg=7:5.1.*'], noble: ['ffmpeg=7:6.1.*'] };
export const gitProgram = { bookworm: ['git=1:2.39.*'], noble: ['git=1:2.43.*'] };

/** What GeoDjango loads by itself: GDAL, and GEOS and PROJ, which come with it (Django documentation, "Installing Geospatial libraries"). */
export const geoDjango = { bookworm: ['gdal-bin=3.6.*'], noble: ['gdal-bin=3.8.*'] };

const expat = { bookworm: ['libexpat1=2.5.*'], noble: ['libexpat1=2.6.*'] };

type Libraries = Readonly<Record<SystemRelease, readonly string[]>>;

/** By the name of the Python package. */
export const runtimeLibraries: ReadonlyMap<string, Libraries> = new Map<string, Libraries>([
  ['opencv-python', gl],
  ['opencv-contrib-python', gl],
  // libgdal of each wheel loads it, which the images of Python have not had since they build Python with its own.
  ...['rasterio', 'fiona'].map((name) => [name, expat] as const),
  [
    'rdkit',
    {
      bookworm: [...expat.bookworm, 'libx11-6=2:1.8.*', 'libxext6=2:1.3.*', 'libxrender1=1:0.9.*'],
      noble: [...expat.noble, 'libx11-6=2:1.8.*', 'libxext6=2:1.3.*', 'libxrender1=1:0.9.*'],
    },
  ],
  // Of mediapipe since 1.0, and of vtk before 9.3, with which PyVista draws.
  [
    'mediapipe',
    {
      bookworm: ['libegl1=1.6.*', 'libgles2=1.6.*'],
      noble: ['libegl1=1.7.*', 'libgles2=1.7.*'],
    },
  ],
  ...['vtk', 'pyvista'].map(
    (name) =>
      [
        name,
        {
          bookworm: ['libgl1=1.6.*', 'libx11-6=2:1.8.*', 'libxrender1=1:0.9.*'],
          noble: ['libgl1=1.7.*', 'libx11-6=2:1.8.*', 'libxrender1=1:0.9.*'],
        },
      ] as const,
  ),
  [
    'open3d',
    {
      bookworm: [
        'libegl1=1.6.*',
        'libgl1=1.6.*',
        'libgomp1=12.2.*',
        'libusb-1.0-0=2:1.0.*',
        'libx11-6=2:1.8.*',
      ],
      noble: ['libegl1=1.7.*', 'libgl1=1.7.*', 'libgomp1=14*', 'libusb-1.0-0', 'libx11-6=2:1.8.*'],
    },
  ],
  ...['lightgbm', 'paddlepaddle'].map(
    (name) => [name, { bookworm: ['libgomp1=12.2.*'], noble: ['libgomp1=14*'] }] as const,
  ),
  ['python-magic', { bookworm: ['libmagic1=1:5.44-*'], noble: ['libmagic1t64=1:5.45-*'] }],
  ['pyzbar', { bookworm: ['libzbar0=0.23.*'], noble: ['libzbar0t64=0.23.*'] }],
  ['pyodbc', { bookworm: ['libodbc2=2.3.*'], noble: ['libodbc2=2.3.*'] }],
  ['pytesseract', { bookworm: ['tesseract-ocr=5.3.*'], noble: ['tesseract-ocr=5.3.*'] }],
  ['pdf2image', { bookworm: ['poppler-utils=22.12.*'], noble: ['poppler-utils=24.02.*'] }],
  ['graphviz', { bookworm: ['graphviz=2.42.*'], noble: ['graphviz=2.42.*'] }],
  ['psycopg2', { bookworm: ['libpq5=15.*'], noble: ['libpq5=16.*'] }],
  ['psycopg', { bookworm: ['libpq5=15.*'], noble: ['libpq5=16.*'] }],
  ['mysqlclient', { bookworm: ['libmariadb3=1:10.11.*'], noble: ['libmysqlclient21=8.0.*'] }],
  ['pycairo', { bookworm: ['libcairo2=1.16.*'], noble: ['libcairo2=1.18.*'] }],
  ['pyaudio', { bookworm: ['libportaudio2=19.6.*'], noble: ['libportaudio2=19.6.*'] }],
  ['sounddevice', { bookworm: ['libportaudio2=19.6.*'], noble: ['libportaudio2=19.6.*'] }],
  // They read templates, hooks, packages and histories with it (documentation of each).
  ...[
    'gitpython',
    'cookiecutter',
    'copier',
    'cruft',
    'pre-commit',
    'dbt-core',
    'commitizen',
    'pydriller',
  ].map((name) => [name, gitProgram] as const),
  ['pyspark', { bookworm: ['openjdk-17-jre-headless=17.*'], noble: ['openjdk-17-jre-headless=17.*'] }],
  [
    'weasyprint',
    {
      bookworm: ['libharfbuzz-subset0=6.0.*', 'libpango-1.0-0=1.50.*', 'libpangoft2-1.0-0=1.50.*'],
      noble: ['libharfbuzz-subset0=8.3.*', 'libpango-1.0-0=1.52.*', 'libpangoft2-1.0-0=1.52.*'],
    },
  ],
  ['cairosvg', { bookworm: ['libcairo2=1.16.*'], noble: ['libcairo2=1.18.*'] }],
  ['ffmpeg-python', ffmpeg],
  ['torchaudio', ffmpeg],
  ['torchcodec', ffmpeg],
  ['pydub', ffmpeg],
  ['openai-whisper', ffmpeg],
  ['whisperx', ffmpeg],
  ['yt-dlp', ffmpeg],
  // The wheels bring it since 0.11 (soundfile, "Installation").
  ...['soundfile', 'librosa'].map(
    (name) => [name, { bookworm: ['libsndfile1=1.2.*'], noble: ['libsndfile1=1.2.*'] }] as const,
  ),
  ['wand', { bookworm: ['libmagickwand-6.q16-6=8:6.9.*'], noble: ['libmagickwand-6.q16-7t64'] }],
  ['pyenchant', { bookworm: ['libenchant-2-2=2.3.*'], noble: ['libenchant-2-2'] }],
  ['pyvips', { bookworm: ['libvips42=8.14.*'], noble: ['libvips42t64'] }],
  ['mpi4py', { bookworm: ['libopenmpi3=4.1.*'], noble: ['libopenmpi3t64'] }],
  ['sox', { bookworm: ['sox=14.4.*'], noble: ['sox'] }],
  ['pyttsx3', { bookworm: ['espeak-ng=1.51*'], noble: ['espeak-ng'] }],
  ['pyusb', { bookworm: ['libusb-1.0-0=2:1.0.*'], noble: ['libusb-1.0-0'] }],
  ['pypandoc', { bookworm: ['pandoc=2.17.*'], noble: ['pandoc'] }],
  ...['pdfkit', 'imgkit'].map(
    (name) => [name, { bookworm: ['wkhtmltopdf=0.12.*'], noble: ['wkhtmltopdf'] }] as const,
  ),
  ...['camelot-py', 'ghostscript'].map(
    (name) => [name, { bookworm: ['ghostscript=10.0.*'], noble: ['ghostscript'] }] as const,
  ),
  [
    'ocrmypdf',
    {
      bookworm: ['ghostscript=10.0.*', 'tesseract-ocr=5.3.*'],
      noble: ['ghostscript', 'tesseract-ocr=5.3.*'],
    },
  ],
  ...['tabula-py', 'language-tool-python', 'konlpy', 'jpype1', 'h2o', 'tika', 'pyserini'].map(
    (name) =>
      [
        name,
        { bookworm: ['openjdk-17-jre-headless=17.*'], noble: ['openjdk-17-jre-headless=17.*'] },
      ] as const,
  ),
  ['pyexiftool', { bookworm: ['libimage-exiftool-perl=12.57*'], noble: ['libimage-exiftool-perl'] }],
]);

/**
 * Packages that come with others, by those, where nothing is locked that would tell. Source: their metadata on PyPI, read
 * with uv on 2026-11-26.
 */
export const bringers: ReadonlyMap<string, readonly string[]> = new Map([
  ['ultralytics', ['opencv-python']],
  ['insightface', ['opencv-python']],
  ['inference-sdk', ['opencv-python']],
  ['python-doctr', ['opencv-python']],
  ['paddleocr', ['opencv-contrib-python']],
  ['mediapipe', ['opencv-contrib-python', 'sounddevice']],
  ['face-recognition', ['dlib']],
]);

/**
 * Packages without wheels that extras of others bring along, and from which release on they do not. Source: the metadata of
 * gymnasium 1.0.0 to 1.4.0 and gym 0.26.2 on PyPI, read on 2026-11-27.
 */
export const extraBringers: readonly {
  readonly name: string;
  readonly extras: readonly string[];
  readonly brings: string;
  readonly until?: string;
}[] = [
  { name: 'gymnasium', extras: ['box2d', 'all'], brings: 'box2d-py', until: '1.2.3' },
  { name: 'gym', extras: ['box2d', 'all'], brings: 'box2d-py' },
];

/**
 * Libraries and programs that a package is compiled with, beyond those of the full Python image on Debian 12, and all that
 * an image of Ubuntu 24.04 with a compiler lacks. Sources: the installation pages of each; the Dockerfile of
 * buildpack-deps; versions as above.
 */
export const buildLibraries: ReadonlyMap<string, Libraries> = new Map([
  ['psycopg2', { bookworm: [], noble: ['libpq-dev=16.*'] }],
  ['mysqlclient', { bookworm: [], noble: ['default-libmysqlclient-dev=1.1.*', 'pkg-config=1.8.*'] }],
  ['pycairo', { bookworm: ['libcairo2-dev=1.16.*'], noble: ['libcairo2-dev=1.18.*', 'pkg-config=1.8.*'] }],
  ['pyaudio', { bookworm: ['portaudio19-dev=19.6.*'], noble: ['portaudio19-dev=19.6.*'] }],
  ['dlib', { bookworm: ['cmake=3.25.*'], noble: ['cmake=3.28.*'] }],
  ['llama-cpp-python', { bookworm: ['cmake=3.25.*'], noble: ['cmake=3.28.*'] }],
]);
/** What uv calls to read a repository; the full Python image has it. */
export const git: Libraries = { bookworm: [], noble: ['git=1:2.43.*'] };

/** Packages without which an import fails, so that they count also where another package brings them. */
export const neededByImport: readonly string[] = [
  'opencv-python',
  'opencv-contrib-python',
  'lightgbm',
  'rasterio',
  'fiona',
  'rdkit',
  'mediapipe',
  'vtk',
  'open3d',
  'paddlepaddle',
];

/** What most packages are built from their source with, beside Python; the full images of Python have it (Debian, build-essential). */
export const buildTools: Libraries = {
  bookworm: [],
  noble: ['g++=4:13.2.*', 'gcc=4:13.2.*', 'libc6-dev=2.39-*', 'make=4.3-*'],
};
/** A compiler of C and its headers, for what compiles while it runs. */
export const compiler: Libraries = {
  bookworm: ['gcc=4:12.2.*', 'libc6-dev=2.36-*'],
  noble: ['gcc=4:13.2.*', 'libc6-dev=2.39-*'],
};
