// Which program of Compose this engine has.
import { t } from '@vscode/l10n';
import { type Compose, composeCandidates, composeVersion } from '../runtime/compose-commands.ts';
import type { Engine } from '../runtime/engine.ts';
import { failed } from '../runtime/failures.ts';
import type { Workbench } from '../ui/workbench.ts';
import { composeMissing } from './failures.ts';

const found = new WeakMap<Engine, Compose>();

/** It is looked for again as long as there is none: it may be installed meanwhile. */
export async function findCompose({ engine, run }: Pick<Workbench, 'engine' | 'run'>): Promise<Compose> {
  const here = await engine.get();
  const known = found.get(here);
  if (known) return known;
  for (const candidate of composeCandidates(here)) {
    const facts = { step: t('Looking for Compose'), tool: 'engine' } as const;
    const full = await run(composeVersion(candidate), facts).catch(() => undefined);
    if (full === undefined) continue;
    const compose = { ...candidate, full };
    found.set(here, compose);
    return compose;
  }
  throw failed(composeMissing(here.kind));
}
