import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { code, joined, plain } from '../ui/plain-text.ts';
import type { Node } from '../ui/tree.ts';
import { formatAge, formatBytes } from '../ui/words.ts';
import { findProjects, lacksPython, loadPackage, type Package, wantedOf } from './projects.ts';

export async function loadWheelNodes(): Promise<readonly Node[]> {
  const projects = await findProjects();
  // On it depends what the empty view offers.
  await vscode.commands.executeCommand(
    'setContext',
    'wheelhouse.lacksPython',
    !projects.length && (await lacksPython()),
  );
  const packages = await Promise.all(projects.map(loadPackage));
  const wanted = new Set(await wantedOf(packages.filter(({ state }) => state === 'missing')));
  return packages.map((each) => packageNode(each, wanted.has(each)));
}

/** A wheel that is not there is missing where a Dockerfile takes it, and nothing to speak of elsewhere. */
export function packageNode({ folder, project, wheels, state }: Package, isWanted: boolean): Node {
  const words = {
    missing: isWanted ? l10n.t('wheel missing') : undefined,
    fresh: l10n.t('wheel fresh'),
    stale: l10n.t('wheel stale'),
    several: l10n.t('{0} wheels', wheels.length),
  };
  const python = project.requiresPython
    ? l10n.t('Python {0}', project.requiresPython.replace('>=', '≥'))
    : undefined;
  const backend = project.backend ?? l10n.t('no build-system');
  return {
    id: `package:${folder.toString()}`,
    label: [project.name, project.version].filter(Boolean).join(' '),
    description: [words[state], python, backend].filter(Boolean).join(' · '),
    tooltip: joined(
      [
        code([project.name, project.version].filter(Boolean).join(' ')),
        code(folder.fsPath),
        state === 'several' ? plain(l10n.t('COPY dist/*.whl would take all of these wheels.')) : undefined,
        isWanted ? plain(l10n.t('A Dockerfile copies its wheel.')) : undefined,
        state === 'stale' ? plain(l10n.t('The sources changed after the wheel was built.')) : undefined,
      ],
      '\n\n',
    ),
    icon: 'package',
    color: state === 'fresh' ? 'charts.green' : words[state] && 'charts.yellow',
    context: `;package;${state};`,
    uri: folder,
    children: wheels.map((wheel) => ({
      id: `wheel:${wheel.uri.toString()}`,
      label: wheel.file,
      description: [
        formatBytes(wheel.bytes),
        formatAge(new Date(wheel.modified)),
        wheel.state === 'fresh' ? '' : wheel.state === 'old' ? l10n.t('old') : l10n.t('stale'),
      ]
        .filter(Boolean)
        .join(' · '),
      tooltip: code(wheel.uri.fsPath),
      icon: 'archive',
      color: wheel.state === 'fresh' ? undefined : 'disabledForeground',
      context: `;wheel;${wheel.state};`,
      uri: wheel.uri,
    })),
  };
}
