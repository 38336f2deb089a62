// How far a pull or a push is, by what engines print of each layer where no terminal reads them.
import { t } from '@vscode/l10n';

const done = new Set(['Pull complete', 'Already exists', 'Pushed', 'Layer already exists']);

/**
 * Docker tells of each layer by its id what becomes of it (`docker pull`, `docker push`); Podman only that it begins, and
 * that it comes to the configuration when all are there.
 * @returns takes each line in turn and gives how many layers are through, where the line changes that
 */
export function countLayers(): (line: string) => string | undefined {
  const states = new Map<string, 'begun' | 'here' | 'done'>();
  const told = () => {
    const all = [...states.values()];
    const through = all.filter((state) => state === 'done').length;
    const waiting = all.filter((state) => state === 'here').length;
    const text = t('{0} of {1} layers', through, all.length);
    return waiting ? t('{0}, {1} more downloaded', text, waiting) : text;
  };
  return (line) => {
    const [, id, state] = /^([0-9a-f]{12}): (\S.*)$/.exec(line) ?? [];
    if (id && state) {
      const now = done.has(state) || state.startsWith('Mounted from ') ? 'done' : 'begun';
      states.set(id, state === 'Download complete' ? 'here' : now);
      return told();
    }
    const [, layer] = /^Copying blob (\S+)/.exec(line) ?? [];
    if (layer) states.set(layer, 'begun');
    else if (/^Copying config /.test(line)) for (const each of states.keys()) states.set(each, 'done');
    else return undefined;
    return told();
  };
}
