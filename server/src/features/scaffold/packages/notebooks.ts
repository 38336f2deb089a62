import type { KnownProject } from '../known-project.ts';
import { besideProgram } from '../sources/applications.ts';

/** The notebooks of a project, without those of examples and tests. */
export const notebooksIn = ({ context }: KnownProject): readonly string[] =>
  (context.files?.files ?? []).flatMap(({ path }) =>
    path.endsWith('.ipynb') && !besideProgram.test(path.replace(/^notebooks\//i, '')) ? [path] : [],
  );

/** Why no image is made of a project of notebooks, in a sentence. */
export const workedInNotebooks = (notebook: string) =>
  `The project is worked with in notebooks (${notebook}), for which these files are not made: write a program, then add the files again.`;
