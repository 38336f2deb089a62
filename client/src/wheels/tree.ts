import * as l10n from '@vscode/l10n';
import { code, joined, plain } from '../ui/plain-text.ts';
import type { Node } from '../ui/tree.ts';
import { formatAge, formatBytes } from '../ui/words.ts';
import { findProjects, loadPackage, type Package } from './projects.ts';

export async function loadWheelNodes(): Promise<readonly Node[]> {
  const projects = await findProjects();
  return (await Promise.all(projects.map(loadPackage))).map(packageNode);
}

function packageNode({ folder, project, wheels, state }: Package): Node {
  const words = {
    missing: l10n.t('wheel missing'),
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
        state === 'stale' ? plain(l10n.t('The sources changed after the wheel was built.')) : undefined,
      ],
      '\n\n',
    ),
    icon: 'package',
    color: state === 'fresh' ? 'charts.green' : 'charts.yellow',
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
