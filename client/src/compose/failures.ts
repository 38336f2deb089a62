// What goes wrong with Compose, in words.
import { t } from '@vscode/l10n';
import type { EngineKind } from '../runtime/engine.ts';
import type { Action, Failure } from '../runtime/failures.ts';

const readHow = (address: string): Action => ({
  label: t('Read How'),
  command: 'vscode.open',
  arguments: [address],
});

export function composeMissing(kind: EngineKind): Failure {
  const id = 'compose-missing';
  if (kind === 'podman')
    return {
      id,
      message: t('Podman has no Compose here: neither "podman compose" nor podman-compose answers.'),
      remedy: t('Install podman-compose, for instance with "uv tool install podman-compose".'),
      action: readHow('https://docs.podman.io/en/latest/markdown/podman-compose.1.html'),
    };
  return {
    id,
    message: t('Docker Compose 2 is not installed: "docker compose" is no command here.'),
    remedy: t('Install the package docker-compose-plugin, or Docker Desktop, which brings it along.'),
    action: readHow('https://docs.docker.com/compose/install/'),
  };
}

export function noComposeFile(): Failure {
  return {
    id: 'no-compose-file',
    message: t('There is no Compose file in this workspace.'),
    remedy: t('Add a compose.yaml that names the services, then run this again.'),
  };
}

export function noProject(): Failure {
  return {
    id: 'no-compose-project',
    message: t('The engine has no container of a Compose project.'),
    remedy: t('Bring one up first.'),
    action: { label: t('Compose Up'), command: 'wheelhouse.compose.up' },
  };
}

export function notUp(project: string, files?: readonly string[]): Failure {
  return {
    id: 'compose-not-up',
    message: t('{0} has no containers.', project),
    remedy: t('Bring it up first.'),
    action: {
      label: t('Compose Up'),
      command: 'wheelhouse.compose.up',
      arguments: files?.length ? [{ files }] : [],
    },
  };
}

export function notOfCompose(name: string): Failure {
  return {
    id: 'not-of-compose',
    message: t('{0} was not made by Compose.', name),
    remedy: t('Use the actions of containers for it.'),
  };
}

/** Of a project that another machine, or a folder that is gone, brought up. */
export function filesElsewhere(project: string, files: readonly string[]): Failure {
  return {
    id: 'compose-files-elsewhere',
    message: files.length
      ? t('The files of {0} are not on this machine: {1}.', project, files.join(', ').slice(0, 500))
      : t('{0} does not say which files it was made from.', project),
    remedy: t(
      'Open the folder with its files and run this from there; its containers can be used from here.',
    ),
  };
}

export function noSuchService(name: string): Failure {
  return {
    id: 'no-such-service',
    message: t('The project has no service {0}.', name),
    remedy: t('Choose another one; a service with profiles is there only with one of them.'),
  };
}

export function nothingToDo(project: string, verb: 'pull' | 'build'): Failure {
  return {
    id: `compose-nothing-to-${verb}`,
    message:
      verb === 'pull'
        ? t('None of these services of {0} has an image that could be pulled.', project)
        : t('None of these services of {0} is built.', project),
    remedy: verb === 'pull' ? t('Build them instead.') : t('Pull their images instead.'),
    action:
      verb === 'pull'
        ? { label: t('Compose Build'), command: 'wheelhouse.compose.build' }
        : { label: t('Compose Pull'), command: 'wheelhouse.compose.pull' },
  };
}

/** Compose ended well, and the engine shows otherwise. */
export function notSo(project: string, words: string, next?: Action): Failure {
  return {
    id: 'compose-not-so',
    message: t('Compose ended well, but of {0} the engine says: {1}.', project, words),
    remedy: t('The log of Compose may say why.'),
    action: next,
  };
}

export function endedAtOnce(service: string, words: string, next: Action): Failure {
  return {
    id: 'compose-service-ended',
    message: t('The service {0} started and ended: {1}.', service, words),
    remedy: t('Its logs say why.'),
    action: next,
  };
}

export function cancelledUp(project: string, message: string): Failure {
  return {
    id: 'cancelled',
    message,
    remedy: t('What was made until then stays; "Compose Down" removes it.'),
    action: { label: t('Compose Down'), command: 'wheelhouse.compose.down', arguments: [{ project }] },
  };
}

/** The containers' own command takes one thing and the selection that it is part of. */
export function viewLogs(containers: readonly string[]): Action {
  const all = containers.map((container) => ({ container }));
  return { label: t('View Container Logs'), command: 'wheelhouse.containers.logs', arguments: [all[0], all] };
}
