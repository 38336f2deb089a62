// What a registry tells of a tag: its digest, size, platforms and age, without its layers.
import { t } from '@vscode/l10n';
import type { RegistryApi } from '../runtime/registry-api.ts';
import { facts, type Markdown, plain } from '../ui/plain-text.ts';
import { formatAge, formatBytes } from '../ui/words.ts';
import { configFacts, leadsTo, type ManifestFacts, manifestFacts } from './manifest.ts';

export type TagFacts = ManifestFacts & { readonly digest?: string; readonly created?: Date };

export async function readTag(
  api: RegistryApi,
  repository: string,
  tag: string,
): Promise<TagFacts | 'missing' | 'denied'> {
  const found = await api.manifest(repository, tag);
  if (typeof found === 'string') return found;
  const { platforms, bytes } = manifestFacts(found.content);
  const told = { digest: found.digest, platforms, bytes };
  try {
    const { image } = leadsTo(found.content);
    const inner = image === undefined ? found : await api.manifest(repository, image);
    const content = typeof inner === 'string' ? undefined : inner.content;
    const { config } = leadsTo(content);
    const more = configFacts(config && (await api.config(repository, config)));
    return {
      ...told,
      bytes: bytes ?? manifestFacts(content).bytes,
      platforms: platforms.length || !more.platform ? platforms : [more.platform],
      created: more.created,
    };
  } catch {
    // What the manifest says holds without it.
    return told;
  }
}

const mostPlatforms = 3;

/** For a row: of several platforms the size is that of the first. */
export function tagRowWords({ bytes, platforms, created }: TagFacts): string {
  const more = platforms.length - mostPlatforms;
  return [
    bytes !== undefined && formatBytes(bytes),
    [...platforms.slice(0, mostPlatforms), ...(more > 0 ? [`+${more}`] : [])].join(', '),
    // An age would not move with the time.
    created?.toISOString().slice(0, 10),
  ]
    .filter(Boolean)
    .join(' · ');
}

export function describeTagFacts({ digest, bytes, platforms, created }: TagFacts): Markdown {
  const [first = '', ...others] = platforms;
  const size = formatBytes(bytes ?? 0);
  const words = others.length ? t('{0}, compressed, for {1}', size, first) : t('{0}, compressed', size);
  return facts([
    [t('Digest'), digest === undefined ? undefined : plain(digest)],
    [t('Size'), bytes === undefined ? undefined : plain(words)],
    [t('Platforms'), platforms.length ? plain(platforms.join(', ')) : undefined],
    [t('Made'), created && plain(formatAge(created))],
  ]);
}
