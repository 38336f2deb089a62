import { backendObjects } from '../../../data/build-backends.ts';
import { uncompiled } from '../../../data/compiled-packages.ts';
import { deadPackages } from '../../../data/dead-python-packages.ts';
import type { Requirement } from '../../../facts/requirements.ts';
import type { KnownProject } from '../known-project.ts';
import type { ReleaseLimit } from '../releases/releases.ts';
import type { Dependencies } from './dependencies.ts';
import { javaFault } from './java.ts';
import { isOldPoetry, missingReadme } from './package.ts';
import { repositoryFault } from './repository-needs.ts';

interface Built extends KnownProject {
  readonly isPackage: boolean;
  readonly staysInPlace: boolean;
  readonly rootBefore: string | undefined;
  readonly dependencies: Dependencies;
}

/** Why the project cannot be installed in a build, in a sentence; undefined where nothing speaks against it. */
export function buildFault(facts: Built, limit: ReleaseLimit | null, isWheel: boolean): string | undefined {
  const own = isWheel || !facts.isPackage ? undefined : backendFault(facts);
  const { source, asked } = facts.dependencies;
  const schema = asked.some(({ name }) => name === 'prisma')
    ? facts.context.files?.files.find(({ path }) => path.endsWith('schema.prisma'))?.path
    : undefined;
  // Prisma Client Python documentation, "Getting started": nothing is imported of it before.
  if (schema !== undefined && own === undefined)
    return `"prisma generate" makes the client of ${schema} in a step of its own: write that Dockerfile by hand.`;
  const java = own ?? javaFault(facts, limit);
  if (java !== undefined || source === 'lock') return java;
  const repository = repositoryFault(facts, facts.dependencies);
  if (repository !== undefined) return repository;
  const build = asked.find(({ exact }) => /\+(?:cu|cpu|rocm)/.test(exact ?? ''));
  if (build && /^(?:pyproject|setup)$/.test(source) && facts.context.project?.uv.indexes.length !== 1)
    return `PyPI has no ${build.name} ${build.exact}: name the index of PyTorch in [tool.uv], then add the files again.`;
  const hasPlaces = [...facts.texts].some(
    ([path, text]) => path.endsWith('.txt') && /^[ \t]*(?:-f|--find-links)\b/m.test(text),
  );
  return asked
    .map((one) => (hasPlaces || isAtAddress(one, facts) ? undefined : faultOf(one, limit)))
    .find((fault) => fault !== undefined);
}

/** What the project is built with cannot do what is asked of it. */
function backendFault(facts: Built): string | undefined {
  const manifest = facts.context.manifest?.text ?? '';
  if (facts.staysInPlace && isOldPoetry(facts) && facts.rootBefore === undefined)
    return 'pyproject.toml names poetry.masonry.api, which cannot install a project where it lies: take poetry.core.masonry.api of poetry-core, then add the files again.';
  // Of August 2022 and of February 2021 (PEP 660; setuptools 64 and flit 3.2, "History").
  const old = /["'](setuptools|flit[-_]core)[^"'\n]*(?:<=?|==|~=) *(\d+)/.exec(manifest);
  if (facts.staysInPlace && old && Number(old[2]) <= (old[1] === 'setuptools' ? 64 : 3))
    return `pyproject.toml asks for ${old[0].slice(1)}, which cannot install a project where it lies: take a newer one, then add the files again.`;
  // What Poetry's own backend became lies in a package of another name.
  const { buildRequires = [] } = facts.context.project ?? {};
  if (isOldPoetry(facts) && buildRequires.every((one) => /^(?:poetry-core|setuptools|wheel)$/.test(one)))
    return 'pyproject.toml names poetry.masonry.api as its build backend, which poetry-core does not have: take poetry.core.masonry.api, then add the files again.';
  const [, named = ''] = /^[ \t]*build-backend *= *["']([\w.:]+)["']/m.exec(manifest) ?? [];
  const [package_ = ''] = named.split('.', 1);
  const objects = Object.hasOwn(backendObjects, package_) ? backendObjects[package_] : undefined;
  if (objects && !objects.includes(named) && !/^[ \t]*backend-path *=/m.test(manifest))
    return `pyproject.toml names ${named} as its build backend, which ${package_} does not have: take ${objects[0]}, then add the files again.`;
  const readme = missingReadme(facts);
  if (readme !== undefined)
    return `pyproject.toml names ${readme}, which is not there, so that the project cannot be built: write it, or leave out "readme", then add the files again.`;
  const hook = [...facts.texts].find(
    ([path, text]) => /(?:^|\/)(?:hatch_build|build|setup)\.py$/.test(path) && callsOthers.test(text),
  );
  if (hook)
    return `${hook[0]} calls ${callsOthers.exec(hook[1])?.[1]} while the project is built, which an image of Python has not: write that Dockerfile by hand.`;
  return undefined;
}

const callsOthers =
  /["'](npm|npx|yarn|pnpm|bun|node|cargo|go|cmake|bazel)(?:["'][,\]]| (?:run|install|build|ci)\b)/;

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
  if (exact === undefined && specifier === '' && Object.hasOwn(deadPackages, name))
    return `What PyPI has by the name of ${name} does not install: take ${deadPackages[name]}.`;
  if (name === 'ta-lib' && exact !== undefined && isBefore(exact, '0.6.5'))
    return `ta-lib ${exact} is compiled with a library that Debian has not: take 0.6.5 or newer, which has wheels.`;
  // The first one for Python 3.7, which does not read the admin of those before (Django documentation, "Django 1.11.17 release notes").
  if (name === 'django' && exact !== undefined && isBefore(exact, '1.11.17'))
    return `django ${exact} runs on Python 3.6 and before, and these files are written for 3.8 and later: take 1.11.17 or newer, or write that Dockerfile by hand.`;
  // Of March 2025, and GLib 2.74 is that of Debian 12 (PyGObject, "Changelog").
  const isOld =
    /(?:==|<=?)3\.(?:[0-4]?\d|50)(?:[.,]|$)/.test(specifier) || (limit !== null && limit.date < '2025-03');
  if (name === 'pygobject' && !isOld)
    return 'The pygobject of today needs GLib 2.80, and Debian 12 has 2.74: write pygobject<3.51, or write that Dockerfile by hand.';
  return undefined;
}

const isBefore = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true }) < 0;
