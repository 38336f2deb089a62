import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEnd, wordsOf } from '../../client/src/images/try-end.ts';
import {
  isOfImage,
  openPorts,
  outcomeOf,
  readSockets,
  type Seen,
} from '../../client/src/images/try-outcome.ts';

/** As the kernel writes them. */
const table = (...rows: (readonly [address: string, state: string])[]) =>
  [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    ...rows.map(
      ([address, state], at) =>
        `   ${at}: ${address} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 4213 1 0000000000000000 100 0 0 10 0`,
    ),
    '',
  ].join('\n');
const any = '0'.repeat(32);

test('sockets that listen are read, with where they listen', () => {
  const tables =
    table(['0100007F:1F90', '0A'], ['00000000:1388', '0A'], ['00000000:22B8', '06']) +
    table(
      [`${any}:1F40`, '0A'],
      [`${'0'.repeat(24)}01000000:0050`, '0A'],
      ['0000000000000000FFFF00000100007F:0051', '0A'],
      [`${any}:1388`, '01'],
    );
  assert.deepEqual(readSockets(tables), [
    { port: 80, isInside: true },
    { port: 81, isInside: true },
    { port: 5000, isInside: false },
    { port: 8000, isInside: false },
    { port: 8080, isInside: true },
  ]);
  // One of two addresses is enough.
  const both = table(['0100007F:1F40', '0A'], ['020011AC:1F40', '0A']);
  assert.deepEqual(readSockets(both), [{ port: 8000, isInside: false }]);
  assert.deepEqual(readSockets('no table\n'), []);
});

const seen: Seen = {
  running: true,
  exitCode: 0,
  outOfMemory: false,
  sockets: [],
  exposed: [8000],
};
const at = (port: number, isInside = false) => ({ port, isInside });
const said = (more: Partial<Seen>, text = '') => {
  const outcome = outcomeOf('Dockerfile', { ...seen, ...more }, text);
  return 'id' in outcome
    ? [outcome.id, `${outcome.message} ${outcome.remedy}`]
    : [outcome.value.state, outcome.message];
};

test('what is exposed has to be reached', () => {
  assert.deepEqual(openPorts({ ...seen, sockets: [at(8000), at(9000)] }), [8000]);
  assert.deepEqual(openPorts({ sockets: [at(9000), at(1, true)], exposed: [] }), [9000]);
  assert.deepEqual(openPorts({ sockets: undefined, exposed: [1] }), []);
  assert.equal(said({ sockets: [at(8000)] })[0], 'listens');
  assert.match(
    said({ sockets: [at(8000)], health: 'starting' })[1] ?? '',
    /health check has not answered yet/,
  );
  assert.equal(said({ sockets: [at(8000, true)] })[0], 'try-inside');
  const [id, words] = said({ sockets: [at(5000), at(6000, true)] });
  assert.equal(id, 'try-other-port');
  assert.match(words ?? '', /listens on port 5000, while the Dockerfile exposes 8000\. Correct EXPOSE/);
  assert.match(said({})[1] ?? '', /runs, but listens on no port yet/);
  // Of a worker nothing is expected, and where it cannot be told nothing is said.
  assert.match(said({ exposed: [], sockets: [at(6000, true)] })[1] ?? '', /started and still runs/);
  assert.match(said({ sockets: undefined })[1] ?? '', /started and still runs/);
  assert.equal(said({ sockets: undefined, health: 'healthy' })[0], 'healthy');
});

test('an end is told with its code in words', () => {
  const end = (exitCode: number, more: Partial<Seen> = {}, text = '') =>
    said({ running: false, exitCode, ...more }, text);
  assert.match(end(0)[1] ?? '', /ran to its end and said nothing\.$/);
  assert.match(end(137, { outOfMemory: true })[1] ?? '', /exit code 137, out of memory and said nothing/);
  assert.match(end(3, {}, 'a\nb\nc\n')[1] ?? '', /exit code 3: b c Mend that/);
  assert.match(end(0, { error: 'no such file' })[1] ?? '', /exit code 0: no such file/);
  assert.match(
    end(1, {}, 'RuntimeError: token=hf_abcdefghijklmnopqrstuvwxyz0123456789\n')[1] ?? '',
    /RuntimeError: (?!.*hf_abc)/,
  );
});

const words = (text: string) => wordsOf(readEnd(text, 1));

test('the last words are the last error of Python, with its place in the project', () => {
  const gunicorn = `[2026-01-01 10:00:00 +0000] [7] [ERROR] Exception in worker process
Traceback (most recent call last):
  File "/app/.venv/lib/python3.12/site-packages/gunicorn/util.py", line 371, in import_app
    mod = importlib.import_module(module)
  File "<frozen importlib._bootstrap>", line 1387, in _gcd_import
  File "/app/shop/wsgi.py", line 4, in <module>
    from flask import escape
ImportError: cannot import name 'escape' from 'flask' (/app/.venv/lib/python3.12/site-packages/flask/__init__.py)
[2026-01-01 10:00:00 +0000] [7] [INFO] Worker exiting (pid: 7)
[2026-01-01 10:00:00 +0000] [1] [ERROR] Reason: Worker failed to boot.
`;
  assert.equal(
    words(gunicorn),
    "ImportError: cannot import name 'escape' from 'flask' (/app/.venv/lib/python3.12/site-packages/flask/__init__.py) (/app/shop/wsgi.py, line 4)",
  );
  const settings = `Traceback (most recent call last):
  File "/app/main.py", line 9, in <module>
    Settings()
pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings
openai_api_key
  Field required [type=missing, input_value={}, input_type=dict]
    For further information visit https://errors.pydantic.dev/2.11/v/missing
`;
  assert.equal(
    words(settings),
    'pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings openai_api_key Field required [type=missing, input_value={}, input_type=dict] (/app/main.py, line 9)',
  );
  const colours = '\u001b[31mERROR\u001b[0m:    Error loading ASGI app. Could not import module "main".\n\n';
  assert.equal(
    words(`INFO: begins\n${colours}`),
    'INFO: begins ERROR:    Error loading ASGI app. Could not import module "main".',
  );
  assert.equal(words(''), '');
  assert.ok(words('x'.repeat(100_000)).length < 500);
});

/** A traceback as CPython writes it, of frames with their source, and the error. */
const traceback = (frames: readonly (readonly [file: string, source: string])[], error: string) =>
  [
    'Traceback (most recent call last):',
    ...frames.flatMap(([file, source], at) => [
      `  File "${file}", line ${at + 3}, in <module>`,
      `    ${source}`,
    ]),
    error,
    '',
  ].join('\n');
const main = '/app/main.py';
const packaged = '/app/.venv/lib/python3.12/site-packages/thing/__init__.py';
const causeOf = (text: string, code = 1) => {
  const { cause, want } = readEnd(text, code);
  return want ?? cause;
};

test('an end is the doing of the files, of the program, or of what a run has to bring', () => {
  const of = (error: string, source = 'go()') => causeOf(traceback([[main, source]], error));
  // What the files put there, or started.
  for (const error of [
    "ModuleNotFoundError: No module named 'cv2'",
    "ImportError: cannot import name 'escape' from 'flask'",
    'ImportError: libGL.so.1: cannot open shared object file: No such file or directory',
    'SyntaxError: invalid syntax',
    "PermissionError: [Errno 13] Permission denied: '/app/app.log'",
    'sqlite3.OperationalError: unable to open database file',
    "AttributeError: module 'numpy' has no attribute 'float'",
  ])
    assert.equal(of(error), 'image', error);
  assert.equal(causeOf('sh: 1: gunicorn: not found\n', 127), 'image');
  assert.equal(causeOf('ERROR:    Error loading ASGI app. Could not import module "main".\n'), 'image');
  // A package of a release that fits no other, where it is imported and nowhere else.
  const deep = (source: string) =>
    causeOf(
      traceback(
        [
          [main, source],
          [packaged, 'Descriptor()'],
        ],
        'TypeError: Descriptors cannot be created directly.',
      ),
    );
  assert.equal(deep('import thing'), 'image');
  assert.equal(deep('thing.go()'), 'program');
  const started = [
    [main, 'subprocess.run(["ffmpeg"])'],
    ['/usr/lib/python3.12/subprocess.py', 'raise'],
  ] as const;
  assert.equal(
    causeOf(traceback(started, "FileNotFoundError: [Errno 2] No such file or directory: 'ffmpeg'")),
    'image',
  );
  const missing = (text: string) => readEnd(text, 1).missing;
  assert.equal(
    missing(traceback(started, "FileNotFoundError: [Errno 2] No such file or directory: 'ffmpeg'")),
    'ffmpeg',
  );
  const library = 'libGL.so.1: cannot open shared object file: No such file or directory';
  for (const kind of ['ImportError', 'OSError'])
    assert.equal(missing(traceback([[main, 'go()']], `${kind}: ${library}`)), 'libGL.so.1');
  assert.equal(missing('sh: 1: git: not found\n'), 'git');
  assert.equal(missing("ModuleNotFoundError: No module named 'cv2'\n"), undefined);
  // What a run has to bring.
  const wants = {
    variable: [
      "KeyError: 'API_KEY'",
      'openai.OpenAIError: The api_key client option must be set either by passing api_key to the client',
      'django.core.exceptions.ImproperlyConfigured: Set the SECRET_KEY environment variable',
      'ValueError: BOT_TOKEN is not set',
      'RuntimeError: missing MONGO_URI',
    ],
    service: [
      'ConnectionRefusedError: [Errno 111] Connection refused',
      'psycopg2.OperationalError: could not translate host name "db" to address: Name or service not known',
      'pymongo.errors.ServerSelectionTimeoutError: mongo:27017: timed out',
    ],
    login: ['discord.errors.LoginFailure: Improper token has been passed.'],
    input: ['EOFError: EOF when reading a line'],
    gpu: [
      'RuntimeError: Found no NVIDIA driver on your system.',
      'ImportError: libcuda.so.1: cannot open shared object file',
    ],
    display: ['_tkinter.TclError: no display name and no $DISPLAY environment variable'],
    file: ["FileNotFoundError: [Errno 2] No such file or directory: 'rows.csv'"],
  };
  for (const [want, errors] of Object.entries(wants))
    for (const error of errors) assert.equal(of(error), want, error);
  assert.equal(readEnd(traceback([[main, 'open(p)']], wants.file[0] ?? ''), 1).lost, 'rows.csv');
  assert.equal(of('TypeError: int() argument must be a string', 'PORT = int(os.getenv("PORT"))'), 'variable');
  assert.equal(of('IndexError: list index out of range', 'path = sys.argv[1]'), 'argument');
  assert.equal(
    causeOf(
      'usage: main.py [-h] --data DATA\nmain.py: error: the following arguments are required: --data\n',
      2,
    ),
    'argument',
  );
  // Its own, or nobody can tell.
  assert.equal(of("KeyError: 'price'"), 'program');
  assert.equal(of('ZeroDivisionError: division by zero'), 'program');
  assert.equal(causeOf('bye\n', 3), 'unknown');
  assert.equal(causeOf('', 139), 'unknown');
});

test('only what the files do is a fault of theirs', () => {
  const of = (text: string, known = {}) => {
    const outcome = outcomeOf('Dockerfile', { ...seen, running: false, exitCode: 1 }, text, known);
    return 'id' in outcome && isOfImage(outcome);
  };
  assert.equal(of("KeyError: 'API_KEY'\n"), false);
  assert.equal(of(traceback([[main, '1 / 0']], 'ZeroDivisionError: division by zero')), false);
  assert.equal(of("ModuleNotFoundError: No module named 'x'\n"), true);
  assert.equal(of('bye\n'), true);
  const lost = "FileNotFoundError: [Errno 2] No such file or directory: 'rows.csv'\n";
  assert.equal(of(lost), false);
  assert.equal(of(lost, { isSent: true }), true);
  const value = 'correct horse battery';
  const outcome = outcomeOf(
    'Dockerfile',
    { ...seen, running: false, exitCode: 1 },
    `ValueError: ${value}\n`,
    {
      secrets: [value],
    },
  );
  assert.ok('id' in outcome && !outcome.message.includes(value));
});
