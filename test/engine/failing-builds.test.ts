// Builds that end in the middle of a RUN because of what the project lacks there: the build fails where there is a finding,
// and goes through after the fix. The same project, the same package manager, no network.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits } from '../../server/src/text/edit.ts';
import { run } from '../parts/processes.ts';
import { createFolderBuilds, type Tree } from './folder-builds.ts';

const { from, env, tagOf, write, build, lint } = await createFolderBuilds('failing');

interface Failing {
  readonly name: string;
  readonly files: Tree;
  readonly text: string;
  readonly code: string;
  /** What the build says at its end. */
  readonly said: RegExp;
  /** What the message asks for, where there is no fix that an editor can apply. */
  readonly mend?: Tree;
}

const byUv = (lines: string) =>
  `[project]\nname = "bikes"\nversion = "1.0"\nrequires-python = ">=3.9"\n${lines}[build-system]\nrequires = ["uv_build"]\nbuild-backend = "uv_build"\n`;
const lockOf = (kind: 'editable' | 'virtual') =>
  `version = 1\nrevision = 3\nrequires-python = ">=3.9"\n\n[[package]]\nname = "bikes"\nversion = "1.0"\nsource = { ${kind} = "." }\n`;
const code = { 'src/bikes/__init__.py': '' };
const sync = 'uv sync --offline --no-cache';
const inFolder = `FROM ${from}\nWORKDIR /app\n`;

/** One member, of which the workspace’s own project makes use. */
const workspace: Tree = {
  'pyproject.toml':
    '[project]\nname = "app"\nversion = "1.0"\nrequires-python = ">=3.9"\ndependencies = ["bikes"]\n[tool.uv.workspace]\nmembers = ["parts/*"]\n[tool.uv.sources]\nbikes = { workspace = true }\n',
  'uv.lock': `version = 1\nrevision = 3\nrequires-python = ">=3.9"\n\n[manifest]\nmembers = ["app", "bikes"]\n\n[[package]]\nname = "app"\nversion = "1.0"\nsource = { virtual = "." }\ndependencies = [{ name = "bikes" }]\n\n[package.metadata]\nrequires-dist = [{ name = "bikes", editable = "parts/bikes" }]\n\n[[package]]\nname = "bikes"\nversion = "1.0"\nsource = { editable = "parts/bikes" }\n`,
  'parts/bikes/pyproject.toml': byUv(''),
  'parts/bikes/src/bikes/__init__.py': '',
};

const virtual = '[project]\nname = "bikes"\nversion = "1.0"\nrequires-python = ">=3.9"\n';
/** Stands for the one that uv fetches, as there is no network. */
const ownPython =
  'RUN D=${UV_PYTHON_INSTALL_DIR:-/root/.local/share/uv/python}/cpython-3.13.5-linux-$(uname -m)-gnu/bin && mkdir -p $D && cp /usr/bin/python3.13 $D/';

const failing: readonly Failing[] = [
  {
    name: 'readme-uncopied',
    files: {
      ...code,
      'pyproject.toml': byUv('readme = "README.md"\n'),
      'uv.lock': lockOf('editable'),
      'README.md': '',
    },
    text: `${inFolder}COPY pyproject.toml uv.lock ./\nCOPY src src\nRUN ${sync} --frozen\n`,
    code: 'readme-left-out',
    said: /README\.md.*No such file/,
  },
  {
    name: 'licence-unmounted',
    files: { ...code, 'pyproject.toml': byUv('license-files = ["LICENSE"]\n'), LICENSE: '' },
    text: `${inFolder}COPY src src\nRUN --mount=type=bind,source=pyproject.toml,target=pyproject.toml uv build --offline --no-cache --wheel\n`,
    code: 'readme-left-out',
    said: /license-files/,
  },
  {
    name: 'readme-outside',
    files: { ...code, 'pyproject.toml': byUv('readme = "../README.md"\n') },
    text: `${inFolder}COPY . .\nRUN ${sync}\n`,
    code: 'readme-left-out',
    said: /README\.md.*No such file/,
    mend: { 'README.md': '', 'pyproject.toml': byUv('readme = "README.md"\n') },
  },
  {
    name: 'readme-of-subfolder',
    files: {
      'api/src/bikes/__init__.py': '',
      'api/pyproject.toml': byUv('readme = "README.md"\n'),
      'api/README.md': '',
    },
    text: `${inFolder}COPY api/pyproject.toml api/\nCOPY api/src api/src\nRUN cd api && uv pip install --offline --no-cache --system --break-system-packages .\n`,
    code: 'readme-left-out',
    said: /README\.md.*No such file/,
  },
  {
    name: 'code-uncopied',
    files: { ...code, 'pyproject.toml': byUv(''), 'uv.lock': lockOf('editable') },
    text: `${inFolder}COPY pyproject.toml uv.lock ./\nRUN ${sync} --locked\nCOPY . .\n`,
    code: 'project-built-before-code',
    said: /Expected a Python module at/,
  },
  {
    name: 'lock-ignored',
    files: {
      'pyproject.toml': virtual,
      'uv.lock': lockOf('virtual'),
      '.dockerignore': '.venv\nuv.lock\n',
    },
    text: `${inFolder}COPY . .\nRUN ${sync} --frozen\n`,
    code: 'lock-file-left-out',
    said: /Unable to find lockfile/,
  },
  {
    name: 'lock-uncopied',
    files: { 'pyproject.toml': virtual, 'uv.lock': lockOf('virtual') },
    text: `${inFolder}COPY pyproject.toml ./\nRUN ${sync} --locked\n`,
    code: 'lock-file-left-out',
    said: /Unable to find lockfile/,
  },
  ...(['--locked --no-install-workspace', '--frozen --no-install-project'] as const).map((flags, at) => ({
    name: `workspace-${at}`,
    files: workspace,
    text: `${inFolder}COPY pyproject.toml uv.lock ./\nRUN ${sync} ${flags}\nCOPY . .\nRUN ${sync} --locked\n`,
    code: 'uv-workspace-members',
    said: [/not a workspace member|needs to be updated/, /Distribution not found at/][at] as RegExp,
  })),
  {
    name: 'workspace-unlocked',
    files: workspace,
    text: `${inFolder}COPY pyproject.toml uv.lock ./\nRUN ${sync} --no-install-workspace\n`,
    code: 'uv-workspace-members',
    said: /not a workspace member/,
    mend: {
      Dockerfile: `${inFolder}COPY pyproject.toml uv.lock ./\nRUN ${sync} --frozen --no-install-workspace\n`,
    },
  },
  {
    name: 'python-left-behind',
    files: { 'pyproject.toml': virtual, 'uv.lock': lockOf('virtual') },
    text: `FROM ${from} AS builder\nENV UV_MANAGED_PYTHON=1 UV_OFFLINE=1\n${ownPython}\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-cache\nFROM ${from}\nCOPY --from=builder /app/.venv /app/.venv\nRUN /app/.venv/bin/python -c 'print(1)'\n`,
    code: 'uv-python-left-behind',
    said: /\.venv\/bin\/python: (?:No such file|not found)/,
  },
];

describe('builds that are foretold to fail', { skip: from ? false : 'needs an engine' }, () => {
  for (const { name, files, text, code, said, mend } of failing) {
    test(name, async () => {
      write(name, { ...files, Dockerfile: text });
      const found = (await lint(name, text)).filter((finding) => finding.severity === 'error');
      assert.deepEqual(
        found.map((finding) => finding.code),
        [code],
      );
      const before = await build(name);
      assert.notEqual(before.code, 0, 'the build fails');
      assert.match(before.stderr + before.stdout, said);

      const [fix] = found.flatMap((finding) => finding.fixes());
      assert.ok(fix || mend, 'there is a way out');
      const ignored = fix?.ignoreLines?.map((line) => `${line}\n`).join('') ?? '';
      write(name, {
        Dockerfile: mend?.Dockerfile ?? applyEdits(text, fix?.edits ?? []),
        ...mend,
        ...(ignored && { '.dockerignore': `${files['.dockerignore'] ?? ''}${ignored}` }),
      });
      const fixed = mend?.Dockerfile ?? applyEdits(text, fix?.edits ?? []);
      assert.deepEqual(
        (await lint(name, fixed)).filter((finding) => finding.severity === 'error'),
        [],
      );
      const after = await build(name);
      assert.equal(after.code, 0, after.stderr);
    });
  }

  test('the packages that uv sync installs are not found by the Python of the system', async () => {
    const name = 'system-python';
    const text = (settings: string) =>
      `${inFolder}ENV UV_SYSTEM_PYTHON=1 UV_OFFLINE=1${settings}\nCOPY . .\nRUN uv sync --no-cache --no-editable\nCMD ["python3", "-c", "import bikes"]\n`;
    const files = { ...code, 'pyproject.toml': byUv('') };
    for (const [settings, isFound] of [
      ['', false],
      [' PATH=/app/.venv/bin:$PATH', true],
    ] as const) {
      write(name, { ...files, Dockerfile: text(settings) });
      const codes = (await lint(name, text(settings))).map((finding) => finding.code);
      assert.equal(codes.includes('uv-system-python-ignored'), !isFound);
      const built = await build(name);
      assert.equal(built.code, 0, built.stderr);
      const ran = await run('docker', ['run', '--rm', tagOf(name)], { env });
      assert.equal(ran.code === 0, isFound, ran.stderr);
      if (!isFound) assert.match(ran.stderr, /No module named 'bikes'/);
    }
  });
});
