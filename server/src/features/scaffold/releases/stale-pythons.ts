import type { Found } from '../found.ts';
import type { KnownProject } from '../known-project.ts';
import type { Dependencies } from '../packages/dependencies.ts';
import { saidPythons } from './said-pythons.ts';

type Installed = KnownProject & { readonly dependencies: Dependencies; readonly isPackage: boolean };

/**
 * The Python that a project says where pyproject.toml admits none that its list of requirements has wheels for: what is installed is
 * the list, and pyproject.toml is of another time.
 */
export function besidePyproject<Facts extends Installed>(
  facts: Facts,
  found: Found<string>,
  look: (facts: Facts) => Found<string>,
): Found<string> {
  const { context, dependencies, isPackage } = facts;
  const { project } = context;
  const asked = project?.requiresPython ?? project?.poetry?.requiresPython;
  if (!('refused' in found) || !project || !asked || isPackage || dependencies.source !== 'requirements')
    return found;
  const { poetry } = project;
  const without = {
    ...project,
    requiresPython: undefined,
    poetry: poetry && { ...poetry, requiresPython: undefined },
  };
  const other = look({ ...facts, context: { ...context, project: without } });
  const said =
    'value' in other ? saidPythons(facts).find(({ version }) => version === other.value) : undefined;
  return said
    ? {
        value: said.version,
        assumes: [
          `Python ${said.version} of ${said.file} fits the project, though pyproject.toml asks for ${asked}, as what ${dependencies.files[0]} names has no wheels for that.`,
        ],
      }
    : found;
}

/** What a host was told once, and is told otherwise elsewhere. */
export function staleRuntimeNote(facts: KnownProject, python: string): string | undefined {
  const stale = saidPythons(facts).find(({ file, version }) => file === 'runtime.txt' && version !== python);
  return stale && `Python ${python} fits the project, though ${stale.file} says ${stale.version}.`;
}
