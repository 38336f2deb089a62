// What goes wrong with builders.
import { t } from '@vscode/l10n';
import type { Failure } from '../runtime/failures.ts';
import type { Builder } from './model.ts';

const refresh = () => ({ label: t('Refresh'), command: 'wheelhouse.builders.refresh' });
const readHow = () => ({
  label: t('Read How'),
  command: 'vscode.open',
  arguments: ['https://github.com/docker/buildx#installing'],
});

export const podmanHasNone = 'builders-podman';
export function podmanBuildsAlone(): Failure {
  return {
    id: podmanHasNone,
    message: t('Podman builds by itself and has no builders.'),
    remedy: t('Use Docker with buildx where one is needed, as for several platforms.'),
  };
}

export function buildxMissing(): Failure {
  return {
    id: 'buildx-missing',
    message: t('The Docker command line has no working buildx, which keeps the builders.'),
    remedy: t('Install the buildx plugin, then refresh.'),
    action: readHow(),
    also: [refresh()],
  };
}

export function noBuilder(): Failure {
  return {
    id: 'no-builder',
    message: t('There is no builder for this.'),
    remedy: t('Create one first.'),
    action: { label: t('Create Builder'), command: 'wheelhouse.builders.create' },
  };
}

export function builderGone(name: string): Failure {
  return {
    id: 'builder-gone',
    message: t('There is no builder {0}.', name),
    remedy: t('It may have been removed meanwhile; refresh the view.'),
    action: refresh(),
  };
}

export function builderExists(name: string): Failure {
  return {
    id: 'builder-exists',
    message: t('A builder named {0} exists already.', name),
    remedy: t('Choose another name, or use that builder.'),
  };
}

export function badBuilder(complaint: string): Failure {
  return { id: 'bad-builder', message: complaint, remedy: t('Run the command again.') };
}

export function builderStays({ name, driver, error }: Builder): Failure {
  if (driver === '' && error)
    return {
      id: 'builder-unreadable',
      message: t('The builder {0} cannot be read: {1}', name, error),
      remedy: t('Start its engine, or remove its context.'),
    };
  return {
    id: 'builder-built-in',
    message: t('{0} is the builder of an engine itself.', name),
    remedy: t('It stays as long as its context does.'),
  };
}

export function notUsable(builder: Builder): Failure {
  const { name, error } = builder;
  if (error) return { ...builderStays({ ...builder, driver: '' }) };
  return {
    id: 'builder-elsewhere',
    message: t('{0} is the builder of another engine, where its images would stay.', name),
    remedy: t('Use the context {0} in this workspace instead.', name),
    action: {
      label: t('Use Context'),
      command: 'wheelhouse.contexts.use',
      arguments: [{ name }],
    },
  };
}

export function cannot(what: 'start' | 'stop') {
  return ({ name, driver }: Builder): Failure => {
    if (driver === 'docker')
      return {
        id: 'builder-is-engine',
        message: t('{0} is the builder of an engine itself.', name),
        remedy: t('It runs as long as its engine does.'),
      };
    if (driver === 'remote' && what === 'stop')
      return {
        id: 'builder-remote',
        message: t('{0} is reached by an address, and not run by buildx.', name),
        remedy: t('Stop its BuildKit where it runs.'),
      };
    return what === 'start'
      ? {
          id: 'builder-running',
          message: t('{0} runs already.', name),
          remedy: t('There is nothing to start.'),
        }
      : {
          id: 'builder-stopped',
          message: t('{0} does not run.', name),
          remedy: t('There is nothing to stop.'),
        };
  };
}

export function notRunning({ name }: Pick<Builder, 'name'>): Failure {
  return {
    id: 'builder-not-running',
    message: t('The builder {0} is not running.', name),
    remedy: t('Start it first.'),
    action: {
      label: t('Start Builder'),
      command: 'wheelhouse.builders.start',
      arguments: [{ builder: name }],
    },
  };
}

export function cacheEmpty(name: string): Failure {
  return {
    id: 'no-build-cache',
    message: t('The build cache of {0} holds nothing that can go.', name),
    remedy: t('There is nothing to remove.'),
  };
}

export function buildxOld(): Failure {
  return {
    id: 'buildx-old',
    message: t('This buildx is too old to tell what it has.'),
    remedy: t('Update the buildx plugin, to 0.21 or newer for all of it.'),
    action: readHow(),
  };
}

export function stillBuilds({ name, ref }: { readonly name: string; readonly ref: string }): Failure {
  return {
    id: 'build-goes-on',
    message: t('{0} is still being built, and its log is not whole.', name || ref),
    remedy: t('Look again when it has ended.'),
  };
}

export function noBuild(): Failure {
  return {
    id: 'no-build',
    message: t('No builder that runs remembers a build.'),
    remedy: t('Build an image first.'),
  };
}

export function buildGone(ref: string): Failure {
  return {
    id: 'build-gone',
    message: t('There is no build {0}.', ref),
    remedy: t('BuildKit forgets old ones; refresh the view.'),
    action: refresh(),
  };
}
