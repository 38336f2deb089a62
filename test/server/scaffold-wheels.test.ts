// The Python that Add Container Files takes, by the wheels of what is asked for.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mayHold } from '../../server/src/facts/markers.ts';
import { first } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';

const list = (...lines: string[]): Files => ({
  'main.py': 'print()\n',
  'requirements.txt': `${lines.join('\n')}\n`,
});
const pythons = async (...lines: string[]) =>
  /^python\? (.*)/.exec(await first(list(...lines), 'multi-stage'))?.[1]?.split(' | ');

describe('the Pythons that are offered', () => {
  it('are those for which the newest release below an upper bound has wheels', async () => {
    for (const [line, best] of [
      ['scikit-learn<1.3', '3.11'],
      ['pandas<=2.0.3', '3.11'],
      ['scipy~=1.10.0', '3.11'],
      ['pyarrow==12.*', '3.11'],
      ['torch<2.2', '3.11'],
      ['torch==2.1.*', '3.11'],
    ] as const)
      assert.equal((await pythons(line, 'rich'))?.[0], best, line);
    assert.equal((await pythons('scikit-learn<1.9', 'rich'))?.[0], '3.12');
  });

  it('are not ruled out by pydantic 1, which has wheels for any', async () => {
    assert.deepEqual(await pythons('pydantic==1.10.11', 'numpy==1.25.1'), ['3.11']);
    assert.equal((await pythons('pydantic<2', 'rich'))?.[0], '3.12');
  });

  it('are not ruled out by what is for another system or another Python', async () => {
    assert.equal((await pythons("pandas==1.1.0; sys_platform == 'win32'", 'rich'))?.[0], '3.12');
    assert.equal((await pythons('pywin32==306 ; sys_platform == "win32"', 'rich'))?.[0], '3.12');
    const both = ['numpy==1.24.4; python_version < "3.9"', 'numpy==2.1.0; python_version >= "3.10"'];
    assert.equal((await pythons(...both))?.[0], '3.12');
    const wheel = 'a @ https://example.org/a-1-cp310-cp310-win_amd64.whl';
    assert.equal((await pythons(`${wheel} ; sys_platform == 'win32'`, 'rich'))?.[0], '3.12');
    assert.match(await first(list(wheel)), /is not for Linux/);
    assert.match(await first(list(`${wheel} ; sys_platform == 'linux'`)), /is not for Linux/);
  });
});

describe('a marker', () => {
  it('holds on Linux, or may', () => {
    for (const marker of [
      '',
      'sys_platform == "linux"',
      '"linux" in sys_platform',
      'platform_system != "Windows" and os_name == "posix"',
      'sys_platform == "win32" or (platform_machine == "x86_64" and python_version >= "3.9")',
      'extra == "x"',
      'platform_machine not in "arm64 aarch64"',
    ])
      assert.ok(mayHold(marker, '3.12'), marker);
    for (const marker of [
      "sys_platform == 'win32'",
      '(sys_platform == "darwin" or os_name == "nt") and extra == "x"',
      'platform_system in "Windows Darwin"',
      'python_version < "3.12"',
      'python_version > "3.12"',
      '(python_version >= "3.9") and (python_version < "3.10")',
      'implementation_name == "pypy"',
    ])
      assert.ok(!mayHold(marker, '3.12'), marker);
  });
});
