// What changes contexts, and which one this workspace uses. The machine's own choice stays as it is.
import path from 'node:path';
import { t } from '@vscode/l10n';
import {
  createContext,
  type NewContext,
  removeConnections,
  removeContexts,
} from '../runtime/context-commands.ts';
import { failed } from '../runtime/failures.ts';
import { placeName } from '../runtime/place.ts';
import { machineContext } from '../runtime/sockets.ts';
import { changesOf } from '../ui/quiet-job.ts';
import { removeEach } from '../ui/remove-each.ts';
import type { Workbench } from '../ui/workbench.ts';
import { contextExists, contextGone, contextPatterns, goesOn } from './failures.ts';
import type { Context } from './model.ts';
import { loadContexts, programOf } from './tree.ts';

const change = changesOf({ name: 'contexts', topic: 'context', patterns: contextPatterns });

/** Only where its engine answers: else all views would stand empty. */
export function use(workbench: Workbench, context: Context) {
  return change(workbench, 'use', t('Using {0}', context.label), async () => {
    const now = workbench.place();
    const { kind, version, platform } = await workbench.engine.at(context.place).catch((error) => {
      throw goesOn(error, context.label, now ? placeName(now) : machineContext());
    });
    await workbench.usePlace(context.place);
    // The status bar says so also while no view asks.
    await workbench.engine.bind(workbench.engine.get);
    return {
      value: { name: context.label, kind, version, platform },
      message: t('This workspace uses {0} now.', context.label),
    };
  });
}

export function release(workbench: Workbench) {
  return change(workbench, 'release', t('Using the choice of the machine'), async () => {
    await workbench.usePlace(undefined);
    const now = (await workbench.engine.bind(() => loadContexts(workbench))).find(({ inUse }) => inUse);
    return {
      value: { name: now?.label },
      message: t('This workspace uses {0} now, as the machine does.', now?.label ?? ''),
    };
  });
}

export function create(workbench: Workbench, made: NewContext) {
  const { name } = made;
  return change(workbench, 'create', t('Creating the context {0}', name), async (facts) => {
    const named = async () =>
      (await loadContexts(workbench)).find(
        ({ label, place, isKept }) => isKept && place.kind === 'docker' && label === name,
      );
    if (await named()) throw failed(contextExists(name));
    await workbench.run(createContext(programOf('docker'), made, path.join), facts);
    const context = await named();
    if (!context) throw failed(contextGone(name));
    return {
      value: { name, address: context.address },
      message: t('The context {0} was created.', name),
    };
  });
}

/** The person has agreed to these. */
export function remove(workbench: Workbench, contexts: readonly Context[]) {
  const [only, ...others] = contexts;
  const step = others.length
    ? t('Removing {0} contexts', contexts.length)
    : t('Removing the context {0}', only?.label ?? '');
  return change(workbench, 'remove', step, async (facts) => {
    for (const [kind, removing, atOnce] of [
      ['docker', removeContexts, 100],
      ['podman', removeConnections, 1],
    ] as const) {
      const names = contexts.filter(({ place }) => place.kind === kind).map(({ label }) => label);
      if (!names.length) continue;
      await removeEach(
        names,
        async (some) => {
          for (let from = 0; from < some.length; from += atOnce)
            await workbench.run(removing(programOf(kind), some.slice(from, from + atOnce)), facts);
        },
        async () =>
          (await loadContexts(workbench))
            .filter(({ place }) => place.kind === kind)
            .map(({ label }) => label),
      );
    }
    const labels = contexts.map(({ label }) => label);
    return {
      value: { names: labels },
      message: others.length
        ? t('{0} contexts were removed.', labels.length)
        : t('The context {0} was removed.', labels[0] ?? ''),
    };
  });
}
