// Environments that `uv sync` makes, and `uv run` in the final stage.
import type { OptimizeCase } from '../case.ts';

const only = ['multi-stage'];
const hello = { 'app.py': 'import rich\n\nprint("hello from", rich.__version__)\n' };

export const syncs: readonly OptimizeCase[] = [
  {
    name: 'two-syncs-of-uv',
    about: 'the two syncs of uv’s documentation',
    files: {
      'pyproject.toml':
        '[project]\nname = "rides"\nversion = "1.0"\nrequires-python = ">=3.11"\ndependencies = ["rich==14.1.0"]\n\n[project.scripts]\nrides = "rides:main"\n\n[build-system]\nrequires = ["uv_build"]\nbuild-backend = "uv_build"\n',
      'src/rides/__init__.py': 'import rich\n\n\ndef main():\n    print("rides", rich.__version__)\n',
      Dockerfile:
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nWORKDIR /app\nENV UV_LINK_MODE=copy\nRUN --mount=type=cache,target=/root/.cache/uv \\\n    --mount=type=bind,source=uv.lock,target=uv.lock \\\n    --mount=type=bind,source=pyproject.toml,target=pyproject.toml \\\n    uv sync --locked --no-install-project --no-dev\nCOPY src src\nRUN --mount=type=cache,target=/root/.cache/uv \\\n    --mount=type=bind,source=uv.lock,target=uv.lock \\\n    --mount=type=bind,source=pyproject.toml,target=pyproject.toml \\\n    uv sync --locked --no-dev --no-editable\nENV PATH=/app/.venv/bin:$PATH\nCMD ["rides"]\n',
    },
    lock: true,
    only,
  },
  {
    name: 'second-sync-below',
    about: 'a second sync that reads the copied lock file',
    files: {
      'pyproject.toml':
        '[project]\nname = "rides"\nversion = "1.0"\nrequires-python = ">=3.11"\nreadme = "README.md"\ndependencies = ["rich==14.1.0"]\n\n[project.scripts]\nrides = "rides:main"\n\n[build-system]\nrequires = ["uv_build"]\nbuild-backend = "uv_build"\n',
      'README.md': '# Rides\n',
      'src/rides/__init__.py': 'import rich\n\n\ndef main():\n    print("rides", rich.__version__)\n',
      Dockerfile:
        'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nWORKDIR /app\nCOPY pyproject.toml uv.lock README.md ./\nRUN uv sync --locked --no-install-project\nCOPY src src\nRUN uv sync --locked\nCMD ["/app/.venv/bin/rides"]\n',
    },
    lock: true,
    only,
  },
  ...(
    [
      ['uv-runs-a-script', 'a script', '"app.py"'],
      ['uv-runs-a-module', 'a module', '"-m", "app"'],
      ['uv-runs-with-flags', 'a script without another sync', '"--no-sync", "--", "python", "app.py"'],
    ] as const
  ).map(
    ([name, what, words]): OptimizeCase => ({
      name,
      about: `\`uv run\` starts ${what}`,
      files: {
        ...hello,
        'pyproject.toml':
          '[project]\nname = "app"\nversion = "1.0"\nrequires-python = ">=3.11"\ndependencies = ["rich==14.1.0"]\n',
        Dockerfile: `FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked --no-install-project\nCOPY . .\nCMD ["uv", "run", ${words}]\n`,
      },
      lock: true,
      only,
    }),
  ),
];
