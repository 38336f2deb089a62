// Whether the registry has another image under the name of one that is here.
import * as l10n from '@vscode/l10n';
import { type Failure, failed } from '../runtime/failures.ts';
import { inspectImages } from '../runtime/image-commands.ts';
import type { RegistryApi } from '../runtime/registry-api.ts';
import type { Workbench } from '../ui/workbench.ts';
import { imagePatterns, logIn, registryOf, requireName } from './failures.ts';
import { parseReference } from './model.ts';

/** Speaks with a registry as whoever is logged in there. */
export type OpenRegistry = (host: string, signal: AbortSignal) => Promise<RegistryApi>;

export type Compared = {
  readonly ref: string;
  readonly state: 'same' | 'newer' | 'own';
  readonly digest: string;
};

export async function checkForNewer(
  workbench: Workbench,
  open: OpenRegistry,
  ref: string,
): Promise<Compared | undefined> {
  requireName(ref);
  const { repository, registry, tag = 'latest' } = parseReference(ref);
  const host = registryOf(ref);
  if (ref.startsWith('sha256:') || registry === 'localhost') throw failed(noRegistry(ref));
  const path = registry ? repository.slice(registry.length + 1) : repository;
  const name = host === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
  const engine = await workbench.engine.get();
  const step = l10n.t('Comparing {0} with its registry', ref);
  const facts = { step, tool: 'engine', image: ref, patterns: imagePatterns } as const;
  const [image] = await workbench.run(await inspectImages(engine, [ref]), facts);
  return workbench.job<Compared>({
    kind: 'images.update',
    title: step,
    async work({ signal }) {
      const digest = await (await open(host, signal)).digest(name, tag);
      if (digest === 'missing') throw failed(notThere(ref, host));
      if (digest === 'denied') throw failed(refused(ref, host));
      const known = (image?.digests ?? []).map((each) => each.split('@')[1]);
      const pull = { label: l10n.t('Pull'), command: 'wheelhouse.images.pull', arguments: [{ image: ref }] };
      if (known.includes(digest))
        return {
          value: { ref, state: 'same', digest },
          message: l10n.t('{0} is what its registry has.', ref),
        };
      // One that was built here has no digest until it is pushed.
      if (!known.length)
        return {
          value: { ref, state: 'own', digest },
          message: l10n.t(
            '{0} was made here, and the registry {1} has another image of this name.',
            ref,
            host,
          ),
          next: [pull],
        };
      return {
        value: { ref, state: 'newer', digest },
        message: l10n.t('The registry {1} has another {0} than the one that is here.', ref, host),
        next: [pull],
      };
    },
  });
}

function noRegistry(ref: string): Failure {
  return {
    id: 'no-registry',
    message: l10n.t('{0} has no name in a registry.', ref),
    remedy: l10n.t('Tag it with one first.'),
  };
}

function notThere(ref: string, host: string): Failure {
  return {
    id: 'tag-missing',
    message: l10n.t('The registry {1} has no image {0}.', ref, host),
    remedy: l10n.t('Push it there, or tag it with a name that is there.'),
    action: { label: l10n.t('Push'), command: 'wheelhouse.images.push', arguments: [{ ref }] },
  };
}

function refused(ref: string, host: string): Failure {
  return {
    id: 'not-logged-in',
    message: l10n.t('The registry {1} does not tell whether it has {0}.', ref, host),
    remedy: l10n.t('Log in, then check again.'),
    action: logIn(host),
  };
}
