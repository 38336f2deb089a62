// Which engine is used, in the status bar: only where it could be another one.
import { readdir } from 'node:fs/promises';
import { t } from '@vscode/l10n';
import { type Engine, type EngineState, engineNames } from '../runtime/engine.ts';
import { type Place, placeName } from '../runtime/place.ts';
import { machineContext } from '../runtime/sockets.ts';
import { code, joined, plain } from '../ui/plain-text.ts';
import { createStatusItem } from '../ui/say.ts';
import type { Workbench } from '../ui/workbench.ts';
import { followContexts, keptContexts, leadsTo } from './outside.ts';

export function showInStatusBar(workbench: Workbench): void {
  const item = createStatusItem('wheelhouse.context', t('Container Engine'), 'wheelhouse.contexts.choose');
  workbench.own(item);
  let told: EngineState = 'unknown';
  let used: Place = { kind: 'docker' };
  let led = '';
  let end: (() => void) | undefined;
  workbench.own({ dispose: () => end?.() });
  workbench.engine.onDidChange((state) => void show(state));
  /** Somebody changed contexts in a terminal, or in another window. */
  const look = async () => {
    const isMoved = leadsTo(used) !== led;
    if (isMoved) {
      workbench.engine.move();
      await workbench.engine.bind(workbench.engine.get).catch(() => undefined);
      return;
    }
    workbench.changed('context');
    await show(told);
  };
  const show = async (state: EngineState) => {
    if (state === 'unknown') return;
    told = state;
    const engine =
      state === 'ready'
        ? await workbench.engine.bind(workbench.engine.get).catch(() => undefined)
        : undefined;
    const place = workbench.place() ?? engine?.place;
    used = place ?? { kind: engine?.kind ?? 'docker' };
    led = leadsTo(used);
    end ??= followContexts(() => void look());
    const nerdctl = engine?.nerdctl && engineNames[engine.nerdctl];
    const own = nerdctl ?? machineContext();
    if (!place && own === 'default' && !(await hasMadeContexts())) return item.show(undefined);
    item.show({
      icon: engine ? 'vm-active' : 'vm-outline',
      text: engine ? nameOf(place, own) : t('{0} does not answer', nameOf(place, own)),
      tooltip: joined(
        [
          plain(
            engine
              ? t('Wheelhouse uses this engine here:')
              : t('Wheelhouse gets no answer from the engine that it uses here:'),
          ),
          code(place ? placeName(place) : own),
          ...(engine ? [plain(words(engine))] : []),
          plain(
            nerdctl
              ? t('Neither Docker nor Podman answers, or the settings name it.')
              : whose(workbench.place(), place),
          ),
        ],
        '\n\n',
      ),
    });
  };
}

const nameOf = (place: Place | undefined, own: string) => (place ? placeName(place) : own);

const words = ({ kind, nerdctl, version, platform }: Engine) =>
  nerdctl
    ? t('{0} with containerd {1}, {2}', engineNames[nerdctl], version, platform)
    : `${engineNames[kind]} ${version}, ${platform}`;

function whose(chosen: Place | undefined, used: Place | undefined): string {
  if (chosen) return t('It was chosen for this workspace. Select to choose another one.');
  if (used)
    return t('It was found, as the one of the command line does not answer. Select to choose another one.');
  const variable = ['DOCKER_HOST', 'DOCKER_CONTEXT'].find((name) => process.env[name]);
  return variable
    ? t('{0} of the environment names it. Select to choose another one for this workspace.', variable)
    : t('It is what the command line uses by itself. Select to choose another one for this workspace.');
}

/** Without a process. */
async function hasMadeContexts(): Promise<boolean> {
  return (await readdir(keptContexts()).catch(() => [])).length > 0;
}
