import {
  heldPackages,
  heldSince,
  numbaSince,
  pyarrowBeforeNumpy2,
  withFormerKeras,
  withNumba,
  withPyarrow,
} from '../../../data/held-packages.ts';
import { firstWithNumpy2 } from '../../../data/numpy-builds.ts';
import { wheelReleases } from '../../../data/wheel-pythons.ts';
import { type Requirement, readRequirement } from '../../../facts/requirements.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import { isLater, lowestOf } from '../releases/ages.ts';
import type { RemovedUse } from '../releases/removed-uses.ts';
import { besideProgram } from '../sources/applications.ts';
import type { Dependencies } from './dependencies.ts';
import { leavesIn } from './wheels-for-pythons.ts';

/** What is installed beside a list, as what it names or the programs go with no newer release, or not without an extra. */
export function heldReleases(
  listed: readonly Requirement[],
  texts: SourceTexts,
  removed: readonly RemovedUse[],
): string[] {
  // What the programs use bounds a list as the list itself does.
  const asked = listed.map((one) => {
    const bounds = removed.flatMap(({ name, last }) => (name === one.name ? `<=${last}` : []));
    return { ...one, specifier: [one.specifier, ...bounds].filter(Boolean).join(',') };
  });
  const names = new Set(asked.map(({ name }) => name));
  const importsIt = [...texts].some(
    ([path, text]) =>
      path.endsWith('.py') && path !== 'setup.py' && !besideProgram.test(path) && ofSetuptools.test(text),
  );
  const isOldNumpy =
    asked.some(isBeforeNumpy2) &&
    asked.every(
      (one) => one.name !== 'numpy' || (leavesIn('2.0', one) && compare(lowestOf(one) ?? '', '2') < 0),
    );
  const needed = heldPackages.flatMap(({ name, before, from, extra, needs }) =>
    asked.some(
      (one) =>
        one.name === name &&
        (before === undefined || !leavesIn(before, one)) &&
        (from === undefined || leavesIn(from, one)) &&
        (extra === undefined || names.has(extra) || one.extras.includes(extra)),
    )
      ? needs
      : [],
  );
  const hasOldNumpy = isOldNumpy || asked.some((one) => one.name === 'numpy' && !leavesIn('2.0', one));
  const arrow = hasOldNumpy && withPyarrow.some((name) => names.has(name)) ? [pyarrowBeforeNumpy2] : [];
  const hasFormerKeras =
    names.has('tf-keras') ||
    asked.some((one) => /^tensorflow(?:-cpu|-gpu)?$/.test(one.name) && !leavesIn('2.16', one));
  const keras = !hasFormerKeras && withFormerKeras.some((name) => names.has(name)) ? ['tf-keras'] : [];
  const all = [
    ...keras,
    ...(importsIt ? ['setuptools<81'] : []),
    ...[
      ...needed,
      ...arrow,
      ...(names.has('protobuf') && hasOldMessages(texts) ? ['protobuf<3.21'] : []),
    ].filter((one) => isLeft(one, asked)),
    ...(isOldNumpy ? ['numpy<2'] : []),
    ...(asked.some(isBareZenml) ? ['zenml[local]'] : []),
    ...removed.map(({ name, last }) => `${name}<=${last}`),
  ];
  // Of several bounds of one package the lowest tells all.
  const lowest = new Map<string, string>();
  for (const one of all) {
    const name = readRequirement(one)?.name ?? one;
    const other = lowest.get(name);
    if (other === undefined || compare(boundOf(one), boundOf(other)) < 0) lowest.set(name, one);
  }
  return [...lowest].flatMap(([name, one]) => (name === 'setuptools' && names.has(name) ? [] : one));
}

/** With what is held for a Python alone, and was there by a day. */
export function withHeldFor(
  dependencies: Dependencies,
  python: string,
  day: string | undefined,
): Dependencies {
  const since = numbaSince.get(python);
  const release = wheelReleases.numba?.[python]?.[0];
  const { source, asked, held = [] } = dependencies;
  const isBrought =
    asked.some(({ name }) => withNumba.includes(name)) &&
    asked.every(({ name, specifier }) => name !== 'numba' || specifier === '');
  if (
    since === undefined ||
    release === undefined ||
    !isBrought ||
    !/^(?:requirements|pyproject|setup)$/.test(source)
  )
    return dependencies;
  if (day !== undefined && day < since) return dependencies;
  return {
    ...dependencies,
    held: [...held, ...[`numba>=${release}`].flatMap((one) => readRequirement(one) ?? [])],
  };
}

/** Messages that protoc before 3.19 wrote, which protobuf 4 and later refuse to make (protobuf documentation, "Version Support"). */
const hasOldMessages = (texts: SourceTexts) =>
  [...texts].some(
    ([path, text]) => path.endsWith('_pb2.py') && /^DESCRIPTOR = _descriptor\.FileDescriptor\(/m.test(text),
  );

const boundOf = (requirement: string) => requirement.replace(/^[^<]*<=?/, '');
const compare = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true });

/** Whether a list leaves open what is needed: it names no release, or none above those that are held. */
const isLeft = (need: string, asked: readonly Requirement[]) =>
  asked.every(
    (one) =>
      (one.name !== readRequirement(need)?.name && !isOfFamily(one, need)) ||
      one.specifier === '' ||
      (need.includes('<') && one.exact === undefined && compare(lowestOf(one) ?? '', boundOf(need)) < 0),
  );

/** The parts of OpenTelemetry bound each other to releases of one day. */
const isOfFamily = ({ name }: Requirement, need: string) =>
  name.startsWith('opentelemetry-') && need.startsWith('opentelemetry-');

const ofSetuptools = /^[ \t]*(?:import|from) pkg_resources\b/m;

/** Whether no release that is asked for goes with NumPy 2. */
function isBeforeNumpy2(asked: Requirement): boolean {
  const first = Object.hasOwn(firstWithNumpy2, asked.name) ? firstWithNumpy2[asked.name] : undefined;
  return first !== undefined && !leavesIn(first, asked);
}

/** ZenML keeps its runs in a file with this extra alone since 0.90 (its metadata on PyPI, November 2026). */
const isBareZenml = ({ name, extras, exact }: Requirement) =>
  name === 'zenml' &&
  !extras.some((extra) => /^(?:local|server)$/.test(extra)) &&
  (exact === undefined || exact.localeCompare('0.90', 'en', { numeric: true }) >= 0);

/** What came later than all that is taken needs no bound besides, and none that is not there yet is asked for. */
export const withoutBounds = (dependencies: Dependencies, day: string): Dependencies => ({
  ...dependencies,
  held: (dependencies.held ?? []).filter(({ name, specifier }) => {
    const [, bound] = /^<([\d.]+)$/.exec(specifier) ?? [];
    return bound === undefined ? (heldSince.get(name) ?? '') <= day : !isLater(name, bound, day);
  }),
});
