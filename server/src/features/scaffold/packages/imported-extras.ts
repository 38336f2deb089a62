import { broughtPackages } from '../../../data/brought-packages.ts';
import { standardLibrary } from '../../../data/standard-library.ts';
import { noDockerfile } from '../present-dockerfile.ts';
import type { ImageFacts, ProjectFacts } from '../project.ts';
import { fileOf } from '../sources/modules.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';
import { importedBy, providersOf } from './providers.ts';

/** An extra of the project without which a file that its start reads cannot be imported. */
interface ImportedExtra {
  readonly extra: string;
  readonly by: string;
  readonly module: string;
}

/** What a start imports of extras that are not chosen yet. */
export function importedExtras(facts: ProjectFacts, start: Start): ImportedExtra[] {
  const { context, isPackage, dependencies, packages, tree } = facts;
  if (!isPackage || !/^(?:lock|poetry|pyproject)$/.test(dependencies.source)) return [];
  const project = context.project;
  const chosen = new Set((facts.present?.choices ?? []).map((one) => one.replace(/^--extras? /, '')));
  const extras = (project?.choices ?? []).flatMap(({ of, asked }) =>
    asked && of.startsWith('extra ') ? [{ extra: of.slice('extra '.length), name: asked.name }] : [],
  );
  const there = new Set(dependencies.asked.map(({ name }) => name));
  if (dependencies.source !== 'lock') for (const name of packages) there.add(name);
  for (const one of there) for (const other of broughtPackages.get(one) ?? []) there.add(other);
  return programsOfStart(facts, start).flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap(importedBy)
      .flatMap((module) => {
        const isOwn = ['', 'src', ...start.roots].some((root) => fileOf(root, module, tree) !== undefined);
        const providers = providersOf(module);
        if (isOwn || standardLibrary.has(module) || providers.some((name) => there.has(name))) return [];
        const [one] = extras.filter(({ extra, name }) => providers.includes(name) && !isForWork.test(extra));
        return one && !chosen.has(one.extra) ? [{ extra: one.extra, by: path, module }] : [];
      }),
  );
}

/** Extras for work on a project. */
const isForWork = /^(?:all|dev|tests?|testing|lint|docs?|typing|check|ci|build|release|bench)$/;

/** An image with the extras of its project that its start imports. */
export function withImportedExtras(facts: ImageFacts, start: Start): ImageFacts {
  const all = importedExtras(facts, start);
  const found = all.filter((one, at) => all.findIndex(({ extra }) => extra === one.extra) === at);
  if (found.length === 0) return facts;
  const flag = facts.dependencies.source === 'poetry' ? '--extras' : '--extra';
  const present = facts.present ?? noDockerfile;
  const choices = [...present.choices, ...found.map(({ extra }) => `${flag} ${extra}`)];
  const names = (facts.context.project?.choices ?? []).flatMap(({ of, asked }) =>
    asked && found.some(({ extra }) => of === `extra ${extra}`) ? asked.name : [],
  );
  return {
    ...facts,
    present: { ...present, choices },
    packages: new Set([...facts.packages, ...names]),
    extraNotes: found.map(
      ({ extra, by, module }) => `The extra ${extra} is installed, as ${by} imports ${module}.`,
    ),
  };
}
