// What Compose says when it fails. Wordings: Docker Compose 2.40 on Docker 20.10, podman-compose 1.6.
import { t } from '@vscode/l10n';
import type { Pattern } from '../runtime/failures.ts';
import { registryDown } from '../runtime/registry-failures.ts';
import { inLine } from '../runtime/sign.ts';
import { startPatterns } from '../runtime/start-failures.ts';
import { noComposeFile, noSuchService } from './failures.ts';

const invalid = (where: string, why: string) => ({
  message: t('{0} cannot be used: {1}', where, why),
  remedy: t('Correct it, then run this again.'),
});

export const composePatterns: readonly Pattern[] = [
  {
    // Docker to 23, from 24 on, and Podman's netavark.
    id: 'no-address-pool',
    when: [
      /non-overlapping IPv4 address pool/i,
      /predefined address pools have been fully subnetted/i,
      /could not find free subnet from subnet pools/i,
    ],
    say: () => ({
      message: t('The engine has no addresses left for another network.'),
      remedy: t('Remove networks that no container uses, then run this again.'),
      action: { label: t('Remove Unused Networks'), command: 'wheelhouse.networks.prune' },
    }),
  },
  {
    id: 'no-such-service',
    when: [
      /no such service: (\S+)/i,
      /no service named? '?([^'\s]+)/i,
      inLine(/missing services \[/i, /^([^\]]*)\]/),
    ],
    say: (match) => noSuchService(match[1] ?? ''),
  },
  {
    id: 'compose-file-invalid',
    when: [/yaml: line (\d+): ([^\n]+)/i],
    say: (match) => invalid(t('Line {0} of the Compose file', match[1] ?? ''), `${match[2] ?? ''}.`),
  },
  {
    id: 'compose-file-invalid',
    // PyYAML, of podman-compose.
    when: [inLine(/ in "/, /ya?ml", line (\d+), column/)],
    say: (match) => invalid(t('Line {0} of the Compose file', match[1] ?? ''), t('it is not YAML.')),
  },
  {
    id: 'compose-file-invalid',
    when: [inLine(/validating /i, /^(.*?): (.*)/)],
    say: (match) => invalid(match[1] ?? '', `${match[2] ?? ''}.`),
  },
  {
    id: 'compose-variable-missing',
    when: [/required variable (\S+) is missing a value/i],
    say: (match) => ({
      message: t('The Compose file needs a value for {0}.', match[1] ?? ''),
      remedy: t('Set it in the file .env beside the Compose file.'),
    }),
  },
  {
    id: 'compose-file-invalid',
    when: [
      inLine(/(service ")/i, /^(.*): invalid compose project/i),
      inLine(/(service ")/i, /^(.* refers to undefined .*)/i),
      /(services\.\S[^\n]*)/,
      /(empty compose file)/i,
      /(no service selected)/i,
    ],
    say: (match) => invalid(t('The Compose file'), `${match[1] ?? ''}${match[2] ?? ''}.`),
  },
  {
    id: 'no-compose-file',
    when: [
      /no configuration file provided/i,
      inLine(/no compose\.yaml, /i, /file found/i),
      inLine(/open [^\n]/i, /compose/i, /no such file/i),
    ],
    say: () => noComposeFile(),
  },
  {
    id: 'compose-env-file-missing',
    when: [inLine(/env file /i, /^(.*?) not found/i), /couldn't find env file: ([^\n]+)/i],
    say: (match) => ({
      message: t('The file of variables {0} is not there.', match[1] ?? ''),
      remedy: t('Make it, or leave "env_file" out of the Compose file.'),
    }),
  },
  {
    id: 'compose-external-missing',
    when: [
      inLine(/(network|volume) "?/i, /^([^\s"]+)"? declared as external, but could not be found/i),
      inLine(/external (network|volume) "?/i, /^([^\s"\]]+)"? not found/i),
    ],
    say: (match) => {
      const isNetwork = match[1]?.toLowerCase() === 'network';
      return {
        message: isNetwork
          ? t('The network {0}, which the Compose file expects to be there, is not.', match[2] ?? '')
          : t('The volume {0}, which the Compose file expects to be there, is not.', match[2] ?? ''),
        remedy: t('Create it first.'),
        action: isNetwork
          ? {
              label: t('Create Network'),
              command: 'wheelhouse.networks.create',
              arguments: [{ name: match[2] }],
            }
          : {
              label: t('Create Volume'),
              command: 'wheelhouse.volumes.create',
              arguments: [{ name: match[2] }],
            },
      };
    },
  },
  {
    id: 'compose-dependency-failed',
    when: [
      inLine(/dependency failed to start: container /i, /^(\S+) /, /^(.*)/),
      inLine(/service "/i, /^([^"]*)" /, /^(didn't complete successfully.*)/i),
    ],
    say: (match) => ({
      message: t('{0}, on which others wait, did not become ready: {1}.', match[1] ?? '', match[2] ?? ''),
      remedy: t('Its logs say why.'),
      action: { label: t('View Container Logs'), command: 'wheelhouse.containers.logs' },
    }),
  },
  {
    id: 'name-taken',
    when: [inLine(/container name "?\/?([^"\s]+)/i, /is already in use/i)],
    say: (match) => ({
      message: t('A container named {0} exists already.', match[1] ?? ''),
      remedy: t('Remove or rename that container first.'),
    }),
  },
  {
    id: 'dockerfile-missing',
    when: [inLine(/failed to read dockerfile: /i, /no such file/i), inLine(/path "/i, /^[^"]*" not found/i)],
    say: () => ({
      message: t('The Dockerfile, or the folder, that a service is built from is not there.'),
      remedy: t('Correct "build" in the Compose file.'),
    }),
  },
  {
    id: 'image-unavailable',
    when: [
      /pull access denied for ([^\s,]+)/i,
      /manifest for (\S+) not found/i,
      inLine(/(?:^|\s)(\S+): not found/i),
      inLine(/error from registry: /i, /denied|unauthorized/i),
      inLine(/initializing source docker:\/\//i, /^(\S+): /),
    ],
    say: (match) => ({
      message: match[1]
        ? t('The image {0} cannot be pulled: it is not there, or it needs a login.', match[1])
        : t('An image cannot be pulled: it is not there, or it needs a login.'),
      remedy: t('Check the name in the Compose file, or log in to the registry.'),
      action: { label: t('Log In'), command: 'wheelhouse.registries.login' },
    }),
  },
  {
    id: 'no-command',
    when: [/no command specified/i],
    say: () => ({
      message: t('The image of a service has no command to run.'),
      remedy: t('Give the service a "command" in the Compose file.'),
    }),
  },
  registryOfImages(),
  ...startPatterns,
];

/** Compose does not tell which of its images it was. */
function registryOfImages(): Pattern {
  const host = /https?:\/\/([^/\s"]+)\//i;
  return {
    ...registryDown,
    say: (match, facts) => {
      const registry = host.exec(match.input ?? '')?.[1];
      return registryDown.say(match, { ...facts, registry });
    },
  };
}
