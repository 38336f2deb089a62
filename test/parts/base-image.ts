import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isMade, logFile, makeOnce } from './cache.ts';
import { installCommand, onPath } from './debian.ts';
import { runOrThrow } from './processes.ts';
import type { Log, Missing } from './progress.ts';
import type { Python } from './python.ts';

/**
 * Names that the example's Dockerfile uses as its base, before and after its fixes. Where no registry can be
 * reached they all mean the stand-in: Debian with Python 3.13 and uv, but not the published images.
 */
export const baseImages = [
  'ghcr.io/astral-sh/uv:python3.13-bookworm',
  'ghcr.io/astral-sh/uv:0.13.9-python3.13-trixie',
  'python:3.13-slim',
];

const recipe = 'trixie, python3, uv 0.13.9';

/** The stand-in's root file system as a tar file, to be given to `docker import`. */
export async function ensureBaseImage(python: Python, log: Log): Promise<string | Missing> {
  if (!baseImageIsCached() && (process.getuid?.() !== 0 || !onPath('debootstrap'))) {
    return {
      missing: 'base image',
      why: 'no registry answers, and only root with debootstrap can make a stand-in',
      install: installCommand(['debootstrap']),
    };
  }
  try {
    const folder = await makeOnce('base-image', recipe, log, (target) => makeStandIn(target, python, log));
    return path.join(folder, 'root.tar');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { missing: 'base image', why, install: installCommand(['debootstrap']) };
  }
}

export function baseImageIsCached(): boolean {
  return isMade('base-image', recipe);
}

async function makeStandIn(target: string, python: Python, log: Log): Promise<void> {
  log('base image', 'making a stand-in from Debian packages; takes about a minute the first time');
  const root = path.join(target, 'root');
  const include = '--include=python3,python3-venv,ca-certificates';
  await runOrThrow('debootstrap', ['--variant=minbase', include, 'trixie', root], {
    logFile: logFile('debootstrap'),
  });
  for (const useless of [
    'var/cache/apt/archives',
    'var/lib/apt/lists',
    'usr/share/doc',
    'usr/share/man',
    'usr/share/locale',
  ]) {
    rmSync(path.join(root, useless), { recursive: true, force: true });
  }
  mkdirSync(path.join(root, 'var/cache/apt/archives/partial'), { recursive: true });
  mkdirSync(path.join(root, 'var/lib/apt/lists/partial'), { recursive: true });
  // The published uv images let `uv pip install --system` work; Debian's Python forbids it with this file.
  for (const folder of readdirSync(path.join(root, 'usr/lib'))) {
    if (folder.startsWith('python3'))
      rmSync(path.join(root, 'usr/lib', folder, 'EXTERNALLY-MANAGED'), { force: true });
  }
  // The program itself: the path of ours is a link.
  copyFileSync(python.uv, path.join(root, 'usr/local/bin/uv'));
  await runOrThrow('ln', ['-s', '/usr/bin/python3', path.join(root, 'usr/local/bin/python')]);
  await runOrThrow('chroot', [root, 'uv', '--version']);
  await runOrThrow('tar', ['-C', root, '-cf', path.join(target, 'partial.tar'), '.']);
  renameSync(path.join(target, 'partial.tar'), path.join(target, 'root.tar'));
  rmSync(root, { recursive: true, force: true });
}
