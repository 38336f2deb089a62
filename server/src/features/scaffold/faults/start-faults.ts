import { normalizeName } from '../../../facts/requirements.ts';
import { defaultFault } from '../files/default-files.ts';
import { foreignPathFault, outsideFault, windowsPathFault } from '../files/foreign-paths.ts';
import { lostWorkFault } from '../files/lost-work.ts';
import { misplacedFault } from '../files/misplaced-files.ts';
import { driverFault } from '../packages/database-drivers.ts';
import { unlistedFault } from '../packages/unlisted-imports.ts';
import { folderOf, nameOf, posixJoin } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { listeningFault } from '../servers/listening.ts';
import { servedTwiceFault } from '../servers/served-twice.ts';
import { reachOf } from '../sources/reach.ts';
import { calledFault } from '../starts/called-files.ts';
import { commandFault } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';
import { composedFault } from '../surroundings/composed.ts';
import { cpuWheelFault, deviceFault } from '../surroundings/devices.ts';
import { browserFault } from '../surroundings/driven-browsers.ts';
import { hasExample } from '../surroundings/surroundings.ts';
import { arrivedFault } from './arrived-fault.ts';
import { earlyImportFault } from './early-imports.ts';
import { emptyFault } from './empty-starts.ts';
import { factoryFault } from './factory-settings.ts';
import { hostedFault } from './hosted-notebooks.ts';
import { installerFault, installingFault } from './installing-starts.ts';
import { launchFault } from './launchers.ts';
import { opencvFault } from './opencv-parts.ts';
import { removedFault } from './removed-fault.ts';
import { servedObjectFault } from './served-objects.ts';
import { strayFault } from './stray-imports.ts';
import { submoduleFault } from './submodules.ts';
import { formerTensorflowFault } from './tensorflow-1.ts';
import { unboundFault } from './unbound-names.ts';
import { unreadableFault } from './unreadable.ts';

/** Why a start cannot run in the image, in a sentence. */
export function faultOf(facts: ProjectFacts, start: Start): string | undefined {
  return (
    composedFault(facts, start) ??
    launchFault(facts, start) ??
    commandFault(facts, start) ??
    unreadableFault(facts, start) ??
    emptyFault(facts, start) ??
    submoduleFault(facts, start) ??
    earlyImportFault(facts, start) ??
    calledFault(facts, start) ??
    missingModule(facts, start) ??
    unboundFault(facts, start) ??
    hostedFault(facts, start) ??
    strayFault(facts, start) ??
    servedObjectFault(facts, start) ??
    factoryFault(facts, start) ??
    driverFault(facts, start) ??
    opencvFault(facts, start) ??
    formerTensorflowFault(facts, start) ??
    removedFault(facts, start) ??
    arrivedFault(facts, start) ??
    installerFault(facts, start) ??
    installingFault(facts, start) ??
    outsideFault(facts, start) ??
    shadowed(facts, start) ??
    servedTwiceFault(facts, start) ??
    browserFault(facts, start) ??
    deviceFault(facts, start) ??
    cpuWheelFault(facts, start) ??
    unlistedFault(facts, start) ??
    misplacedFault(facts, start) ??
    defaultFault(facts, start) ??
    listeningFault(facts, start) ??
    lostWorkFault(facts, start) ??
    foreignPathFault(facts, start) ??
    windowsPathFault(facts, start)
  );
}

/** A module of the project that it imports is not there, and no build of the image makes it. */
function missingModule(facts: ProjectFacts, { file }: Start): string | undefined {
  const { tree, files, isInPackage, texts } = facts;
  const isMade = (path: string) => files.isLeftOut(path) || hasExample(facts, path);
  if (file === undefined) return undefined;
  const one = reachOf(file, tree, isMade).missing.find(({ by }) => !isInPackage(by));
  if (!one) return undefined;
  const name = nameOf(one.path).replace(/\.py$/, '');
  const source = (facts.context.files?.files ?? []).find(({ path }) => {
    const [stem, ending = ''] = nameOf(path).split('.', 2);
    return stem === name && /^(?:pyx|c|cc|cpp|cu|rs)$/.test(ending);
  })?.path;
  if (source !== undefined)
    return `${one.by} imports ${name}, which ${source} is compiled to by a step of its own: write that Dockerfile by hand.`;
  const isWritten = texts.get('setup.py')?.includes(nameOf(one.path));
  const why = isWritten
    ? ': setup.py writes it, so install the project once'
    : files.isLeftOut(one.path)
      ? ', as Git ignores it: make it'
      : ': make it';
  return `${one.by} imports ${one.path}, which is not there${why}, then add the files again.`;
}

/** A module in a folder of PYTHONPATH comes before one that is installed. */
function shadowed({ tree, texts, context }: ProjectFacts, { roots }: Start): string | undefined {
  const members = new Set(context.project?.uv.fromWorkspace);
  for (const root of roots) {
    // A member of the workspace is what is installed by its name.
    const isMember = [root, folderOf(root)].some((one) => one !== '' && texts.has(`${one}/pyproject.toml`));
    for (const path of tree.paths) {
      const isPackage = nameOf(path) === '__init__.py';
      const place = isPackage ? folderOf(path) : path.replace(/\.py$/, '');
      if (place === '' || posixJoin(root, nameOf(place)) !== place || !tree.isInstalled(nameOf(place)))
        continue;
      if (isMember && members.has(normalizeName(nameOf(place)))) continue;
      return `Its imports need ${root === '' ? 'the folder itself' : root} on the path of Python, where ${path} takes the place of another module of that name: rename it, then add the files again.`;
    }
  }
  return undefined;
}
