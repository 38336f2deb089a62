// Read on 2026-11-27.

/** A package that goes with no newer release of another one, or not without one, and does not say so in its metadata. */
export interface Held {
  readonly name: string;
  /** Its own releases before this one alone; all where it is left out. */
  readonly before?: string;
  /** This release and later ones of its own alone. */
  readonly from?: string;
  /** Only with this extra, or beside the package of that name. */
  readonly extra?: string;
  readonly needs: readonly string[];
}

/**
 * Those of a time before what they bring changed, and that bound it nowhere. They were installed from PyPI on the day above, for Python
 * 3.11, 3.10 or 3.9: the import fails, or the call that a program begins with, and neither does beside what is held.
 */
const unbounded: readonly Held[] = [
  { name: 'flask', before: '2', needs: ['markupsafe<2.1', 'itsdangerous<2.1', 'werkzeug<2.1', 'jinja2<3.1'] },
  { name: 'flask', before: '2.2.5', needs: ['werkzeug<3'] },
  { name: 'jinja2', before: '3', needs: ['markupsafe<2.1'] },
  { name: 'flask-login', before: '0.6', needs: ['flask<2.3', 'werkzeug<2.1'] },
  { name: 'flask-login', before: '0.6.2', needs: ['flask<2.3', 'werkzeug<2.2'] },
  { name: 'flask-login', before: '0.6.3', needs: ['werkzeug<3'] },
  {
    name: 'flask-wtf',
    before: '0.14.3',
    needs: ['flask<2.3', 'werkzeug<1', 'markupsafe<2.1', 'itsdangerous<2.1'],
  },
  { name: 'flask-wtf', before: '0.15', needs: ['flask<2.3', 'werkzeug<2.1', 'jinja2<3.1'] },
  { name: 'flask-wtf', before: '1.1', needs: ['flask<2.3', 'werkzeug<3'] },
  { name: 'flask-wtf', before: '1.1.2', needs: ['flask<3', 'werkzeug<3'] },
  { name: 'flask-bcrypt', before: '1', needs: ['flask<2.3', 'werkzeug<2.1'] },
  { name: 'flask-sqlalchemy', before: '3', needs: ['flask<2.3', 'sqlalchemy<2'] },
  { name: 'flask-restful', before: '0.3.9', needs: ['flask<2', 'markupsafe<2.1'] },
  { name: 'flask-jwt-extended', before: '4', needs: ['flask<2', 'markupsafe<2.1'] },
  { name: 'flask-restx', before: '1', needs: ['flask<2.3', 'werkzeug<2.2'] },
  { name: 'flask-restx', before: '1.2', needs: ['flask<2.3', 'werkzeug<3'] },
  { name: 'flask-socketio', before: '5', needs: ['flask<2.3', 'werkzeug<2.1'] },
  { name: 'flask-socketio', before: '5.3', needs: ['flask<2.3'] },
  { name: 'flask-admin', before: '1.6', needs: ['flask<2.3', 'jinja2<3.1'] },
  { name: 'connexion', before: '2.14.2', needs: ['flask<2.3'] },
  { name: 'dash', before: '2.3', needs: ['flask<2.3', 'werkzeug<2.1'] },
  { name: 'dash', before: '2.7', needs: ['flask<2.3'] },
  // A check of its own, at which bcrypt 5 raises.
  { name: 'passlib', extra: 'bcrypt', needs: ['bcrypt<5'] },
  { name: 'gradio', before: '5', needs: ['huggingface-hub<1'] },
  // Its page is made by a call that Starlette 1 has no more.
  { name: 'gradio', before: '5.0.1', needs: ['starlette<1'] },
  { name: 'statsmodels', before: '0.14.5', needs: ['scipy<1.16', 'pandas<3'] },
  { name: 'selenium', before: '4', needs: ['urllib3<2'] },
  { name: 'imbalanced-learn', before: '0.12.4', needs: ['scikit-learn<1.6'] },
  { name: 'lightgbm', before: '4.3.1', extra: 'scikit-learn', needs: ['scikit-learn<1.8'] },
  { name: 'motor', before: '3.3.3', needs: ['pymongo<4.9'] },
  { name: 'chromadb', before: '0.4.25', needs: ['numpy<2'] },
  // Its oldest releases bound protobuf nowhere, so they are what is left beside one that is newer than those of their day admit, and
  // their modules cannot be imported there (uv 0.13.9 for Streamlit, langchain-chroma or onnxruntime beside it, up to 2025-06-30 and
  // 2026-03-31). Chroma brings them since 0.4.15.
  { name: 'chromadb', from: '0.4.15', needs: ['opentelemetry-proto>=1.20'] },
  ...['langchain-chroma', 'llama-index-vector-stores-chroma'].map(
    (name): Held => ({ name, needs: ['opentelemetry-proto>=1.20'] }),
  ),
  { name: 'pandas', before: '2', extra: 'sqlalchemy', needs: ['sqlalchemy<2'] },
  // Its parser of LaTeX is made for one release of the other.
  { name: 'sympy', extra: 'antlr4-python3-runtime', needs: ['antlr4-python3-runtime<4.12'] },
  ...['tensorflow', 'tensorflow-cpu', 'tensorflow-gpu'].flatMap((name): Held[] => [
    { name, before: '2.9', needs: ['protobuf<3.21'] },
    { name, before: '2.10', needs: ['numpy<2'] },
  ]),
  { name: 'gensim', before: '4.3.3', needs: ['scipy<1.13'] },
  { name: 'streamlit', before: '1.9', needs: ['protobuf<3.21'] },
  { name: 'streamlit', before: '1.22', needs: ['altair<5', 'numpy<2'] },
  { name: 'streamlit', before: '1.38', needs: ['pyarrow<26'] },
];

/** SQLAlchemy 2.1 takes `postgresql://` for psycopg 3, which is not there beside these (2.0.58 and 2.1.9, installed on the day above). */
const byPsycopg2: readonly Held[] = 'sqlalchemy flask-sqlalchemy flask-migrate alembic sqlmodel'
  .split(' ')
  .flatMap((name) =>
    ['psycopg2', 'psycopg2-binary'].map((extra) => ({ name, extra, needs: ['sqlalchemy<2.1'] })),
  );

/** Source: what each imports, as known of its releases and issues in November 2026; those of setuptools by their wheels on PyPI. */
export const heldPackages: readonly Held[] = [
  ...unbounded,
  ...byPsycopg2,
  // setuptools 82 has no pkg_resources, which they import.
  { name: 'gunicorn', before: '21', needs: ['setuptools<81'] },
  { name: 'librosa', before: '0.10.2', needs: ['setuptools<81'] },
  { name: 'apscheduler', before: '3.10.4', needs: ['setuptools<81'] },
  // Through apscheduler 3.6.3, which it brings.
  { name: 'python-telegram-bot', from: '13', before: '20', needs: ['setuptools<81'] },
  // Through magic-filter of its time.
  { name: 'aiogram', before: '3', needs: ['setuptools<81'] },
  { name: 'face-recognition', needs: ['setuptools<81'] },
  { name: 'webrtcvad', needs: ['setuptools<81'] },
  { name: 'deep-sort-realtime', needs: ['setuptools<81'] },
  { name: 'yolov5', needs: ['setuptools<81'] },
  // None asks for it, and the environments that uv makes have none (wheels of each on PyPI, read on 2026-11-28).
  { name: 'drf-yasg', before: '1.21.8', needs: ['setuptools<81'] },
  { name: 'djangorestframework-simplejwt', before: '5.3.1', needs: ['setuptools<81'] },
  { name: 'razorpay', before: '2', needs: ['setuptools<81'] },
  { name: 'pyfiglet', before: '1', needs: ['setuptools<81'] },
  { name: 'pymorphy2', needs: ['setuptools<81'] },
  { name: 'web3', before: '6.15', needs: ['setuptools<81'] },
  { name: 'eth-utils', before: '2.3', needs: ['setuptools<81'] },
  { name: 'eth-abi', before: '4.2.1', needs: ['setuptools<81'] },
  { name: 'google-api-core', before: '2.8.2', needs: ['setuptools<81'] },
  // torchvision.transforms.functional_tensor
  { name: 'basicsr', needs: ['torchvision<0.17'] },
  { name: 'gfpgan', needs: ['torchvision<0.17'] },
  { name: 'realesrgan', needs: ['torchvision<0.17'] },
  // np.sctypes and np.bool
  { name: 'imgaug', needs: ['numpy<1.24'] },
  // Names of Keras 2.
  { name: 'tensorflow-addons', needs: ['tensorflow<2.16'] },
  // lxml.html.clean
  { name: 'newspaper3k', needs: ['lxml<5.2'] },
  // flask._compat, and what Werkzeug 1 took out of its first module; MarkupSafe is that of the Jinja2 of then.
  { name: 'flask-script', needs: ['flask<2', 'markupsafe<2.1'] },
  { name: 'flask-restplus', needs: ['flask<2', 'werkzeug<1', 'markupsafe<2.1'] },
  { name: 'flask-uploads', needs: ['flask<2', 'werkzeug<1', 'markupsafe<2.1'] },
  { name: 'flask-mongoengine', needs: ['flask<2.3'] },
  // SciPy is imported and not asked for (bitsandbytes#426 and #544).
  { name: 'bitsandbytes', before: '0.42', needs: ['scipy'] },
  // An argument of httpx that 0.28 took out (openai-python#1902).
  { name: 'openai', before: '1.55.3', needs: ['httpx<0.28'] },
  { name: 'groq', before: '0.13', needs: ['httpx<0.28'] },
  { name: 'anthropic', before: '0.40', needs: ['httpx<0.28'] },
];

/** The end of the quarter with the first release that a lowest bound admits (`uv pip compile --exclude-newer`, 2026-11-28). */
export const heldSince: ReadonlyMap<string, string> = new Map([
  ['opentelemetry-proto', '2023-09-30'],
  // Before it TensorFlow had the Keras that these look for.
  ['tf-keras', '2024-03-31'],
]);

/** What looks for the former Keras beside TensorFlow 2.16 and newer, and ends without it (deepface, package_utils.py; retina-face, RetinaFace.py). */
export const withFormerKeras: readonly string[] = ['deepface', 'retina-face'];

/**
 * What brings Numba, whose releases up to 0.53 admit any Python and any NumPy by their metadata and build for none of these: where a
 * newer NumPy is taken, they are what is left (uv 0.13.9 for shap up to 2023-06-30). Source: metadata on PyPI, on 2026-11-29.
 */
export const withNumba: readonly string[] =
  'numba shap umap-learn pynndescent librosa openai-whisper resampy stumpy pyod ydata-profiling'.split(' ');
/** The day of the first release for each Python, of those in wheel-pythons.ts (Numba documentation, "Release Notes"). */
export const numbaSince: ReadonlyMap<string, string> = new Map([
  ['3.10', '2022-01-13'],
  ['3.11', '2023-05-01'],
  ['3.12', '2024-01-31'],
  ['3.13', '2025-01-17'],
  ['3.14', '2025-12-08'],
]);

/**
 * What comes with pyarrow, of which 26 and newer go with no NumPy before 2 and do not say so. Source: pyarrow 25.0.0 and 26.0.1, and the
 * newest streamlit and datasets, installed beside NumPy 1.26 on the day above.
 */
export const withPyarrow: readonly string[] = ['pyarrow', 'streamlit', 'datasets'];
export const pyarrowBeforeNumpy2 = 'pyarrow<26';

/** What runs pip as it works (ZenML, zenml/environment.py of 0.90). */
export const runPip: readonly string[] = ['zenml'];

/** What comes in the very release of a package, or of its day. Source: their metadata on PyPI, on the day above. */
export const besideEach: ReadonlyMap<string, readonly string[]> = new Map([
  ['psycopg', ['psycopg-binary', 'psycopg-c']],
  ['pydantic', ['pydantic-core']],
  ['boto3', ['botocore', 's3transfer']],
]);

/** What reads web sites of others, which change: no release of long ago does. Source: the change logs of each, as known 2026-11. */
export const readsSites: ReadonlySet<string> = new Set(
  'yt-dlp youtube-dl pytube pytubefix youtube-transcript-api yfinance instaloader instagrapi gallery-dl duckduckgo-search ddgs'.split(
    ' ',
  ),
);
