// The Python that Add Container Files takes, by the wheels of what is asked for.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mayHold } from '../../server/src/facts/markers.ts';
import { first, on312 } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make } from './scaffold-world.ts';

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

  it('are those for which pins of what runs models have wheels', async () => {
    // PyPI has `tensorflow_io_gcs_filesystem-0.31.0-cp311-…` as the last of its wheels, and so on; most have no source to build.
    for (const [line, best] of [
      ['tensorflow-io-gcs-filesystem==0.31.0', '3.11'],
      ['onnxruntime==1.16.3', '3.11'],
      ['mediapipe==0.10.9', '3.11'],
      ['jaxlib==0.4.13', '3.11'],
      ['faiss-cpu==1.7.4', '3.11'],
      ['llvmlite==0.41.1', '3.11'],
      ['contourpy==1.1.0', '3.11'],
      ['tokenizers==0.13.3', '3.11'],
      ['sentencepiece==0.1.99', '3.11'],
      ['scikit-image==0.21.0', '3.11'],
      ['torchaudio==2.0.2', '3.11'],
      ['spacy==3.6.1', '3.11'],
      ['gevent==21.12.0', '3.10'],
    ] as const)
      assert.equal((await pythons(line, 'rich'))?.[0], best, line);
    assert.equal((await pythons('onnxruntime==1.17.0', 'rich'))?.[0], '3.12');
  });

  it('are those on which what comes as one wheel for all can be imported', async () => {
    // "cannot set 'is_timeout' attribute of immutable type 'TimeoutError'" on 3.10, and no `ssl.wrap_socket` on 3.12.
    assert.equal((await pythons('eventlet==0.30.2', 'rich'))?.[0], '3.9');
    assert.equal((await pythons('eventlet==0.33.3', 'rich'))?.[0], '3.11');
    assert.equal((await pythons('eventlet==0.36.1', 'rich'))?.[0], '3.12');
  });

  it('are refused by the pins that no Python fits together, and not by all', async () => {
    const refused = await first(
      list('numpy==2.0.2', 'contourpy==1.3.0', 'onnxruntime==1.7.0', 'spacy==3.8.18'),
    );
    assert.match(refused, /^No Python of today has wheels of all of onnxruntime 1\.7\.0, spacy 3\.8\.18:/);
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
      '('.repeat(100_000),
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

describe('NumPy', () => {
  const held = async (...lines: string[]) =>
    / 'numpy<2'/.test(await first({ ...list(...lines), ...on312 }, 'multi-stage'));
  it('is held before 2 where what is compiled with it goes with none newer', async () => {
    for (const lines of [
      ['pandas==2.1.4'],
      ['scikit-learn<1.4', 'numpy'],
      ['torch~=2.2.0', 'numpy>=1.20'],
      ['opencv-python<=4.9.0.80'],
    ])
      assert.ok(await held(...lines), lines.join(' '));
    for (const lines of [
      ['pandas==2.2.2'],
      ['pandas==2.1.4', 'numpy==1.26.4'],
      ['pandas==2.1.4', 'numpy<2'],
      ['pandas>=1.0', 'scikit-learn<1.9'],
      ['opencv-python==4.8.1.78', 'numpy==2.4.6'],
      ['opencv-python==4.8.1.78', 'numpy>=2'],
    ])
      assert.ok(!(await held(...lines)), lines.join(' '));
  });
});

describe('what comes from a repository', () => {
  it('is refused where it is known that it cannot be built by itself', async () => {
    for (const line of [
      'git+https://github.com/cocodataset/cocoapi.git#subdirectory=PythonAPI',
      'detectron2 @ git+https://github.com/facebookresearch/detectron2@v0.6',
      '-e git+https://github.com/NVIDIA/apex#egg=apex',
    ])
      assert.match(
        await first({ ...list(line), ...on312 }, 'multi-stage'),
        /^[\w-]+\/[\w-]+ (?:is|imports)/,
        line,
      );
    const comment = { ...list('# git+https://github.com/NVIDIA/apex', 'rich'), ...on312 };
    assert.match(await first(comment, 'multi-stage'), /^FROM/m);
  });

  it('is told to build by itself where nothing is known of it', async () => {
    const files = {
      ...list('a @ git+https://github.com/me/a.git', 'git+https://github.com/me/b@3f2c'),
      ...on312,
    };
    const assumes = (await make(files, 'multi-stage'))?.assumes ?? [];
    assert.ok(
      assumes.includes('me/a, me/b are built with nothing but what their own pyproject.toml names for it.'),
    );
    assert.ok(assumes.includes('What me/a holds today fits the project, as no commit is named.'));
  });
});

describe('a module that is compiled', () => {
  it('is told of where it lies elsewhere', async () => {
    const files = {
      ...list('rich'),
      ...on312,
      'main.py': 'from align import path\n',
      'align/__init__.py': 'from .align.core import run\n',
      'align/path.py': '',
      'align/core.pyx': 'x = 1\n',
    };
    assert.match(await first(files, 'multi-stage'), /imports core, which align\/core\.pyx is compiled to/);
  });
});

describe('the Python of a poetry.lock', () => {
  const poetry: Files = {
    'main.py': 'print()\n',
    'pyproject.toml':
      '[tool.poetry]\nname = "a"\npackage-mode = false\n[tool.poetry.dependencies]\npython = "^3.8"\nsome-binding = "*"\n',
  };
  const base = async (lock: string) =>
    /^FROM python:([\d.]+)/.exec(
      (await first({ ...poetry, 'poetry.lock': lock }, 'multi-stage')).replace(/^#.*\n/, ''),
    )?.[1];
  const files = (...pythons: string[]) =>
    pythons
      .map((tag) => `{file = "some_binding-1-${tag}-${tag}-manylinux2010_x86_64.whl", hash = "sha256:x"}`)
      .join(',\n    ');

  it('follows from the wheels that it names', async () => {
    const of = (more: string) => `[[package]]\nname = "some-binding"\nversion = "1"\n${more}\n`;
    assert.equal(await base(of(`files = [\n    ${files('cp38', 'cp39')},\n]`)), '3.9');
    assert.equal(await base(of(`files = [\n    ${files('cp311', 'cp312')},\n]`)), '3.11');
    const inEnd = `\n[metadata.files]\nsome-binding = [\n    ${files('cp38', 'cp39')},\n]`;
    assert.equal(await base(of(inEnd)), '3.9');
    // One that has wheels for no Python of Linux leaves the others their say.
    const mac = '{file = "other-1-cp27-cp27m-manylinux1_x86_64.whl", hash = "sha256:x"}';
    assert.equal(await base(of(`files = [\n    ${files('cp38', 'cp39')},\n    ${mac},\n]`)), '3.9');
  });

  it('follows from what it pins in the order of old releases', async () => {
    // greenlet has wheels for 3.10 since 1.1.0.
    const old =
      '[[package]]\ncategory = "main"\ndescription = "x"\nname = "greenlet"\noptional = false\nversion = "1.0.0"\n\n[package.extras]\ndocs = ["Sphinx"]\n';
    assert.equal(await base(old), '3.9');
    assert.equal(await base(old.replace('1.0.0', '3.1.0')), '3.11');
  });
});
