import { contribNames } from '../../../data/opencv-modules.ts';
import { usedNames } from '../sources/used-names.ts';

/** What of a program only the builds of OpenCV with its contributed modules have, as `cv2.face`. */
export function contribUse(text: string): string | undefined {
  if (!/\bcv2\b/.test(text)) return undefined;
  const names = [...usedNames(text)];
  const name = contribNames.find((one) =>
    names.some((used) => used === `cv2.${one}` || used.startsWith(`cv2.${one}.`)),
  );
  return name && `cv2.${name}`;
}

/** The build with them in place of one without. */
export const withContrib = (name: string) =>
  name.replace(/^opencv-python(?=$|-headless$)/, 'opencv-contrib-python');
