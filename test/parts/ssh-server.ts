import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { logFile } from './cache.ts';
import { installCommand, onPath } from './debian.ts';
import { onExit, run, runOrThrow, startService, temporaryFolder, waitUntil } from './processes.ts';
import type { Missing } from './progress.ts';
import { freePort } from './registry.ts';

export type SshServer = {
  readonly port: number;
  /** A folder for PATH with an `ssh` that has the key and knows the server, as a person's configuration would. */
  readonly client: string;
  /** Lets the client forget the server, or its key. */
  forget(what: 'server' | 'key'): void;
};

/** OpenSSH on this machine, for root, whose sessions have a variable set. */
export async function startSshServer(
  environment: Readonly<Record<string, string>>,
): Promise<SshServer | Missing> {
  const missing = (why: string) => ({
    missing: 'sshd',
    why,
    install: installCommand(['openssh-server', 'openssh-client']),
  });
  const program = onPath('sshd');
  const ssh = onPath('ssh');
  if (!program || !ssh || process.getuid?.() !== 0) return missing('no sshd is there that root could start');
  const folder = temporaryFolder('ssh');
  const place = (name: string) => path.join(folder, name);
  for (const name of ['host', 'key', 'other'])
    await runOrThrow('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', place(name)]);
  const port = await freePort();
  // sshd gives up its rights there, and nothing else makes it where no service was ever started.
  mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  writeFileSync(
    place('sshd_config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${place('host')}`,
      `AuthorizedKeysFile ${place('key.pub')}`,
      'StrictModes no',
      'PidFile none',
      'UsePAM no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      'PermitRootLogin prohibit-password',
      `SetEnv ${Object.entries(environment)
        .map(([name, value]) => `${name}="${value}"`)
        .join(' ')}`,
      '',
    ].join('\n'),
  );
  const known = `[127.0.0.1]:${port} ${readFileSync(place('host.pub'), 'utf8')}`;
  const configure = (key: string, hosts: string) => {
    writeFileSync(place('known_hosts'), hosts);
    writeFileSync(
      place('ssh_config'),
      [
        'Host *',
        `IdentityFile ${place(key)}`,
        'IdentitiesOnly yes',
        'IdentityAgent none',
        `UserKnownHostsFile ${place('known_hosts')}`,
        'GlobalKnownHostsFile /dev/null',
        '',
      ].join('\n  '),
    );
  };
  configure('key', known);
  const client = place('bin');
  mkdirSync(client);
  writeFileSync(path.join(client, 'ssh'), `#!/bin/sh\nexec '${ssh}' -F '${place('ssh_config')}' "$@"\n`);
  chmodSync(path.join(client, 'ssh'), 0o755);
  const service = startService(program, ['-D', '-e', '-f', place('sshd_config')], logFile(`sshd-${port}`));
  onExit(() => service.stop());
  const answers = async () => {
    const args = ['-p', String(port), 'root@127.0.0.1', 'true'];
    return (await run(path.join(client, 'ssh'), args)).code === 0;
  };
  if (!(await waitUntil(answers, { timeout: 20_000, while: service.running })))
    return missing(`it did not start: ${service.tail()}`);
  return {
    port,
    client,
    forget: (what) => (what === 'server' ? configure('key', '') : configure('other', known)),
  };
}
