// What programs find on one machine alone, be it that of who wrote them or one of a kind: its paths, its programs and its name.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { first, has, lists } from './scaffold-forms.ts';
import { main, notes } from './scaffold-notes.ts';
import type { Files } from './scaffold-projects.ts';
import { make, textOf } from './scaffold-world.ts';

describe('paths and programs of another machine', () => {
  const plain = (text: string) => first(main(text), 'multi-stage');

  it('are refused where nothing else has them', async () => {
    for (const text of [
      'open("/home/me/a.csv")',
      'DATA = "/Users/me/data"',
      "pd.read_csv(r'C:\\Users\\me\\a.csv')",
      'np.load("D:/data/a.npy")',
      'open("/media/me/disk/a.csv")',
    ])
      assert.match(await plain(text), /^main\.py names \S+, which lies on one machine alone/, text);
    for (const text of [
      String.raw`db = connect(BASE + '\\new.db')`,
      String.raw`open("data\\rows.csv")`,
      String.raw`open(r"data\rows.csv")`,
      String.raw`MODEL = 'models\keras.h5'`,
    ])
      assert.match(await plain(text), /^main\.py names \S+, which Windows alone reads as a path/, text);
    for (const text of [
      String.raw`x = re.sub("a\.csv", "", y)`,
      String.raw`x = find(r"\.csv", "a\n.txt")`,
      String.raw`x = find(r"\d+\.csv")`,
      'p.add_argument("--x", default="/home/me")',
      '# open("/home/me/a")\nprint()',
      'route = url("/users/me/")',
      // The address of files, as Django's settings have it.
      'MEDIA_URL = "/media/"',
      'MEDIA_URL = "/media/files/"',
    ])
      assert.match(await plain(text), /^ENTRYPOINT/m, text);
    const below = { 'lib/__init__.py': '', 'lib/a.py': 'def check():\n    open("/home/me/a")\n' };
    assert.match(await first(main('import lib.a', below), 'multi-stage'), /^ENTRYPOINT/m);
    assert.match(await plain('import winreg'), /^main\.py needs Windows \(winreg\)/);
  });

  it('are told where a container can be given them', async () => {
    assert.deepEqual(await notes('open("/data/in/a.csv")'), [
      '/data/in/a.csv of main.py is mounted where user 10001 may write.',
    ]);
    assert.deepEqual(await notes('open("/tmp/in/a.csv")\n@app.get("/api/v1/users")'), []);
    assert.deepEqual(await notes('subprocess.run(["pandoc", "a.md"])'), [
      'The program starts pandoc, which the image does not have: it does without it, or the Dockerfile is made to install it.',
    ]);
    assert.deepEqual(await notes('kinds = ["git", "pandoc"]'), []);
  });
});

describe('what the machine itself has', () => {
  it('is told of where a program opens settings below /etc', async () => {
    assert.deepEqual(await notes('exec(open("/etc/shop/settings.py", "rb").read())'), [
      '/etc/shop/settings.py, which main.py opens, is mounted, as the image does not hold it.',
    ]);
    assert.deepEqual(await notes('open("/etc/os-release")\nopen("/etc/ssl/certs/a.pem")'), []);
  });

  it('is given a name for the Streamlit that calls sudo otherwise', async () => {
    const of = (name: string): Files => ({
      ...lists(name),
      'app.py': 'import streamlit as st\nst.title("a")\n',
    });
    const touches = /^# Streamlit .*\nRUN useradd .* \\\n {4}&& touch \/etc\/machine-id\nWORKDIR \/app$/m;
    await has(of('streamlit==0.69.2'), touches);
    await has(of('streamlit<1'), touches);
    for (const name of ['streamlit==1.2.0', 'streamlit>=0.60', 'streamlit'])
      assert.doesNotMatch(textOf(await make(of(name), 'serving')), /machine-id/, name);
  });
});
