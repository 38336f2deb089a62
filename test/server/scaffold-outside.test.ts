// What programs start and keep outside of their image, and what is told of it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make } from './scaffold-world.ts';

describe('programs that a program starts', () => {
  const started = async (text: string, more: Files = {}) =>
    (
      await make(
        { ...lists('uvicorn==0.35.0', 'django==5.2.6'), 'main.py': `${text}\nprint()\n`, ...more },
        'multi-stage',
      )
    )?.assumes.filter((line) => line.startsWith('The program starts'));
  const note = (names: string, them = 'it') =>
    `The program starts ${names}, which the image does not have: it does without ${them}, or the Dockerfile is made to install ${them}.`;

  it('are told by name, where neither the image nor a package has them', async () => {
    for (const text of [
      'subprocess.Popen(["relay-server", "-l", x])',
      'subprocess.run(\n    [\n        "relay-server",\n        "-l",\n    ]\n)',
      'os.system("relay-server -l")',
      'if shutil.which("relay-server"): pass',
      'subprocess.check_output(f"relay-server {x}", shell=True)',
      'await asyncio.create_subprocess_exec("relay-server", x)',
      'SERVER = "relay-server"\n\n\ndef go():\n    cmd = [\n        SERVER,\n        "-l",\n    ]\n    return subprocess.Popen(cmd)\n',
      'RELAY: str = "relay-server"\nsubprocess.call([RELAY, "x"])',
    ])
      assert.deepEqual(await started(text), [note('relay-server')], text);
    assert.deepEqual(await started('subprocess.run(["relay", x])\nsubprocess.run("curl x", shell=True)'), [
      note('relay, curl', 'them'),
    ]);
  });

  it('are none that it has, that packages or the project bring, or that are for other systems', async () => {
    for (const text of [
      'subprocess.run(["uvicorn", "a:b"])\nos.system("django-admin x")',
      'subprocess.run([sys.executable, "a.py"])\nos.system("python a.py")\nos.system("bash -c x")',
      'os.system("cls" if os.name == "nt" else "clear")',
      'subprocess.run(["./tool", "a"])\nsubprocess.run([tool])\nsubprocess.run(cmd)',
      'self.run(["relay", x])\nwhich = ["relay"]\n# os.system("relay")',
    ])
      assert.deepEqual(await started(text), [], text);
    assert.deepEqual(await started('subprocess.run(["relay"])', { 'bin/relay': 'x' }), []);
  });

  it('are told where README builds what another language is written in', async () => {
    const readme = { 'README.md': '```sh\n$ cargo run --release\n```\n' };
    const told = async (more: Files) =>
      (
        await make({ ...lists('six==1.17.0'), 'main.py': 'print()\n', ...more }, 'multi-stage')
      )?.assumes.filter((line) => line.includes('builds nothing'));
    assert.deepEqual(await told({ ...readme, 'Cargo.toml': '[package]\n' }), [
      '"cargo run --release" of README.md is run elsewhere, as the image builds nothing of Cargo.toml.',
    ]);
    assert.deepEqual(await told(readme), []);
    assert.deepEqual(await told({ 'Cargo.toml': '[package]\n' }), []);
    assert.deepEqual(await told({ 'README.md': '`npm install`\n', 'web/package.json': '{}' }), [
      '"npm install" of README.md is run elsewhere, as the image builds nothing of web/package.json.',
    ]);
  });
});
