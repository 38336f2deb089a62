import { firstWithNumpy2 } from '../../data/numpy-builds.ts';
import type { Requirement } from '../../facts/requirements.ts';
import type { SourceTexts } from '../../project/source-texts.ts';
import { leavesIn } from './wheels-for-pythons.ts';

/** What is installed beside a list, as what it names goes with no newer release, or not without an extra. */
export function heldReleases(asked: readonly Requirement[], texts: SourceTexts): string[] {
  const names = new Set(asked.map(({ name }) => name));
  const importsIt = [...texts].some(
    ([path, text]) => path.endsWith('.py') && path !== 'setup.py' && ofSetuptools.test(text),
  );
  const isOldNumpy =
    asked.some(isBeforeNumpy2) && asked.every((one) => one.name !== 'numpy' || leavesIn('2.0', one));
  return [
    ...((importsIt && !names.has('setuptools')) || asked.some(importsPkgResources) ? ['setuptools<81'] : []),
    ...(isOldNumpy ? ['numpy<2'] : []),
    ...(asked.some(isBareZenml) ? ['zenml[local]'] : []),
  ];
}

const ofSetuptools = /^[ \t]*(?:import|from) pkg_resources\b/m;

/** gunicorn before 21 imports pkg_resources, which setuptools 82 has no more (both by the wheels on PyPI, November 2026). */
const importsPkgResources = ({ name, exact }: Requirement) =>
  name === 'gunicorn' && exact !== undefined && Number.parseInt(exact, 10) < 21;

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
