import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { logFile, withLock } from './cache.ts';
import { onExit, run } from './processes.ts';
import type { Log, Missing } from './progress.ts';

/** Whether this process may install Debian packages: root, on Debian or what derives from it. */
export function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && /\bdebian\b/.test(osRelease());
}

export function onPath(program: string): string | undefined {
  // Daemons live in sbin, which an ordinary user's PATH lacks.
  const folders = [
    ...(process.env.PATH ?? '').split(path.delimiter),
    '/usr/local/sbin',
    '/usr/sbin',
    '/sbin',
  ];
  return folders.map((folder) => path.join(folder, program)).find((file) => existsSync(file));
}

export function installCommand(packages: readonly string[]): string {
  return `apt-get install -y --no-install-recommends ${packages.join(' ')} (as root, on Debian 12)`;
}

export type Need = { readonly package: string; readonly present: () => boolean };

/** A program that must be on PATH, and the package that brings it. */
export function program(name: string, packageName = name): Need {
  return { package: packageName, present: () => onPath(name) !== undefined };
}

/**
 * Installs, in one go, the packages that are not there. Their services stay down: the tests start
 * their own on sockets and ports of their own.
 */
export async function ensurePackages(needs: readonly Need[], log: Log): Promise<Missing | undefined> {
  const absent = () => [...new Set(needs.filter((need) => !need.present()).map((need) => need.package))];
  if (absent().length === 0) return undefined;
  if (!mayInstall()) return missing(absent(), 'only root on Debian may install packages');
  return withLock('apt', log, async () => {
    const packages = absent();
    if (packages.length === 0) return undefined;
    log('apt', `installing ${packages.join(' ')}`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    // A fresh machine has no lists, an old one has stale ones; a list that cannot be had need not matter.
    await run('apt-get', ['update'], { env, logFile: logFile('apt-update') });
    const allowServices = forbidServices();
    const result = await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      env,
      logFile: logFile('apt-install'),
    }).finally(allowServices);
    if (result.code !== 0) {
      const reason = result.stderr.trim().split('\n').at(-1) ?? 'it gave no reason';
      return missing(packages, `apt-get failed (${reason}; whole output in ${logFile('apt-install')})`);
    }
    const left = absent();
    return left.length ? missing(left, 'apt-get ended well, but they are still not there') : undefined;
  });
}

const policy = '/usr/sbin/policy-rc.d';

/** A packaged daemon is started by its maintainer script unless this file forbids it; ours lasts one installation. */
function forbidServices(): () => Promise<void> {
  if (existsSync(policy)) return async () => {};
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  return onExit(() => rmSync(policy, { force: true }));
}

function missing(packages: readonly string[], why: string): Missing {
  return { missing: packages.join(', '), why, install: installCommand(packages) };
}

function osRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
