import type { ScaffoldKind } from '../../../protocol/requests.ts';
import type { ImageFacts } from '../project.ts';

interface Image {
  readonly facts: ImageFacts;
  readonly kind: ScaffoldKind;
  readonly cuda: unknown;
}

/** Where the browsers lie, so that the user of the image finds what root installed. */
export const browsersPath = '/opt/playwright';

/**
 * The browsers that the programs start, for `playwright install`; undefined where none are to be installed. Releases before
 * 1.31 do not know Debian 12 (Playwright, "Release notes"), and on Ubuntu of CUDA their packages are not tried.
 */
export function browsersOf({ facts, kind, cuda }: Image): string | undefined {
  const asked = facts.dependencies.asked.find(({ name }) => name === 'playwright');
  const locked = facts.context.lock?.packages.find(({ name }) => name === 'playwright')?.version;
  const version = asked?.exact ?? locked;
  const isOld = version !== undefined && version.localeCompare('1.31', 'en', { numeric: true }) < 0;
  const isLimited = version === undefined && facts.limit !== null && facts.limit.date < '2023-03';
  if (!asked || isOld || isLimited || cuda !== null || kind === 'wheel') return undefined;
  const programs = [...facts.texts].flatMap(([path, text]) => (path.endsWith('.py') ? text : [])).join('\n');
  const named = ['chromium', 'firefox', 'webkit'].filter((name) => programs.includes(`.${name}.`));
  return named.length === 0 ? 'chromium' : named.join(' ');
}
