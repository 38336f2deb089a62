import path from 'node:path';
import type { BuildOptions } from '../runtime/image-commands.ts';

/** A build with its paths as they are written in a folder; those outside of it stay whole. */
export function seenFrom<P extends Pick<BuildOptions, 'context' | 'dockerfile' | 'ignoreFile'>>(
  folder: string,
  plan: P,
): P {
  const seen = (file: string) => {
    const below = path.relative(folder, file) || '.';
    // One that begins with a dash would be an option.
    return path.isAbsolute(below) || /^(?:-|\.\.(?:[\\/]|$))/.test(below) ? file : below;
  };
  const { context, dockerfile, ignoreFile } = plan;
  return {
    ...plan,
    context: seen(context),
    dockerfile: seen(dockerfile),
    ...(ignoreFile !== undefined && { ignoreFile: seen(ignoreFile) }),
  };
}
