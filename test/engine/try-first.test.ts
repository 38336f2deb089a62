// Files that are tried before they are written: what is in the project, in the engine and in the temporary folder afterwards.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { eventually, execute, executeFromElsewhere, screen, Uri } from './fake-vscode.ts';
import { watchProcesses } from './process-watch.ts';
import {
  add,
  altering,
  failures,
  filesIn,
  first,
  limits,
  press,
  project,
  results,
  root,
  scaffold,
  workbench,
  written,
} from './try-first-world.ts';

const { canTry } = await import('../../client/src/project/try-first.ts');

const serving =
  'import http.server as s\nprint("serving")\ns.HTTPServer(("", 8000), s.SimpleHTTPRequestHandler).serve_forever()\n';

test('files that work are written, with what was seen of them', limits, async () => {
  const folder = project('works', serving);
  const expected = await scaffold(folder);
  const known = screen.shown.length;
  assert.deepEqual(await add(folder), { written, kept: [] });
  assert.equal(
    results.at(-1)?.message,
    'Dockerfile works: its container started and listens on port 8000. Written: Dockerfile, .dockerignore, .vscode/tasks.json.',
  );
  assert.equal(readFileSync(path.join(folder, 'Dockerfile'), 'utf8'), expected.text);
  assert.equal(readFileSync(path.join(folder, '.dockerignore'), 'utf8'), expected.ignored);
  // What was agreed on is not asked for again.
  assert.deepEqual(
    screen.shown.slice(known).map(({ kind, buttons }) => [kind, buttons]),
    [['info', ['Build Image', 'Show Log']]],
  );
});

test('files that do not work are not written before the person says so', limits, async () => {
  const folder = project('missing', 'from json import no_such_name\n');
  const before = filesIn(folder);
  const expected = await scaffold(folder);
  assert.equal(await add(folder), undefined);
  assert.deepEqual(filesIn(folder), before);
  const failure = failures.at(-1);
  assert.match(failure?.message ?? '', /ImportError: cannot import name 'no_such_name'/);
  const message = screen.shown.at(-1);
  assert.deepEqual([message?.kind, message?.buttons], ['error', ['Write Anyway', 'Try Again', 'Show Log']]);
  // What the project becomes meanwhile changes nothing of what was agreed on.
  writeFileSync(path.join(folder, '.python-version'), '3.12\n');
  assert.deepEqual(await press('Write Anyway'), { written, kept: [] });
  assert.equal(readFileSync(path.join(folder, 'Dockerfile'), 'utf8'), expected.text);
});

test('what is mended is tried again with the files that were agreed on', limits, async () => {
  const folder = project('mended', 'open("/etc/shadow")\n');
  assert.equal(await add(folder), undefined);
  assert.match(failures.at(-1)?.message ?? '', /PermissionError/);
  writeFileSync(path.join(folder, 'main.py'), 'print("mended")\n');
  assert.deepEqual(await press('Try Again'), { written, kept: [] });
  assert.match(results.at(-1)?.message ?? '', /said at last: mended Written: Dockerfile, /);
});

test('what a container did not find is added, where it is known what brings it', limits, async () => {
  const folder = project('library', 'import ctypes\nctypes.CDLL("libGL.so.1")\nprint("drawn")\n');
  const before = filesIn(folder);
  // No mirror of Debian is reached: another library stands in under the name, which a real loader finds.
  const another = (text: string) =>
    text.replace(
      /^RUN apt-get[\s\S]*?libgl1[\s\S]*?lists\/\*$/m,
      'RUN cp /lib/*/libc.so.6 /usr/lib/libGL.so.1 # libgl1',
    );
  await altering(another, async () => {
    assert.equal(await add(folder), undefined);
    const label = 'Add libGL.so.1 and Try Again';
    assert.match(failures.at(-1)?.message ?? '', /OSError: libGL\.so\.1: cannot open shared object file/);
    assert.deepEqual(screen.shown.at(-1)?.buttons, [label, 'Write Anyway', 'Try Again', 'Show Log']);
    assert.deepEqual(filesIn(folder), before);
    assert.deepEqual(await press(label), { written, kept: [] });
  });
  assert.match(results.at(-1)?.message ?? '', /said at last: drawn Written: /);
  assert.match(readFileSync(path.join(folder, 'Dockerfile'), 'utf8'), /libGL\.so\.1 # libgl1$/m);
  // Nothing is offered of which that is not known, nor once the project has become another.
  assert.equal(await add(project('unknown', 'import ctypes\nctypes.CDLL("libnothing.so.1")\n')), undefined);
  assert.deepEqual(screen.shown.at(-1)?.buttons, ['Write Anyway', 'Try Again', 'Show Log']);
});

test('a build that fails writes nothing, and tells the line', limits, async () => {
  const folder = project('unbuilt', 'print(1)\n');
  const before = filesIn(folder);
  const failing = (text: string) => text.replace(/^WORKDIR .*/m, 'RUN echo no && exit 3');
  const line =
    failing((await scaffold(folder)).text)
      .split('\n')
      .indexOf('RUN echo no && exit 3') + 1;
  assert.equal(await altering(failing, () => add(folder)), undefined);
  const [failure, message] = [failures.at(-1), screen.shown.at(-1)];
  assert.ok(line > 0 && failure?.message.startsWith(`Line ${line} failed. `), failure?.message);
  assert.deepEqual(message?.buttons, ['Write Anyway', 'Try Again', 'Show Log']);
  assert.deepEqual(filesIn(folder), before);
});

test('what no image holds is no fault of the files', limits, async () => {
  const told = async (name: string, program: string, answers: Readonly<Record<string, string>> = {}) => {
    assert.deepEqual(
      await add(project(name, program), { ...first, ...answers }),
      { written, kept: [] },
      name,
    );
    return results.at(-1)?.message ?? '';
  };
  const variable = await told('variable', 'import os\nprint(os.environ["API_KEY"])\n', {
    'Variables of': 'None',
  });
  assert.match(variable, /exit code 1: KeyError: 'API_KEY'.* run the image with "-e"\. Written: Dockerfile/);
  const connects = 'import socket\nsocket.create_connection(("127.0.0.1", 5432))\n';
  assert.match(await told('refused', connects), /ConnectionRefusedError: .* Start what it connects to/);
  const own = await told('own', 'def go():\n    return 1 / 0\n\n\ngo()\n');
  assert.match(
    own,
    /ZeroDivisionError: .*main\.py, line 2\)\. The image works as far as code of the program itself/,
  );
});

test(
  'a file that the project has is at fault where the image lacks it, unless it is left out on purpose',
  limits,
  async () => {
    const misplaced = project('misplaced', 'open("/data/rows.csv")\n', { 'rows.csv': 'a\n' });
    assert.equal(await add(misplaced), undefined);
    assert.match(failures.at(-1)?.remedy ?? '', /^The project has this file/);
    const mounted = project('mounted', 'open("data/rows.csv")\n', { 'data/rows.csv': 'a\n' });
    assert.deepEqual((await add(mounted))?.written, written);
    const nowhere = project('nowhere', 'open("/w/nowhere.csv")\n');
    assert.deepEqual((await add(nowhere))?.written, written);
    assert.match(results.at(-1)?.message ?? '', /mount it when the image is run/);
  },
);

test('the ignore file counts that is not written yet', limits, async () => {
  const program = 'import os\nimport shop\nprint(sorted(set(os.listdir("shop")) - {"__pycache__"}))\n';
  const files = { 'shop/__init__.py': '', 'shop/.env': 'x', 'shop/rows.csv': 'x' };
  const folder = project('ignored', program, files);
  assert.deepEqual((await add(folder))?.written, written);
  assert.match(results.at(-1)?.message ?? '', /said at last: \['__init__\.py', 'rows\.csv'\]/);
});

test('variables are given for the try alone, and are seen nowhere', limits, async () => {
  const value = 'very-private-41';
  const program =
    'import os\nprint(len(os.environ["API_KEY"]), os.path.exists(".env"), os.environ.get("SPOKEN", "-"), "key:", os.environ["API_KEY"])\n';
  const env = `# ours\nexport API_KEY="${value}"\nLONG="two\nlines"\nSPOKEN='a b'\n`;
  const stop = watchProcesses();
  let watched: readonly string[] = [];
  try {
    const folder = project('given', program, { '.env': env, '.env.example': 'API_KEY=\n' });
    const asked = screen.asked.length;
    const answers = { ...first, 'Variables of the Program': 'Those of .env' };
    assert.deepEqual((await add(folder, answers))?.written, written);
    const question = screen.asked.slice(asked).find(({ title }) => title.includes('Variables of'));
    assert.deepEqual(question?.labels, ['Those of .env', 'Type Them…', 'None']);
    assert.match(results.at(-1)?.message ?? '', /said at last: 15 False \*\*\* key: \*\*\*/);
    const typed = { ...first, 'Variables of the Program': 'Type Them…', ': API_KEY': `${value}6` };
    assert.deepEqual((await add(project('typed', program), typed))?.written, written);
    assert.match(results.at(-1)?.message ?? '', /said at last: 16 False - key: \*\*\*/);
    assert.equal(screen.asked.at(-1)?.password, true);
  } finally {
    // Without the environment: a container's own program has it there.
    watched = stop().map((seen) => seen.split('\n', 1)[0] ?? '');
  }
  assert.ok(watched.some((line) => line.includes('--env-file')));
  assert.ok(!watched.some((line) => line.includes(value)));
  const seen = JSON.stringify([screen.terminals.map(({ text }) => text), screen.log, screen.shown, results]);
  assert.ok(!seen.includes(value));
});

/** Until something prints this that has not before; a terminal is used again by the next work. */
function nextPrinted(word: string): Promise<unknown> {
  const before = new Map(screen.terminals.map((terminal) => [terminal, terminal.text.length]));
  return eventually(
    () =>
      screen.terminals.some((terminal) => terminal.text.slice(before.get(terminal)).includes(word)) ||
      undefined,
    60_000,
  );
}

test('cancel leaves nothing, and the files can be written all the same', limits, async () => {
  const sleeps = 'import time\nprint("asleep", flush=True)\ntime.sleep(600)\n';
  const folder = project('cancelled', sleeps);
  const before = filesIn(folder);
  const cancelledAt = async (word: string) => {
    const printed = nextPrinted(word);
    const asked = add(folder);
    await printed;
    screen.cancel();
    assert.equal(await asked, undefined);
    assert.equal(failures.at(-1)?.id, 'cancelled');
    assert.deepEqual(filesIn(folder), before);
  };
  const slow = (text: string) => text.replace(/^WORKDIR .*/m, 'RUN echo be""gun && sleep 600');
  await altering(slow, () => cancelledAt('begun'));
  await cancelledAt('asleep\r\n');
  assert.deepEqual(screen.shown.at(-1)?.buttons, ['Write Anyway', 'Show Log']);
  assert.deepEqual(await press('Write Anyway'), { written, kept: [] });
});

test('what came to be there meanwhile is asked about', limits, async () => {
  const folder = project('meanwhile', 'import time\nprint("asleep", flush=True)\ntime.sleep(2)\n');
  const dockerfile = path.join(folder, 'Dockerfile');
  const printed = nextPrinted('asleep\r\n');
  const asked = add(folder, { ...first, 'Dockerfile is there already': 'Keep It' });
  await printed;
  writeFileSync(dockerfile, 'FROM scratch\n');
  assert.deepEqual(await asked, { written: ['.dockerignore', '.vscode/tasks.json'], kept: ['Dockerfile'] });
  assert.equal(readFileSync(dockerfile, 'utf8'), 'FROM scratch\n');
});

test('nothing is started where the person wants to write at once, or has not agreed', limits, async () => {
  const folder = project('declined', 'print(1)\n');
  const [known, ended] = [screen.shown.length, results.length];
  assert.deepEqual(await add(folder, { ...first, 'Write Them': 'Write' }), { written, kept: [] });
  assert.deepEqual([screen.shown.length, results.length], [known, ended]);
  const other = project('elsewhere', 'print(1)\n');
  const options = { folder: other, kind: 'training', try: true, tasks: false };
  const before = filesIn(other);
  assert.equal(await executeFromElsewhere('wheelhouse.project.addContainerFiles', options), undefined);
  const question = screen.shown.at(-1);
  assert.deepEqual([question?.kind, question?.buttons], ['modal', ['Try It']]);
  assert.deepEqual(filesIn(other), before);
  assert.deepEqual(await execute('wheelhouse.project.addContainerFiles', options), {
    written: written.slice(0, 2),
    kept: [],
  });
  // Nor does anything else write what it likes by the command of a button.
  const forged = { agreed: { changes: [{ path: 'x', text: 'x', uri: {} }], kept: [] } };
  assert.equal(await executeFromElsewhere('wheelhouse.project.writeAnyway', forged), undefined);
});

test('it is offered where an engine answers that can do it', limits, async () => {
  const folder = Uri.file(root) as never;
  const of = (get: () => Promise<unknown>) => canTry({ engine: { get } } as never, folder);
  assert.equal(await of(workbench.engine.get), true);
  assert.equal(await of(() => Promise.reject(new Error('none'))), false);
  // The classic builder takes the ignore file of the context alone.
  assert.equal(await of(async () => ({ ...(await workbench.engine.get()), buildx: undefined })), false);
});
