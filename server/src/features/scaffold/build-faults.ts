import { uncompiled } from '../../data/compiled-packages.ts';
import type { Requirement } from '../../facts/requirements.ts';
import type { Dependencies } from './dependencies.ts';
import type { KnownProject } from './known-project.ts';
import { isOldPoetry } from './package.ts';
import type { ReleaseLimit } from './releases.ts';

interface Built extends KnownProject {
  readonly isPackage: boolean;
  readonly staysInPlace: boolean;
  readonly dependencies: Dependencies;
}

/** Why the project cannot be installed in a build, in a sentence; undefined where nothing speaks against it. */
export function buildFault(facts: Built, limit: ReleaseLimit | null): string | undefined {
  if (facts.isPackage && facts.staysInPlace && isOldPoetry(facts))
    return 'pyproject.toml names poetry.masonry.api, which cannot install a project where it lies: take poetry.core.masonry.api of poetry-core, then add the files again.';
  const { source, asked } = facts.dependencies;
  if (source === 'lock') return undefined;
  const hasPlaces = [...facts.texts].some(
    ([path, text]) => path.endsWith('.txt') && /^[ \t]*(?:-f|--find-links)\b/m.test(text),
  );
  return asked
    .map((one) => (hasPlaces || isAtAddress(one, facts) ? undefined : faultOf(one, limit)))
    .find((fault) => fault !== undefined);
}

/** `name @ https://…` */
const isAtAddress = ({ name }: Requirement, { texts, context }: KnownProject) =>
  [context.manifest?.text ?? '', ...texts.values()].some((text) =>
    text
      .split('\n')
      .some(
        (line) =>
          line.includes(' @ ') &&
          line.toLowerCase().replaceAll('_', '-').replace(/["' ]/g, '').startsWith(`${name}@`),
      ),
  );

function faultOf({ name, exact, specifier }: Requirement, limit: ReleaseLimit | null): string | undefined {
  const why = Object.hasOwn(uncompiled, name) ? uncompiled[name] : undefined;
  if (why !== undefined) return `${name} ${why}: leave it out, or write that Dockerfile by hand.`;
  if (name === 'ta-lib' && exact !== undefined && isBefore(exact, '0.6.5'))
    return `ta-lib ${exact} is compiled with a library that Debian has not: take 0.6.5 or newer, which has wheels.`;
  // Of March 2025, and GLib 2.74 is that of Debian 12 (PyGObject, "Changelog").
  const isOld =
    /(?:==|<=?)3\.(?:[0-4]?\d|50)(?:[.,]|$)/.test(specifier) || (limit !== null && limit.date < '2025-03');
  if (name === 'pygobject' && !isOld)
    return 'The pygobject of today needs GLib 2.80, and Debian 12 has 2.74: write pygobject<3.51, or write that Dockerfile by hand.';
  return undefined;
}

const isBefore = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true }) < 0;
