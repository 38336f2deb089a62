// For which images a user of its own is offered, and what becomes its own. That such an image runs as it did before is
// tried with the engine.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ExampleContext } from '../../server/src/lint/rule.ts';
import { app, from, how, optimized, start } from './non-root-lines.ts';

/** The lines between FROM and the start. */
const between = async (lines: readonly string[], files?: ExampleContext) =>
  (await optimized([from, ...lines, start], files)).text.split('\n').slice(1, -2);
const added = 'RUN useradd --create-home --uid 10001 app';

describe('a package that writes into its own folder', () => {
  const install = 'RUN pip install -r requirements.txt';
  const files = { 'requirements.txt': 'flask==3.1.0\n', 'ride.py': 'import flask\n' };
  const offered = async (more: ExampleContext, line = install) =>
    (await optimized([from, ...app, line, start], { ...files, ...more })).applied.length > 0;
  const lock = (name: string) =>
    `version = 1\n\n[[package]]\nname = "${name}"\nversion = "1"\nsource = { registry = "https://pypi.org/simple" }\n`;
  const cases: Readonly<
    Record<string, readonly [path: string, text: (name: string) => string, name: string]>
  > = {
    'in a list': ['requirements.txt', (name) => `flask\n${name}>=2\n`, 'Docling'],
    'in a lock file of uv': ['uv.lock', lock, 'rapidocr'],
    'in a lock file of Poetry': ['poetry.lock', (name) => `[[package]]\nname = "${name}"\n`, 'facexlib'],
    'that a program imports': ['ride.py', (name) => `import ${name}\n`, 'chromedriver_autoinstaller'],
    'that a module imports': ['ride.py', (name) => `from ${name}.main import App\n`, 'seleniumbase'],
  };
  for (const [name, [path, text, one]] of Object.entries(cases))
    it(`leaves a container root: ${name}`, async () => {
      assert.equal(await offered({ [path]: text('easyocr') }), true);
      assert.equal(await offered({ [path]: text(one) }), false);
    });

  it('leaves a container root by its name, and for a model that spaCy installs', async () => {
    assert.equal(await offered({}, 'RUN pip install flask "openwakeword==0.6"'), false);
    for (const text of [
      'import spacy.cli\nspacy.cli.download("en_core_web_sm")\n',
      'subprocess.run(["python", "-m", "spacy", "download", "en_core_web_sm"])\n',
      'os.system("python -m spacy download en_core_web_sm")\n',
      'import mediapipe as mp\nmp.solutions.pose.Pose(model_complexity=2)\n',
    ])
      assert.equal(await offered({ 'ride.py': text }), false, text);
    const bundled = 'import mediapipe as mp\nmp.solutions.pose.Pose(model_complexity=1)\n';
    assert.equal(await offered({ 'ride.py': bundled }), true);
    assert.equal(await offered({ 'ride.py': 'import spacy\nspacy.load("en_core_web_sm")\n' }), true);
  });
});

describe('a user of its own', () => {
  it('owns the folder in which the program works, and what is copied there', async () => {
    assert.deepEqual(await between(['WORKDIR /srv/ride', 'COPY requirements.txt .', 'COPY . .']), [
      added,
      'WORKDIR /srv/ride',
      'COPY requirements.txt .',
      'COPY --chown=10001:10001 . .',
      'RUN chown 10001:10001 /srv/ride',
      'USER 10001',
    ]);
  });

  const owns: Readonly<Record<string, readonly [lines: readonly string[], chown: string]>> = {
    'what a RUN makes': [['RUN mkdir -p /rides/raw'], 'chown 10001:10001 /rides/raw /srv/ride'],
    'what a RUN makes where it works': [['RUN mkdir logs'], 'chown 10001:10001 /logs /srv/ride'],
    volumes: [['VOLUME ["/rides"]'], 'mkdir -p /rides && chown 10001:10001 /rides /srv/ride'],
    'the folders of variables': [
      ['ENV HF_HOME=/models RIDE_DIR=/rides'],
      'mkdir -p /models /rides && chown 10001:10001 /models /rides /srv/ride',
    ],
    'the folder of a database': [
      ['ENV DATABASE_URL=sqlite:////rides/all.db'],
      'mkdir -p /rides && chown 10001:10001 /rides /srv/ride',
    ],
    'the folder of a file': [
      ['ENV RIDE_DB=/rides/all.db'],
      'mkdir -p /rides && chown 10001:10001 /rides /srv/ride',
    ],
    'what an empty file is made for': [
      ['RUN touch /srv/ride/all.db'],
      'chown 10001:10001 /srv/ride /srv/ride/all.db',
    ],
    'no folder of the system': [
      ['RUN mkdir -p /etc/ride /usr/share/ride', 'ENV JAVA_HOME=/opt/java PYTHONPATH=/lib/ride'],
      'chown 10001:10001 /srv/ride',
    ],
    'nothing that is removed again': [
      ['RUN mkdir /ride-build && rm -rf /ride-build'],
      'chown 10001:10001 /srv/ride',
    ],
  };
  for (const [name, [lines, chown]] of Object.entries(owns)) {
    it(`owns ${name}`, async () => {
      assert.equal((await between([...lines, ...app])).at(-2), `RUN ${chown}`);
    });
  }

  it('owns the folders between', async () => {
    assert.equal(
      (await between([...app, 'RUN mkdir -p data/raw/new'])).at(-2),
      'RUN chown 10001:10001 /srv/ride /srv/ride/data /srv/ride/data/raw /srv/ride/data/raw/new',
    );
  });

  it('owns what the program makes elsewhere', async () => {
    for (const program of [
      'os.makedirs("/rides", exist_ok=True)\n',
      'os.makedirs("/rides/new")\nopen("/rides/new/all.txt", "w")\n',
      'logging.basicConfig(filename="/rides/all.log")\n',
      'sqlite3.connect("/rides/all.db")\n',
      'engine = create_engine("sqlite:////rides/all.db")\n',
      'logging.FileHandler("/rides/all.log")\n',
    ])
      assert.equal(
        (await between(app, { 'ride.py': program })).at(-2),
        'RUN mkdir -p /rides && chown 10001:10001 /rides /srv/ride',
        program,
      );
    const named = await between(app, {
      'ride.py': 'import settings\n',
      'settings.py': 'DATA_DIR = Path("/data")\n',
    });
    assert.equal(named.at(-2), 'RUN mkdir -p /data && chown 10001:10001 /data /srv/ride');
  });

  it('makes nothing of the paths of URLs', async () => {
    const program = `UPLOAD_URL = "/uploads"
router = APIRouter(prefix="/data")
@app.post("/upload")
@app.route(
    "/upload/all", methods=["GET"])
def upload():
    return redirect("/upload"), url_for("static", path="x"), client.post("/upload", files={"f": open("x", "rb")})
UPLOAD_DIR = os.environ.get("UPLOAD_DIR", "/storage")
`;
    const { text } = await optimized([from, ...app, start], { 'ride.py': program });
    assert.match(text, /^RUN mkdir -p \/storage && chown 10001:10001 \/srv\/ride \/storage$/m);
  });

  it('makes its user before the code is copied', async () => {
    const lines = ['RUN pip install flask', 'COPY . /srv/ride', 'WORKDIR /srv/ride', 'RUN chmod +x ride.py'];
    assert.equal((await between(lines))[0], added);
    assert.deepEqual((await between(['RUN apt-get update', 'ENV A=1', 'COPY . .'])).slice(0, 3), [
      'RUN apt-get update',
      'ENV A=1',
      added,
    ]);
  });

  it('owns what the start hands to the program', async () => {
    const cmd =
      'CMD ["mlflow", "server", "--backend-store-uri", "sqlite:////rides/all.db", "--root-path", "/ui"]';
    const { text } = await optimized([from, ...app, cmd]);
    assert.match(text, /\nRUN mkdir -p \/rides && chown 10001:10001 \/rides \/srv\/ride\n/);
    assert.match(
      (await optimized([from, ...app, 'CMD ["train", "-b", "32", "/srv/ride/x.py"]'])).text,
      /USER/,
    );
  });

  it('says where the program may write', async () => {
    const { applied } = await optimized([from, ...app, 'VOLUME /rides', start]);
    assert.equal(
      applied[0]?.assumes,
      `the program writes to /rides, /srv/ride, /tmp and its home folder only, and user 10001 may write to what is mounted, as at /rides ${how}`,
    );
    const data = await optimized([from, ...app, 'ENV DATA_DIR=/rides', start], {
      'ride.py': 'import flask\n',
    });
    assert.equal(
      data.applied[0]?.assumes,
      `the program writes to /rides, /srv/ride, /tmp and its home folder only, and user 10001 may write to what is mounted at /rides ${how}`,
    );
    assert.equal(
      (await optimized([from, ...app, start], { 'ride.py': 'import flask\n' })).applied[0]?.assumes,
      'the program writes to /srv/ride, /tmp and its home folder only',
    );
  });

  it('is offered with mounts for reading, high ports and a script that starts the program', async () => {
    const files = {
      'compose.yaml':
        'services:\n  ride:\n    build: .\n    ports: ["8000:8000"]\n    volumes:\n      - ./etc:/srv/etc:ro\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - driver: nvidia\n  db:\n    image: postgres\n    volumes:\n      - rides:/var/lib/postgresql/data\n',
      Makefile: 'run:\n\tdocker run -p 80:8000 ride\n',
      'start.sh': '#!/bin/sh\nset -e\npython manage.py migrate\nexec python ride.py "$@"\n',
    };
    for (const cmd of [
      'CMD ["./start.sh"]',
      'CMD ["uvicorn", "ride:app", "--port", "8080"]',
      'CMD gunicorn -b :8000 ride',
    ]) {
      const { applied } = await optimized([from, ...app, 'EXPOSE $PORT', cmd], files);
      assert.equal(applied.length, 1, cmd);
    }
    const settled = [from, ...app, 'ENV UV_NO_SYNC=1', 'CMD ["uv", "run", "ride.py"]'];
    assert.equal((await optimized(settled)).applied.length, 1);
  });
});

describe('stays root', () => {
  const isKept = async (lines: readonly string[], files?: ExampleContext) =>
    assert.deepEqual((await optimized([from, ...lines], files)).applied, [], lines.join('\n'));
  const service = (body: string) => ({ 'docker-compose.yml': `services:\n  ride:\n    build: .\n${body}` });

  it('an action of GitHub', () =>
    isKept([...app, start], { 'action.yml': 'runs:\n  using: docker\n  image: Dockerfile\n' }));

  for (const [name, body] of Object.entries({
    'a folder to write to': '    volumes:\n      - ./data:/srv/ride/data\n',
    'a volume': '    volumes: \n      - "rides:/rides"\n',
    'a mount in long form': '    volumes:\n      - type: bind\n        source: .\n        target: /srv\n',
    'a device': '    devices:\n      - /dev/video0\n',
    'the socket of the engine': '    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock:ro\n',
    'all rights': '    privileged: true\n',
    'a low port': '    ports:\n      - "80:80"\n',
    'a volume in one line': '    volumes: ["rides:/rides"]\n',
    'a volume without a name': '    volumes:\n      - /srv/ride/data\n',
    'a low port in one line': '    ports: ["8080:443"]\n',
    'an install at start': '    command: sh -c "pip install -r more.txt && python ride.py"\n',
  }))
    it(`a service that Compose gives ${name}`, () => isKept([...app, start], service(body)));

  it('an image that another Dockerfile of the project begins with', async () => {
    const others = (image: string) => ({ 'actor/Dockerfile': `FROM ${image}\nRUN apt-get update\n` });
    await isKept(['# docker build -t acme/ride .', ...app, start], others('acme/ride'));
    assert.equal((await optimized([from, ...app, start], others('acme/ride'))).applied.length, 1);
    assert.equal((await optimized([from, ...app, start], others('python:3.12-slim'))).applied.length, 1);
  });

  it('a program that makes a folder at the top, which must not be there before', () =>
    isKept([...app, start], { 'ride.py': 'os.makedirs("/rides")\n' }));

  it('a program that writes to a folder of the system', () =>
    isKept([...app, start], { 'ride.py': 'logging.basicConfig(filename="/var/log/rides.log")\n' }));

  it('an image of a registry that Compose gives a folder to write to, unless it is of others', async () => {
    const volumes = '    volumes:\n      - ~/rides:/srv/ride/data\n';
    const from = (image: string) => ({ 'compose.yml': `services:\n  a:\n    image: ${image}\n${volumes}` });
    await isKept([...app, start], from('acme/ride:main'));
    assert.equal(
      (await optimized(['FROM python:3.12-slim', ...app, start], from('postgres:17'))).applied.length,
      1,
    );
    assert.equal(
      (await optimized(['FROM python:3.12-slim', ...app, start], from('bitnami/redis:8'))).applied.length,
      1,
    );
  });

  it('a Compose file in the README that gives a folder to write to', async () => {
    const shown = (service: string) => ({
      'README.md': `# Ride\n\n1. Start it:\n\n   \`\`\`yaml\n   services:\n     a:\n       ${service}\n       volumes:\n         - ./etc:/srv/ride/etc\n   \`\`\`\n\nEnjoy: ride.\n`,
    });
    await isKept([...app, start], shown('image: ghcr.io/acme/ride:latest'));
    await isKept([...app, start], shown('build: .'));
    await isKept([...app, start], shown('image: ghcr.io/acme/ride\n       depends_on: [redis]'));
    const offered = await optimized([from, ...app, start], shown('image: bitnami/redis:8'));
    assert.equal(offered.applied.length, 1);
  });

  it('what is run with a folder to write to', async () => {
    await isKept([...app, start], { Makefile: 'run:\n\tdocker run -v $(PWD)/out:/out \\\n\t  ride\n' });
    await isKept([...app, start], { 'run.sh': 'docker run --network postgres -v ./out:/out ride\n' });
    await isKept([...app, start], { 'run.sh': 'docker run --rm --device /dev/dri ride\n' });
  });

  for (const cmd of [
    '["bash"]',
    '["/bin/sh"]',
    '["python3"]',
    '["sleep", "infinity"]',
    '["jupyter", "lab"]',
    '["nginx"]',
    '["uv", "run", "ride.py"]',
    '["uv", "run", "--frozen", "ride.py"]',
    '["poetry", "run", "ride"]',
    'pip install more && python ride.py',
    '["uvicorn", "ride:app", "--port", "80"]',
    '["gunicorn", "-b", "0.0.0.0:443", "ride"]',
    'gunicorn --bind=:80 ride',
    '["./start.sh"]',
    '["python", "ride.py", "--out", "/mnt/rides"]',
    '["python", "ride.py", "--log=/var/log/ride.log"]',
  ])
    it(`a container that starts ${cmd}`, () => isKept([...app, `CMD ${cmd}`]));

  for (const script of [
    'chown -R ride /srv/ride',
    'exec gosu ride python ride.py',
    'pip install -r more.txt',
    'service cron start',
    'echo "$SETTINGS" > /etc/ride.conf',
    'uv run ride.py',
  ])
    it(`an entry script with ${script}`, () =>
      isKept([...app, 'ENTRYPOINT ["/srv/ride/entrypoint.sh"]'], {
        'entrypoint.sh': `#!/bin/sh\n${script}\n`,
      }));

  for (const line of [
    'EXPOSE 443',
    'RUN uv tool install ride',
    'RUN pip install --user ride',
    'RUN chmod 700 ride.py',
    'COPY --chmod=750 ride.py .',
    'COPY --chown=1000 ride.py .',
    'VOLUME $RIDES',
    'ENV PATH=/root/.local/bin:$PATH',
    'ONBUILD RUN pip install .',
    'RUN --mount=type=cache,target=/srv/.cache/pip pip install ride',
    'ENV MODEL_DIR=/opt/ml/model',
  ])
    it(`an image with ${line}`, () => isKept([...app, line, start]));

  it('a project whose build asks git, which refuses files of another user', () =>
    isKept([...app, 'RUN pip install .', start], {
      'pyproject.toml': '[build-system]\nrequires = ["setuptools", "setuptools-scm"]\n',
    }));

  it('an image without the program that makes users', async () => {
    for (const image of ['amazonlinux:2023', 'registry.access.redhat.com/ubi9/ubi-minimal:9.4', 'busybox:1'])
      assert.deepEqual((await optimized([`FROM ${image}`, ...app, start])).applied, [], image);
  });

  it('an environment whose Python lies with root', async () => {
    const lines = ['COPY . .', 'RUN uv sync', 'CMD [".venv/bin/python", "ride.py"]'];
    const { applied } = await optimized(['FROM ubuntu:24.04', 'WORKDIR /srv/ride', ...lines]);
    assert.deepEqual(applied, []);
  });

  for (const program of [
    'open("/dev/ttyUSB0")\n',
    'import RPi.GPIO as GPIO\n',
    'if os.geteuid() != 0:\n    sys.exit(1)\n',
    'socket.socket(socket.AF_PACKET, socket.SOCK_RAW)\n',
    'app.run(port=80)\n',
    'logging.FileHandler("/var/log/ride.log")\n',
    'open("/etc/ride.conf", "w")\n',
  ])
    it(`a program with ${program.trim()}`, () => isKept([...app, start], { 'ride.py': program }));

  it('a program that writes where nothing is its own', async () => {
    const writes = { 'ride.py': 'open("rides.csv", "w")\n' };
    await isKept(['COPY . .', start], writes);
    await isKept(['COPY . /opt/ride', 'WORKDIR /', start], writes);
    const beside = { 'ride.py': 'ROOT = Path(__file__).parent\n(ROOT / "rides").mkdir()\n' };
    await isKept([...app, 'RUN pip install .', start], beside);
    await isKept(['WORKDIR /srv/ride', 'COPY . /opt/ride', start], beside);
  });
});
