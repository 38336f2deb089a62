// Brings an image from its registry to the engine.
import * as l10n from '@vscode/l10n';
import { failed, type Pattern } from '../runtime/failures.ts';
import { inspectImages, pullImage } from '../runtime/image-commands.ts';
import { rememberUse } from '../runtime/registry-logins.ts';
import { lastOfReference } from '../ui/short.ts';
import { formatBytes } from '../ui/words.ts';
import type { Workbench } from '../ui/workbench.ts';
import { logIn, notConfirmed, registryOf, requireName, runPatterns } from './failures.ts';
import { goingOn } from './going-on.ts';
import { countLayers } from './layer-progress.ts';
import { parseReference } from './model.ts';
import { askReference } from './push.ts';

export type PulledImage = { readonly ref: string; readonly imageId: string };

/** What engines say where a registry has no such image, or does not tell whether it has. */
const unknownThere: Pattern = {
  id: 'image-unknown',
  when: [
    /pull access denied/i,
    /repository (?:\S+ )?(?:does not exist|not found)/i,
    /manifest (?:for \S+ )?(?:unknown|not found)/i,
    /name unknown/i,
    /failed to resolve reference \S+ not found/i,
  ],
  say: (_, { image, registry }) => ({
    message: l10n.t('{0} has no image {1}, or shows it after a login only.', registry ?? '', image ?? ''),
    remedy: l10n.t('Check the name and tag, or log in.'),
    action: logIn(registry ?? 'docker.io'),
  }),
};

export async function pull(workbench: Workbench, argument: unknown): Promise<PulledImage | undefined> {
  const { image } = (argument ?? {}) as { image?: unknown };
  const given = typeof image === 'string' ? image : undefined;
  const prompt = l10n.t('Registry, name and tag to pull');
  const ref = withTag(given ?? (await askReference(l10n.t('Pull Image'), prompt, '')));
  if (ref === undefined) return undefined;
  requireName(ref);
  return workbench.job<PulledImage>({
    kind: 'images.pull',
    repeats: true,
    title: l10n.t('Pull {0}', ref),
    tab: l10n.t('{0}: pull', lastOfReference(ref)),
    async work(job) {
      const engine = await workbench.engine.get();
      const facts = {
        step: l10n.t('The pull of {0}', ref),
        tool: 'engine',
        image: ref,
        registry: registryOf(ref),
        patterns: [unknownThere, ...runPatterns],
      } as const;
      try {
        await job.run(await pullImage(engine, ref), { ...facts, progress: countLayers() });
      } catch (error) {
        throw goingOn(error, 'wheelhouse.images.pull', { image: ref });
      } finally {
        workbench.changed('image');
      }
      const [pulled] = await workbench.run(await inspectImages(engine, [ref]), facts);
      if (!pulled) throw failed(notConfirmed('image-not-pulled', ref));
      await rememberUse(workbench.memory, registryOf(ref));
      workbench.changed('registry');
      return {
        value: { ref, imageId: pulled.id },
        message: l10n.t('{0} was pulled, {1}, {2}.', ref, formatBytes(pulled.bytes), pulled.platform),
        next: [{ label: l10n.t('Run'), command: 'wheelhouse.images.run', arguments: [{ ref }] }],
      };
    },
  });
}

/** Without tag and digest engines mean `latest`, and it is better read than guessed. */
function withTag(ref: string | undefined): string | undefined {
  if (!ref) return undefined;
  const { tag, digest } = parseReference(ref);
  return tag || digest ? ref : `${ref}:latest`;
}
