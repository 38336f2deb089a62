// `npm start`: the extension on a copy of the example project, with everything that it can work with running.
// `npm start -- --check` starts it all, asks each part once, and ends.
import { cpSync } from 'node:fs';
import path from 'node:path';
import { startHost } from './e2e/host.ts';
import { setUpParts } from './parts/all.ts';
import { baseImages } from './parts/base-image.ts';
import { repository } from './parts/cache.ts';
import { onPath } from './parts/debian.ts';
import { type Parts, toolEnvironment } from './parts/environment.ts';
import {
  run,
  runOrThrow,
  startService,
  stopEverything,
  stopOnSignals,
  temporaryFolder,
} from './parts/processes.ts';
import { createLog, describeMissing } from './parts/progress.ts';

const checkOnly = process.argv.includes('--check');
stopOnSignals();
const log = createLog();

try {
  await start();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
  await stopEverything();
}

async function start(): Promise<void> {
  const code = onPath('code');
  const online = await canPull();
  const parts = await setUpParts(log, {
    codeServer: !code,
    chromium: false,
    builder: false,
    podman: false,
    rootless: false,
    sshServer: false,
    registries: ['protected'],
    baseStandIn: !online,
  });
  const env = toolEnvironment(parts);
  if (online) delete env.UV_OFFLINE;
  const project = await copyExample();
  const address = code ? openDesktop(code, project, env) : await serve(parts, project, env);
  introduce(parts, project, address);
  if (checkOnly) {
    const faults = await check(parts, address, env);
    for (const fault of faults) process.stderr.write(`${fault}\n`);
    if (faults.length) process.exitCode = 1;
    else process.stdout.write('Checked: the editor, the engine and the registry answer.\n');
    await stopEverything();
  }
}

/** Whether builds can pull the published base image, so that no stand-in is needed. */
async function canPull(): Promise<boolean> {
  const registry = baseImages[0]?.split('/')[0];
  const answer = await fetch(`https://${registry}/v2/`, { signal: AbortSignal.timeout(5_000) }).catch(
    () => undefined,
  );
  return answer !== undefined;
}

async function copyExample(): Promise<string> {
  const project = path.join(temporaryFolder('example'), 'bikes');
  cpSync(path.join(repository, 'test/example'), project, { recursive: true });
  const git = (...args: string[]) => runOrThrow('git', args, { cwd: project });
  await git('init', '--quiet', '--initial-branch=main');
  // The registry path of a push is derived from it.
  await git('remote', 'add', 'origin', 'https://github.com/owner/bikes.git');
  await git('add', '.');
  const author = ['-c', 'user.name=Newcomer', '-c', 'user.email=newcomer@example.com'];
  await git(...author, 'commit', '--quiet', '--no-gpg-sign', '--no-verify', '-m', 'Start');
  return project;
}

/** The desktop VS Code, with data of its own: only so does it get this environment while another one runs. */
function openDesktop(code: string, project: string, env: NodeJS.ProcessEnv): undefined {
  const data = temporaryFolder('code');
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const folders = [
    '--user-data-dir',
    path.join(data, 'data'),
    '--extensions-dir',
    path.join(data, 'extensions'),
  ];
  const extension = `--extensionDevelopmentPath=${repository}`;
  const args = [extension, '--new-window', '--disable-workspace-trust', ...folders, ...root, project];
  startService(code, args, path.join(data, 'code.log'), { env });
  return undefined;
}

async function serve(parts: Parts, project: string, env: NodeJS.ProcessEnv): Promise<string> {
  if (!parts.browser) throw new Error(parts.missing.map(describeMissing).join('\n'));
  log('code-server', 'starting');
  const settings = { 'workbench.startupEditor': 'readme' };
  const host = await startHost(parts.browser, { env, settings, unpacked: [repository] });
  return `${host.origin}/?folder=${encodeURIComponent(project)}`;
}

function introduce(parts: Parts, project: string, address: string | undefined): void {
  const { engine, protectedRegistry } = parts;
  const lines = [
    '',
    address ? `  Wheelhouse is open at  ${address}` : '  Wheelhouse is open in a new window of VS Code.',
    '',
    `  The project is a copy of the example, at ${project}; it goes when this ends.`,
    '  1. Open Dockerfile: each squiggle is a flaw on purpose. Ctrl+. fixes it.',
    '  2. Ctrl+Shift+P, then Wheelhouse: Build Wheel, Build Image, Run Container.',
    ...(protectedRegistry
      ? [
          '  3. Wheelhouse: Log In to Registry, then Push Image, with this one, which is empty:',
          `       registry  ${protectedRegistry.address}`,
          `       user      ${protectedRegistry.user}`,
          `       token     ${protectedRegistry.password}`,
        ]
      : []),
    '',
    ...(engine?.own ? ['  No engine answered, so one was started; it ends with this.'] : []),
    ...(engine?.baseStandIn
      ? [`  ${baseImages[0]} cannot be pulled here; a stand-in made from Debian packages has its name.`]
      : []),
    ...parts.missing.map((part) => `  ${describeMissing(part)}`),
    '  Ctrl+C ends everything that was started here.',
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function check(parts: Parts, address: string | undefined, env: NodeJS.ProcessEnv): Promise<string[]> {
  const faults: string[] = [];
  const status = address ? (await fetch(address)).status : 200;
  if (status !== 200) faults.push(`The editor answers ${status} at ${address}.`);
  const engine = await run('docker', ['version'], { env });
  if (engine.code !== 0) faults.push(`The engine does not answer: ${engine.stderr.trim()}`);
  const { address: registry, user, password } = parts.protectedRegistry ?? {};
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const answer = registry ? await fetch(`http://${registry}/v2/`, { headers: { authorization } }) : undefined;
  if (answer?.status !== 200) faults.push('The registry does not answer to its account.');
  return faults;
}
