// npm runs this before it packs a checkout, also when a program is installed from the repository. Plain JavaScript, as the
// Node that installs may be any from 20 on.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const npm = process.env.npm_execpath;

// `npm install --global git+…` hands `global` down to the npm that prepares the checkout, which then brings no dependencies
// (npm 11.19).
if (!isInstalled() && npm) {
  const flags = ['--global=false', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  run(npm, ['ci', ...flags], { npm_config_global: 'false', npm_config_location: 'project' });
}
run('esbuild.mjs', ['server', 'cli']);

function isInstalled() {
  try {
    createRequire(import.meta.url).resolve('esbuild');
    return true;
  } catch {
    return false;
  }
}

/** Runs a script with this Node, and ends like it where it fails. */
function run(script, args, changes = {}) {
  const env = { ...process.env, ...changes };
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: repository,
    env,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
