// What takes disk space in the engine.
import { t } from '@vscode/l10n';
import { dockerDiskUsage, readPodmanUsage } from '../runtime/disk-commands.ts';
import { type DiskUsage, dockerUsage } from '../runtime/disk-usage.ts';
import { engineNames } from '../runtime/engine.ts';
import { failed, notByNerdctl, type Pattern, unreadable } from '../runtime/failures.ts';
import { type EngineUser, overHttp } from './connection.ts';

/** The engine walks through all that containers and volumes hold. */
const timeoutMs = 300_000;

export async function readDiskUsage(user: EngineUser, patterns: readonly Pattern[]): Promise<DiskUsage> {
  const engine = await user.engine.get();
  const facts = { step: t('Looking what takes disk space'), tool: 'engine', timeoutMs, patterns } as const;
  if (engine.nerdctl) throw failed(notByNerdctl(engineNames[engine.nerdctl], t('what takes disk space')));
  if (engine.kind === 'podman') return readPodmanUsage(engine, (command) => user.run(command, facts));
  const usage = await overHttp(user, async (http) =>
    dockerUsage(await http.get('/system/df?verbose=1', timeoutMs)),
  );
  if (usage) return usage;
  await user.run(dockerDiskUsage(engine), facts);
  throw failed(unreadable(facts));
}
