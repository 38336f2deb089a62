// What goes wrong with contexts. Wordings: Docker CLI 20.10 to 28, Podman 4.
import { t } from '@vscode/l10n';
import { type Failure, failed, failureOf, type Pattern } from '../runtime/failures.ts';
import type { RunFacts } from '../runtime/read-exit.ts';
import { inLine } from '../runtime/sign.ts';
import type { Context } from './model.ts';

const choose = () => ({ label: t('Choose Context'), command: 'wheelhouse.contexts.choose' });

export const listingContexts = (): RunFacts => ({
  step: t('Listing the contexts'),
  tool: 'engine',
  patterns: contextPatterns,
});

export function noContext(): Failure {
  return {
    id: 'no-context',
    message: t('There is no context for this.'),
    remedy: t('Create one first.'),
    action: { label: t('Create Context'), command: 'wheelhouse.contexts.create' },
  };
}

export function contextGone(ref: string): Failure {
  return {
    id: 'context-gone',
    message: t('There is no context {0}.', ref.replace(/^(?:docker|podman) /, '')),
    remedy: t('It may have been removed meanwhile; refresh the view.'),
    action: { label: t('Refresh'), command: 'wheelhouse.contexts.refresh' },
  };
}

/** Of one that was to be used: what does not answer is not taken. */
export function goesOn(error: unknown, wanted: string, used: string): unknown {
  const failure = failureOf(error);
  if (failure?.id !== 'engine-context-unreachable') return error;
  const message = t('The engine of {0} does not answer; this workspace goes on with {1}.', wanted, used);
  return failed({ ...failure, message });
}

export function contextExists(name: string): Failure {
  return {
    id: 'context-exists',
    message: t('A context named {0} exists already.', name),
    remedy: t('Choose another name, or use that context.'),
    action: choose(),
  };
}

export function badContext(complaint: string): Failure {
  return { id: 'bad-context', message: complaint, remedy: t('Run the command again.') };
}

export function contextStays({ label, inUse, isKept, place }: Context): Failure {
  if (!isKept || label === 'default')
    return {
      id: 'context-built-in',
      message: t('{0} is no context that was made.', label),
      remedy: t('It stays; only contexts that were made can be removed.'),
    };
  return inUse
    ? {
        id: 'context-in-use',
        message: t('{0} is in use in this workspace.', label),
        remedy: t('Use another one first.'),
        action: choose(),
      }
    : {
        id: 'context-of-machine',
        message: t('{0} is what this machine uses by itself.', label),
        remedy:
          place.kind === 'docker'
            ? t('Let it use another one first, by docker context use in a terminal.')
            : t('Let it use another one first, by podman system connection default in a terminal.'),
      };
}

export function notReadable({ label }: Context): Failure {
  return {
    id: 'context-not-readable',
    message: t('{0} is no context of Docker, so there is nothing more to show of it.', label),
    remedy: t('Its tooltip says where it leads.'),
  };
}

export const contextPatterns: readonly Pattern[] = [
  {
    id: 'context-certificates',
    when: [inLine(/unable to create docker endpoint config: /i, /\.pem|no such file/i)],
    say: () => ({
      message: t('The certificates cannot be read.'),
      remedy: t('Give a folder that has ca.pem, cert.pem and key.pem.'),
    }),
  },
  {
    id: 'context-address',
    when: [/unable to (?:create docker endpoint config|parse docker host)/i],
    say: () => ({
      message: t('Docker does not take this address.'),
      remedy: t('Give one like ssh://user@host or tcp://host:2376.'),
    }),
  },
  {
    id: 'context-in-use',
    when: [inLine(/context "/i, /" is in use/i)],
    say: () => ({
      message: t('This machine uses that context by itself.'),
      remedy: t('Let it use another one first, by docker context use in a terminal.'),
    }),
  },
];
