// What goes wrong with containers that exist. Wordings: Docker 20.10 to 28, Podman 4.
import { t } from '@vscode/l10n';
import type { Failure, Pattern } from '../runtime/failures.ts';
import { inLine } from '../runtime/sign.ts';
import { startPatterns } from '../runtime/start-failures.ts';
import { containerGonePattern } from '../ui/container-failures.ts';

const refresh = () => ({ label: t('Refresh'), command: 'wheelhouse.containers.refresh' });

export function notRunning(name: string): Failure {
  return {
    id: 'container-not-running',
    message: t('{0} is not running.', name),
    remedy: t('Start it first.'),
    action: { label: t('Start'), command: 'wheelhouse.containers.start', arguments: [{ container: name }] },
  };
}

export function runningAlready(name: string): Failure {
  return {
    id: 'container-running',
    message: t('{0} is running already.', name),
    remedy: t('Look at its logs.'),
    action: viewLogs(name),
  };
}

export function notPaused(name: string): Failure {
  return {
    id: 'container-not-paused',
    message: t('{0} is not paused.', name),
    remedy: t('There is nothing to unpause.'),
  };
}

export function noPort(name: string): Failure {
  return {
    id: 'container-without-port',
    message: t('{0} publishes no port that a browser can open.', name),
    remedy: t('Run its image with a port.'),
    action: { label: t('Run Container'), command: 'wheelhouse.images.run' },
  };
}

export function tooManyLogs(count: number, most: number): Failure {
  return {
    id: 'too-many-logs',
    message: t('The logs of {0} containers together are more than one can follow.', count),
    remedy: t('Select {0} at most.', most),
  };
}

/** The engine reported success, and shows otherwise. */
export function notSo(name: string, words: string): Failure {
  return {
    id: 'container-not-changed',
    message: t('The engine did it, but of {0} it says: {1}.', name, words),
    remedy: t('See what its logs say.'),
    action: viewLogs(name),
  };
}

export function endedAtOnce(name: string, words: string): Failure {
  return {
    id: 'container-exited',
    message: t('{0} started and ended: {1}.', name, words),
    remedy: t('Its logs say why.'),
    action: viewLogs(name),
  };
}

export function notCommitted(ref: string): Failure {
  return {
    id: 'image-not-made',
    message: t('The engine made an image, and does not know it as {0}.', ref),
    remedy: t('Refresh the view of images in a moment.'),
    action: { label: t('Refresh'), command: 'wheelhouse.images.refresh' },
  };
}

export function noShell(name: string, id: string, canDebug: boolean): Failure {
  return {
    id: 'no-shell',
    message: t('{0} has no shell: its image, such as a distroless one, comes without.', name),
    remedy: canDebug
      ? t('Docker Debug brings one along.')
      : t(
          'A container beside it, with its processes and its network, has one; it sees its files at /proc/1/root.',
        ),
    action: {
      label: canDebug ? t('Open Docker Debug') : t('Copy Its Command'),
      command: 'wheelhouse.containers.debug',
      arguments: [{ container: id }],
    },
  };
}

export function attachMissing(): Failure {
  return {
    id: 'dev-containers-missing',
    message: t('The extension that brings VS Code into containers is not installed.'),
    remedy: t('Install Dev Containers, then attach.'),
    action: {
      label: t('Show Dev Containers'),
      command: 'extension.open',
      arguments: ['ms-vscode-remote.remote-containers'],
    },
  };
}

export function attachElsewhere(program: string): Failure {
  return {
    id: 'dev-containers-elsewhere',
    message: t('Dev Containers asks docker, and this container is one of {0}.', program),
    remedy: t('Set {0} to {1}, then attach.', 'dev.containers.dockerPath', program),
    action: {
      label: t('Open Settings'),
      command: 'workbench.action.openSettings',
      arguments: ['dev.containers.dockerPath'],
    },
  };
}

export function jupyterSilent(name: string): Failure {
  return {
    id: 'no-jupyter',
    message: t('The log of {0} names no address of a Jupyter server.', name),
    remedy: t('Look whether one runs in it; it tells its address when it starts.'),
    action: viewLogs(name),
  };
}

export function jupyterUnpublished(name: string, id: string, port: number): Failure {
  return {
    id: 'jupyter-unpublished',
    message: t('The Jupyter server in {0} listens on port {1}, which is not published.', name, port),
    remedy: t('Recreate the container with the port {0}:{0}; the server has to listen on 0.0.0.0.', port),
    action: {
      label: t('Recreate Container'),
      command: 'wheelhouse.images.recreate',
      arguments: [{ container: id, ask: true }],
    },
  };
}

/** Which port a container is published on changes with the container alone. */
export function otherPort(failure: Failure, { id }: { readonly id: string }): Failure {
  const port = Number(/\d+/.exec(failure.message)?.[0]);
  if (failure.id !== 'port-taken' || !port) return failure;
  const action = {
    label: t('Choose Another Port…'),
    command: 'wheelhouse.images.choosePort',
    arguments: [{ container: id, port }],
  };
  return { ...failure, action };
}

export function logsNotKept(): Failure {
  return {
    id: 'logs-not-kept',
    message: t('A log that was open in this window before cannot be shown again.'),
    remedy: t('Open it from its container.'),
    action: { label: t('View Container Logs'), command: 'wheelhouse.containers.logs' },
  };
}

export function processesNotKept(): Failure {
  return {
    id: 'processes-not-kept',
    message: t('The processes that were shown in this window before cannot be shown again.'),
    remedy: t('Open them from their container.'),
    action: { label: t('Show Processes'), command: 'wheelhouse.containers.processes' },
  };
}

export function viewLogs(container: string) {
  return {
    label: t('View Container Logs'),
    command: 'wheelhouse.containers.logs',
    arguments: [{ container }],
  };
}

export const containerPatterns: readonly Pattern[] = [
  {
    // Of runc: Docker 20.10 to 28, and of Podman 4 and 5.
    id: 'no-control-groups',
    when: [
      /cgroups not configured for container/i,
      /unable to get all container pids: lstat/i,
      /this container does not have a cgroup/i,
    ],
    say: () => ({
      message: t(
        'This engine has no control groups, as a rootless one may, to pause containers or list their processes.',
      ),
      remedy: t(
        'Run it where it gets some, by cgroup v2 and systemd, or look into the container by a shell.',
      ),
      action: {
        label: t('Read How'),
        command: 'vscode.open',
        arguments: ['https://docs.docker.com/engine/security/rootless/tips/#limiting-resources'],
      },
    }),
  },
  containerGonePattern,
  {
    id: 'container-not-running',
    when: [
      /container (\S+) is not running/i,
      /cannot exec in a (?:stopped|created) state/i,
      /can only create exec sessions on running containers/i,
    ],
    say: (match) => notRunning(match[1]?.slice(0, 12) ?? t('The container')),
  },
  {
    id: 'container-paused',
    when: [/container (\S+) is paused/i],
    say: (match) => ({
      message: t('{0} is paused.', match[1] ?? ''),
      remedy: t('Unpause or stop it first.'),
    }),
  },
  {
    id: 'removal-under-way',
    when: [inLine(/removal of container /i, /is already in progress/i)],
    say: () => ({
      message: t('The engine is removing this container already.'),
      remedy: t('Refresh the view in a moment.'),
      action: refresh(),
    }),
  },
  {
    id: 'name-taken',
    when: [
      inLine(/container name "?\/?([^"\s]+)/i, /is already in use/i),
      inLine(/name "([^"\s]+)"/i, /is (?:in use|already used by ID)/i),
    ],
    say: (match) => ({
      message: t('A container named {0} exists already.', match[1] ?? ''),
      remedy: t('Remove or rename that container first.'),
    }),
  },
  {
    id: 'image-removed',
    when: [/no such image:? (\S+)?/i, /image not known/i],
    say: () => ({
      message: t('The image of this container was removed.'),
      remedy: t('Build or pull the image, then run a new container from it.'),
    }),
  },
  {
    id: 'logs-unreadable',
    when: [/logging driver does not support reading/i, inLine(/log driver/i, /none|not support/i)],
    say: () => ({
      message: t('The logging driver of this container keeps nothing that can be read.'),
      remedy: t('Look where that driver sends the logs, or run the container with the driver "json-file".'),
    }),
  },
  ...startPatterns,
];

/** For what gets the name of an image. */
export const imageNamePatterns: readonly Pattern[] = [
  {
    id: 'invalid-reference',
    when: [/invalid reference format/i, inLine(/repository name /i, /must be (?:lowercase|canonical)/i)],
    say: () => ({
      message: t('This is no name of an image.'),
      remedy: t('Use lower-case letters, digits and . _ - / with a tag after a colon.'),
    }),
  },
];

/** For the attempt to start a shell: what is missing there is the shell, not the program of the container. */
export const shellPatterns: readonly Pattern[] = [
  {
    id: 'no-shell',
    when: [/exec: "sh"/i, inLine(/executable file /i, /not found/i), inLine(/exec failed/i, /no such file/i)],
    say: (_, { step }) => ({
      message: t('{0} failed because its image has no shell.', step),
      remedy: t('Images such as distroless ones have none; look at the logs instead.'),
    }),
  },
  ...containerPatterns,
];
