// Whether the registry has another image under the name of one that is here, or of the one that it was made on.
import * as l10n from '@vscode/l10n';
import { type Failure, failed } from '../runtime/failures.ts';
import { inspectImages } from '../runtime/image-commands.ts';
import { lastOfReference } from '../ui/short.ts';
import type { Workbench } from '../ui/workbench.ts';
import { atRegistry, type ComparedBase, compareBase, type OpenRegistry } from './base.ts';
import { imagePatterns, logIn, requireName } from './failures.ts';
import { parseReference } from './model.ts';

export type Compared = {
  readonly ref: string;
  readonly state: 'same' | 'newer' | 'own';
  readonly digest: string;
  /** What it was made on, where that is here as well. */
  readonly base?: ComparedBase | undefined;
};

export async function checkForNewer(
  workbench: Workbench,
  open: OpenRegistry,
  ref: string,
): Promise<Compared | undefined> {
  requireName(ref);
  const { registry } = parseReference(ref);
  const { host, path, tag } = atRegistry(ref);
  const engine = await workbench.engine.get();
  const step = l10n.t('Comparing {0} with its registry', ref);
  const facts = { step, tool: 'engine', image: ref, patterns: imagePatterns } as const;
  const [image] = await workbench.run(await inspectImages(engine, [ref]), facts);
  return workbench.job<Compared>({
    kind: 'images.update',
    title: step,
    tab: l10n.t('{0}: compare', lastOfReference(ref)),
    async work({ signal }) {
      // Said beside the answer, and so not in its way.
      const base = image && (await compareBase(workbench, open, image, signal, facts).catch(() => undefined));
      const known = (image?.digests ?? []).map((each) => each.split('@')[1]);
      const unnamed = ref.startsWith('sha256:') || registry === 'localhost';
      // A name without a registry, of an image that was made here, is nobody's at Docker Hub.
      if (base && !known.length && (unnamed || !registry)) {
        return { value: { ref, state: 'own', digest: base.digest, base }, ...told(ref, base) };
      }
      if (unnamed) throw failed(noRegistry(ref));
      const digest = await (await open(host, signal)).digest(path, tag);
      if (digest === 'missing') throw failed(notThere(ref, host));
      if (digest === 'denied') throw failed(refused(ref, host));
      const pull = pullOf(ref);
      if (known.includes(digest)) {
        const message = l10n.t('{0} is what its registry has.', ref);
        const more = base?.state === 'newer' ? told(ref, base) : undefined;
        return {
          value: { ref, state: 'same', digest, base },
          message: more ? `${message} ${more.message}` : message,
          next: more?.next ?? [],
        };
      }
      // One that was built here has no digest until it is pushed.
      if (!known.length)
        return {
          value: { ref, state: 'own', digest, base },
          message: l10n.t(
            '{0} was made here, and the registry {1} has another image of this name.',
            ref,
            host,
          ),
          next: [pull],
        };
      return {
        value: { ref, state: 'newer', digest, base },
        message: l10n.t('The registry {1} has another {0} than the one that is here.', ref, host),
        next: [pull],
      };
    },
  });
}

const pullOf = (ref: string) => ({
  label: l10n.t('Pull'),
  command: 'wheelhouse.images.pull',
  arguments: [{ image: ref }],
});

function told(ref: string, { ref: base, state }: ComparedBase) {
  if (state === 'same') {
    return { message: l10n.t('{0} was made on {1}, which is what its registry has.', ref, base), next: [] };
  }
  return {
    message: l10n.t(
      '{0} was made on {1}, of which the registry has a newer one; pull it, then build again.',
      ref,
      base,
    ),
    next: [{ ...pullOf(base), label: l10n.t('Pull {0}', base) }],
  };
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
