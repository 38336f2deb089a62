// Finds packages and wheels in the workspace, through the file system API only.
import * as vscode from 'vscode';
import type { Project } from '../runtime/pyproject.ts';
import {
  dockerfilePattern,
  type FoundProject,
  listFolder,
  readProject,
  readText,
  upward,
} from '../ui/workspace.ts';
import { type PackageState, packageState, type Wheel, type WheelFile, wheelsOf } from './model.ts';
import { takesWheel, wheelSources } from './wanted.ts';

export type Package = {
  readonly folder: vscode.Uri;
  readonly project: Project;
  readonly wheels: readonly (Wheel & { readonly uri: vscode.Uri })[];
  readonly state: PackageState;
};

const ofOthers = '{**/.venv/**,**/venv/**,**/node_modules/**,**/site-packages/**,**/.git/**}';
const skipped = ofOthers.replace('}', ',**/dist/**,**/build/**}');
const noise = '{**/__pycache__/**,**/*.egg-info/**,**/.venv/**,**/node_modules/**}';

export async function findProjects(): Promise<readonly FoundProject[]> {
  const files = await vscode.workspace.findFiles('**/pyproject.toml', skipped, 100);
  files.sort((a, b) => a.path.length - b.path.length || a.path.localeCompare(b.path));
  const found = await Promise.all(files.map((file) => readProject(vscode.Uri.joinPath(file, '..'))));
  return found.filter((project) => project !== undefined);
}

/** With no package, whether there is any Python at all: a file of it, or a description of a project. */
export async function lacksPython(): Promise<boolean> {
  const pattern = '**/{*.py,*.ipynb,pyproject.toml,requirements*.txt,setup.cfg,Pipfile}';
  return !(await vscode.workspace.findFiles(pattern, skipped, 1)).length;
}

/** The packages among these whose wheel a Dockerfile takes. */
export async function wantedOf(packages: readonly Package[]): Promise<readonly Package[]> {
  if (!packages.length) return [];
  const files = await vscode.workspace.findFiles(dockerfilePattern, ofOthers, 100);
  const places = (folder: vscode.Uri) => upward(folder).map(({ path }) => path);
  const dockerfiles = await Promise.all(
    files.map(async (file) => ({
      sources: wheelSources((await readText(file)) ?? ''),
      upward: places(vscode.Uri.joinPath(file, '..')),
    })),
  );
  return packages.filter(({ folder, project: { name } }) =>
    dockerfiles.some((dockerfile) => takesWheel(dockerfile, { upward: places(folder), name })),
  );
}

export async function loadPackage({ folder, project }: FoundProject): Promise<Package> {
  const [files, modified] = await Promise.all([listWheels(folder), sourcesModified(folder, project)]);
  const uris = new Map(files.map(({ file, uri }) => [file, uri]));
  const wheels = wheelsOf(project, files, modified).flatMap((wheel) => {
    const uri = uris.get(wheel.file);
    return uri ? [{ ...wheel, uri }] : [];
  });
  return { folder, project, wheels, state: packageState(wheels) };
}

/**
 * uv puts the wheels of a workspace's members into the root's dist, so the folders upward count too.
 * It also writes a .gitignore into dist, which hides wheels from findFiles: the folder is listed instead.
 */
async function listWheels(folder: vscode.Uri): Promise<readonly (WheelFile & { uri: vscode.Uri })[]> {
  const found: (WheelFile & { uri: vscode.Uri })[] = [];
  for (const place of upward(folder)) {
    const dist = vscode.Uri.joinPath(place, 'dist');
    for (const [file, type] of await listFolder(dist)) {
      if (type !== vscode.FileType.File || !file.endsWith('.whl')) continue;
      const uri = vscode.Uri.joinPath(dist, file);
      const { mtime, size } = await vscode.workspace.fs.stat(uri);
      found.push({ file, modified: mtime, bytes: size, uri });
    }
  }
  return found;
}

async function sourcesModified(folder: vscode.Uri, project: Project): Promise<number> {
  const flat = project.name.replace(/[-.]+/g, '_');
  const sources = new vscode.RelativePattern(folder, `{src/**,${flat}/**/*.py,pyproject.toml,uv.lock}`);
  const files = await vscode.workspace.findFiles(sources, noise, 1000);
  const times = await Promise.all(
    files.map(async (file) => {
      try {
        return (await vscode.workspace.fs.stat(file)).mtime;
      } catch {
        return 0;
      }
    }),
  );
  return Math.max(0, ...times);
}
