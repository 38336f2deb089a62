import { readRequirement } from '../../../facts/requirements.ts';
import type { KnownProject } from '../known-project.ts';
import type { PresentDockerfile } from '../present-dockerfile.ts';
import { arrivedUses } from '../releases/arrived-uses.ts';
import { removedUses } from '../releases/removed-uses.ts';
import type { Dependencies } from './dependencies.ts';
import { heldReleases } from './held-releases.ts';
import { pickledBeside } from './pickled.ts';

/** What goes with a list: what the present Dockerfile installs by name, and what is held. A lock file holds all that is meant. */
export function withMore(
  dependencies: Dependencies,
  present: PresentDockerfile | undefined,
  known: KnownProject,
): Dependencies {
  const { context, texts } = known;
  const { source } = dependencies;
  if (source === 'lock') return dependencies;
  const isWhole = source === 'setup' || (source === 'pyproject' && (context.project?.isDynamic ?? false));
  const names = new Set(dependencies.asked.map(({ name }) => name));
  const more = (isWhole ? [] : (present?.pip ?? []))
    .flatMap((one) => readRequirement(one) ?? [])
    .filter(({ name }) => !names.has(name));
  const pickled =
    /^(?:poetry|pipenv)$/.test(source) || isWhole
      ? []
      : pickledBeside(known, [...dependencies.asked, ...more]);
  const written = new Map(pickled.map((one) => [one.name, one]));
  const all = [...dependencies.asked, ...more]
    .map((one) =>
      one.specifier === '' && written.has(one.name)
        ? { ...(written.get(one.name) ?? one), extras: one.extras }
        : one,
    )
    .concat(pickled.filter(({ name }) => ![...dependencies.asked, ...more].some((one) => one.name === name)));
  // What a lock file pins is held already, and what cannot be read of one may be.
  const isLocked = /^(?:poetry|pipenv)$/.test(source);
  const pins = new Set((dependencies.locked ?? []).map(({ name }) => name));
  const removed = isLocked ? [] : removedUses(texts, all);
  const held = heldReleases(all, texts, removed)
    .flatMap((one) => readRequirement(one) ?? [])
    .filter(({ name }) => !isLocked || (pins.size > 0 && !pins.has(name)));
  const arrived = isLocked ? [] : arrivedUses(texts, all);
  if (more.length + held.length + pickled.length === 0) return { ...dependencies, arrived };
  return {
    ...dependencies,
    arrived,
    pickled: pickled.map(({ name, specifier }) => `${name}${specifier}`),
    more: more
      .map(({ name, extras, exact }) => {
        const version = exact === undefined ? '' : `==${exact}`;
        return extras.length > 0 ? `'${name}[${extras.join(',')}]${version}'` : `${name}${version}`;
      })
      .concat(
        pickled.map(({ name, specifier }) =>
          /[<>]/.test(specifier) ? `'${name}${specifier}'` : `${name}${specifier}`,
        ),
      ),
    held,
    removed,
    asked: all,
  };
}
