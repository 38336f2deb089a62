import type { ToldCode } from '../facts/build-context.ts';
import { listOf, stringOf, type Table, tableOf, tablesOf } from './toml-values.ts';

/**
 * The code that a build backend is told by name, without which it builds nothing: poetry-core 2.5.0, setuptools 80, flit-core
 * 3.12.0 and uv-build 0.13.6 end the build, and hatchling 1.33.0 makes a wheel without it (documentation of each).
 */
export function readToldCode({ poetry, setuptools, flit, hatch, uv }: Table): ToldCode[] {
  const backend = tableOf(uv)['build-backend'];
  const module = stringOf(tableOf(tableOf(flit).module).name);
  const wheel = tableOf(tableOf(tableOf(tableOf(hatch).build).targets).wheel);
  return [
    ...tablesOf(tableOf(poetry).packages).flatMap(({ include, from }) =>
      told(stringOf(include), (name) => {
        const path = [stringOf(from) ?? [], name].flat().join('/');
        return [path, `${path}/`];
      }),
    ),
    ...ofSetuptools(tableOf(setuptools)),
    ...told(module, (name) => ['', 'src/'].flatMap((root) => [`${root}${name}.py`, `${root}${name}/`])),
    ...listOf(wheel.packages).flatMap((path) => told(path, (name) => [name, `${name}/`])),
    ...ofUv(tableOf(backend)),
  ];
}

/** A pattern, or a path that leads out, is not followed. */
const told = (name: string | undefined, paths: (name: string) => string[]): ToldCode[] => {
  const plain = name?.replace(/^\.\//, '').replace(/\/$/, '') ?? '';
  const all = paths(plain);
  return /^[\w./-]+$/.test(plain) && !all.some((path) => path.includes('..'))
    ? [{ name: plain, paths: all }]
    : [];
};

/** Where `package-dir` names a folder for a package of its own, all are left to it. */
function ofSetuptools(setuptools: Table): ToldCode[] {
  const { '': root = '', ...others } = tableOf(setuptools['package-dir']);
  if (typeof root !== 'string' || Object.keys(others).length > 0) return [];
  const below = root === '' || root === '.' ? '' : `${root}/`;
  return [
    ...listOf(setuptools.packages).flatMap((one) =>
      told(one, (name) => [`${below}${name.replaceAll('.', '/')}/`]),
    ),
    ...listOf(setuptools['py-modules']).flatMap((one) =>
      told(one, (name) => [`${below}${name.replaceAll('.', '/')}.py`]),
    ),
  ];
}

function ofUv(backend: Table): ToldCode[] {
  const root = stringOf(backend['module-root']) ?? 'src';
  const below = root === '' || root === '.' ? '' : `${root}/`;
  const names = [stringOf(backend['module-name']) ?? listOf(backend['module-name'])].flat();
  return names.flatMap((one) => told(one, (name) => [`${below}${name.replaceAll('.', '/')}/`]));
}
