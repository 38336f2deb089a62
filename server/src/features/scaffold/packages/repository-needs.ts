import { repositoryBuilds } from '../../../data/repository-builds.ts';
import { normalizeName } from '../../../facts/requirements.ts';
import type { KnownProject } from '../known-project.ts';
import { nameOf } from '../paths.ts';
import type { Dependencies } from './dependencies.ts';

/** Requirements that come from a repository on GitHub, as `owner/name`, and whether a tag or a commit is named. */
function repositoriesOf({ texts, context }: KnownProject, { files }: Dependencies) {
  const all = files.flatMap(
    (file) => (file === 'pyproject.toml' ? context.manifest?.text : texts.get(file)) ?? [],
  );
  return all.flatMap((text) =>
    text.split('\n').flatMap((line) => {
      const isRequirement = !/^\s*#/.test(line) && /\bgit\+|\bgit *=/.test(line);
      const found = /github\.com[/:]([\w.-]+\/[\w.-]+)(@\w)?/.exec(line);
      const path = found?.[1]?.replace(/\.git$/, '');
      return isRequirement && path !== undefined
        ? [{ path, isPinned: found?.[2] !== undefined || /\b(?:rev|tag) *=/.test(line) }]
        : [];
    }),
  );
}

/** The names of repositories that are installed from, which mostly are those of their packages. */
export const repositoryNames = (known: KnownProject, dependencies: Dependencies): string[] =>
  repositoriesOf(known, dependencies).map(({ path }) => normalizeName(nameOf(path)));

/** Whether one is taken as it is today, which needs tools of today. */
export const movesOn = (known: KnownProject, dependencies: Dependencies): boolean =>
  repositoriesOf(known, dependencies).some(({ isPinned }) => !isPinned);

/** Why a requirement from a repository cannot be built, in a sentence. */
export function repositoryFault(known: KnownProject, dependencies: Dependencies): string | undefined {
  const found = repositoriesOf(known, dependencies).find(({ path }) =>
    Object.hasOwn(repositoryBuilds, path.toLowerCase()),
  );
  return found && `${found.path} ${repositoryBuilds[found.path.toLowerCase()]}, then add the files again.`;
}

/** What is taken for granted of repositories of which nothing is known, a line for each. */
export function repositoryNotes(known: KnownProject, dependencies: Dependencies): string[] {
  if (/^(?:lock|poetry|pipenv)$/.test(dependencies.source)) return [];
  const all = repositoriesOf(known, dependencies);
  const names = [...new Set(all.map(({ path }) => path))];
  const moving = [...new Set(all.filter(({ isPinned }) => !isPinned).map(({ path }) => path))];
  return [
    ...(names.length > 0
      ? [
          `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} built with nothing but what ${names.length === 1 ? 'its' : 'their'} own pyproject.toml names for it.`,
        ]
      : []),
    ...(moving.length > 0
      ? [
          `What ${moving.join(', ')} ${moving.length === 1 ? 'holds' : 'hold'} today fits the project, as no commit is named.`,
        ]
      : []),
  ];
}
