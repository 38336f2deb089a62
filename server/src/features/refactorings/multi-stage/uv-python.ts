import { basePython } from '../../../facts/base-python.ts';
import type { BuildContext } from '../../../facts/build-context.ts';
import type { Stage } from '../../../facts/stages.ts';
import { admitsPython } from '../../../facts/version-specifiers.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';

/**
 * Whether `uv sync` goes by the Python of the base image. Where the project asks for another one, uv downloads it to a folder
 * that the final stage does not have (uv documentation, "Python versions").
 */
export function usesBasePython(
  stage: Stage,
  context: BuildContext | undefined,
  sources: SourceTexts | undefined,
): boolean {
  const python = basePython(stage);
  const { project, lock, pinnedPython } = context ?? {};
  if (!python || !project) return false;
  const name = `${python.major}.${python.minor}`;
  if (pinnedPython !== undefined && pinnedPython !== name) return false;
  // The image has one patch level, of which only some tags tell.
  const patch = /\b\d+\.\d+\.\d+/.exec(sources?.get('.python-version') ?? '')?.[0];
  if (patch !== undefined && !stage.base.text.includes(`:${patch}`)) return false;
  const wanted = project.requiresPython ?? lock?.requiresPython ?? '';
  return admitsPython(wanted, python) !== false;
}
