import {
  environmentsIn,
  withoutEnvironments,
} from '../../server/src/features/scaffold/files/environments.ts';
import type { KnownProject } from '../../server/src/features/scaffold/known-project.ts';
import { scaffold } from '../../server/src/features/scaffold.ts';
import { contextOfTexts } from '../../server/src/project/context-of-texts.ts';
import { readTracked } from '../../server/src/project/git-index.ts';
import { readSourceTexts, tellsReaders } from '../../server/src/project/source-texts.ts';
import type { Scaffold, ScaffoldKind } from '../../server/src/protocol/requests.ts';
import type { Files } from './scaffold-projects.ts';

/** A project of texts, as the service would know it. */
export async function know(files: Files): Promise<KnownProject> {
  const all = await contextOfTexts(files);
  const environments = environmentsIn(all.files);
  const context = { ...all, files: all.files && withoutEnvironments(all.files, environments) };
  const textOf = (uri: string) => files[decodeURIComponent(uri.slice('file:///'.length))];
  const read = async (uri: string) => {
    const text = textOf(uri);
    return typeof text === 'string' ? text : undefined;
  };
  const texts = await readSourceTexts(context.files, 'file://', read, tellsReaders);
  const isTracked = await readTracked('file://', read);
  return { context, folderName: 'Das Projekt', texts, environments, isTracked };
}

/** Whatever age the versions of a test are of by now, and whatever Dockerfile is there. */
export const newest = { releases: 'newest', present: 'new' };

/** What is asked gets the first answer that is offered; undefined where no files are made. */
export async function make(
  files: Files,
  kind: ScaffoldKind,
  answers: Readonly<Record<string, string>> = newest,
): Promise<Scaffold | undefined> {
  const made = scaffold(await know(files), { kind, answers });
  const question = made?.question;
  if (made?.refused?.startsWith('Nothing in the project starts'))
    return make(files, kind, { ...answers, start: 'python --version' });
  if (!question) return made?.refused === null ? made : undefined;
  return make(files, kind, { [question.id]: question.choices[0]?.value ?? '', ...answers });
}

export const textOf = (made: Scaffold | undefined, path = 'Dockerfile') =>
  made?.files.find((file) => file.path === path)?.text ?? '';
