import type { BuildContext } from '../../facts/build-context.ts';
import type { IsTracked } from '../../project/git-index.ts';
import type { Pickled } from '../../project/pickles.ts';
import type { SourceTexts } from '../../project/source-texts.ts';

/** A project as it is read from its folder. */
export interface KnownProject {
  readonly context: BuildContext;
  /** The last part of the folder's path. */
  readonly folderName: string;
  /** What its own files say of how it is run. */
  readonly texts: SourceTexts;
  /** The virtual environments that lie in it, whose files are none of the project. */
  readonly environments: readonly string[];
  /** Left out where no repository of Git tells. */
  readonly isTracked?: IsTracked | undefined;
  /** Objects that Python wrote, by their paths. */
  readonly pickled?: ReadonlyMap<string, Pickled>;
}
