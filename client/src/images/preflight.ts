// What a build would do wrong in silence: BuildKit copies nothing, without a word, when a wildcard matches no
// file or only ignored ones (measured, course-workflow.md section 2). So the wheels are looked at before.
import * as l10n from '@vscode/l10n';
import type { CopiedFilesResult } from '../../../server/src/protocol/requests.ts';
import type { Failure } from '../runtime/failures.ts';

export type BuildContext = {
  /** Absolute path, for the buttons. */
  readonly folder: string;
  /** The path of its ignore file. */
  readonly ignoreFile?: string;
  /** File names in a folder of the context, given as `dist`; none when it does not exist. */
  readonly list: (folder: string) => Promise<readonly string[]>;
  /** Which files a source means, and which of them the ignore file lets through; undefined where nobody can say. */
  readonly copied: (source: string, files: readonly string[]) => Promise<CopiedFilesResult | undefined>;
};

export async function checkWheels(
  copied: readonly string[],
  context: BuildContext,
): Promise<Failure | undefined> {
  for (const source of copied.filter((source) => source.endsWith('.whl') && !source.includes('$'))) {
    const path = source.replace(/^(?:\.?\/)+/, '');
    const slash = path.lastIndexOf('/');
    const folder = slash < 0 ? '' : path.slice(0, slash);
    if (/[*?[]/.test(folder)) continue;
    const files = (await context.list(folder)).map((file) => (folder ? `${folder}/${file}` : file));
    const copied = await context.copied(path, files);
    if (!copied) return undefined;
    const { meant, sent } = copied;
    if (!meant.length) return wheelMissing(source, context.folder);
    if (!sent.length && context.ignoreFile) return wheelIgnored(source, context.ignoreFile);
    const seen = sent.map((file) => file.slice(slash + 1));
    const twice = seen.find(
      (wheel, index) => seen.findIndex((other) => project(other) === project(wheel)) !== index,
    );
    if (twice)
      return wheelSeveral(
        source,
        seen.filter((file) => project(file) === project(twice)),
        context.folder,
      );
  }
  return undefined;
}

function project(wheel: string): string | undefined {
  return wheel.split('-')[0]?.toLowerCase();
}

function wheelMissing(source: string, folder: string): Failure {
  return {
    id: 'wheel-missing',
    message: l10n.t('The Dockerfile copies {0}, and no wheel is there.', source),
    remedy: l10n.t('Build the wheel first.'),
    action: {
      label: l10n.t('Build Wheel'),
      command: 'wheelhouse.wheels.build',
      arguments: [{ project: folder }],
    },
  };
}

function wheelIgnored(source: string, ignoreFile: string): Failure {
  return {
    id: 'wheel-ignored',
    message: l10n.t('The Dockerfile copies {0}, but .dockerignore keeps the wheel out of the build.', source),
    remedy: l10n.t('Add the line "!dist/*.whl" at the end of the ignore file.'),
    action: {
      label: l10n.t('Open .dockerignore'),
      command: 'wheelhouse.images.openFile',
      arguments: [ignoreFile],
    },
  };
}

function wheelSeveral(source: string, wheels: readonly string[], folder: string): Failure {
  return {
    id: 'wheel-several',
    message: l10n.t(
      'The Dockerfile copies {0}, and {1} wheels of one package match: {2}.',
      source,
      wheels.length,
      wheels.join(', '),
    ),
    remedy: l10n.t(
      'Remove the old wheels, or name the wheel exactly; two versions cannot be installed together.',
    ),
    action: {
      label: l10n.t('Remove Old Wheels'),
      command: 'wheelhouse.wheels.removeOld',
      arguments: [{ project: folder }],
    },
  };
}
