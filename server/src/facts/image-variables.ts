import { imageVariables } from '../data/image-variables.ts';
import { baseImage, fullName } from './base-images.ts';
import { rootStage, type Stage } from './stages.ts';

/** The variables that the image below a stage sets, as a pattern; undefined where the image is not known. */
export function variablesOfImage(stage: Stage): RegExp | undefined {
  if (rootStage(stage).base.unknown.length > 0) return undefined;
  const name = fullName(baseImage(stage));
  return imageVariables.find((entry) => entry.image.test(name))?.variable;
}
