import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What lies around each Dockerfile: a project managed by uv, as our users have it. */
const around: Readonly<Record<string, string>> = {
  'pyproject.toml':
    '[project]\nname = "bikes"\nversion = "1.0.0"\nrequires-python = ">=3.11"\ndependencies = ["pandas", "torch"]\n',
  'requirements.txt': 'pandas==2.2.3\ntorch==2.5.1\nscikit-learn\n',
  '.dockerignore': '.git\n.venv\n**/__pycache__\n*.md\n',
  '.python-version': '3.12\n',
  'README.md': '# Bikes\n',
  'src/bikes/__init__.py': '',
  'src/bikes/app.py': 'print("bikes")\n',
  'tests/test_app.py': '',
};

/** Each Dockerfile in a project of its own; `remove` takes them all away. */
export function makeProjects(dockerfiles: readonly string[]): { files: string[]; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-bench-'));
  const files = dockerfiles.map((dockerfile, i) => {
    const project = path.join(folder, `project-${i}`);
    for (const [name, text] of Object.entries(around)) {
      const file = path.join(project, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const file = path.join(project, 'Dockerfile');
    writeFileSync(file, readFileSync(dockerfile));
    return file;
  });
  return { files, remove: () => rmSync(folder, { recursive: true }) };
}
