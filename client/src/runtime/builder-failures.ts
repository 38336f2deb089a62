// What goes wrong with a builder in a container of its own, whether it is started or builds. Wordings: buildx 0.13 to 0.38.
import { t } from '@vscode/l10n';
import type { Pattern } from './failures.ts';
import { inLine, inText } from './sign.ts';

const booting = /\[internal\] booting buildkit|pulling image moby\/buildkit/i;

/** It starts with its first build, so that these are of builds, too. */
export const bootPatterns: readonly Pattern[] = [
  {
    id: 'builder-image',
    when: [
      inText(
        booting,
        /error response from daemon:/i,
        /dial tcp|timeout|refused|no such host|pull access denied|manifest unknown|toomanyrequests/i,
      ),
    ],
    say: () => ({
      message: t('The image of BuildKit could not be pulled, so the builder does not start.'),
      remedy: t(
        'See that the engine reaches Docker Hub, or bring the image that the log names there, then start it again.',
      ),
    }),
  },
  {
    id: 'builder-unprivileged',
    when: [inText(booting, /unable to apply caps: operation not permitted|privileged mode is incompatible/i)],
    say: () => ({
      message: t('The engine starts no privileged container, which a builder in a container is.'),
      remedy: t('Build with the builder of the engine itself, or with one by address.'),
      action: { label: t('Use Builder'), command: 'wheelhouse.builders.use' },
    }),
  },
  {
    id: 'builder-ends',
    when: [
      inText(
        /(?:creating|starting) container (buildx_buildkit_[\w.-]+)/i,
        /is restarting, wait until the container is running|container \w+ is not running|error: exit code \d/i,
      ),
    ],
    say: ([, container = '']) => ({
      message: t('BuildKit ends as soon as it is started in {0}.', container),
      remedy: t('The log of that container says why.'),
      action: {
        label: t('View Container Logs'),
        command: 'wheelhouse.containers.logs',
        arguments: [{ container }],
      },
    }),
  },
];

/** The name of the builder, where it is one in a container. */
const boxed = (output: string) =>
  /building with "([^"\n]{1,200})" instance using docker-container driver/.exec(output)?.[1];

const isLoopback = (host: string) => /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/i.test(host);

/** A build asks other registries than that of its result: those of its bases. */
export const registryOfBuild: Pattern = {
  id: 'registry-down',
  when: [
    inLine(
      /(?:Get|Head|Post|Put|Patch) "?https?:\/\/([^/"\s]{1,255})\//i,
      /dial tcp|net\/http|context deadline|EOF|proxyconnect/i,
    ),
  ],
  say: ({ 1: host = '', input = '' }) => {
    const builder = boxed(input);
    if (builder && isLoopback(host))
      return {
        message: t('The builder {0} does not reach the registry {1} from its container.', builder, host),
        remedy: t(
          'See that the registry runs, and create a builder with the network of its machine, or use one that has it.',
        ),
        action: {
          label: t('Create Builder'),
          command: 'wheelhouse.builders.create',
          arguments: [{ network: 'host' }],
        },
        also: [{ label: t('Use Builder'), command: 'wheelhouse.builders.use' }],
      };
    return {
      message: t('The registry {0} does not answer.', /\bdocker\.io$/i.test(host) ? 'docker.io' : host),
      remedy: t('Check its address and the network, then repeat the step.'),
    };
  },
};

export const platformNotRun: Pattern = {
  id: 'platform-not-run',
  when: [/exec \/\S{1,300}: exec format error/i],
  say: () => ({
    message: t('A step runs programs of another platform, which the machine of the builder cannot run.'),
    remedy: t('Set up emulation there, or build for its own platform.'),
    action: {
      label: t('Read How'),
      command: 'vscode.open',
      arguments: ['https://docs.docker.com/build/building/multi-platform/#qemu'],
    },
  }),
};

/** What is to be done where a base image is not found. */
export function remedyForBase(output: string): string {
  const builder = boxed(output);
  return builder
    ? t('Check the name and tag in FROM; the builder {0} has none of the images of the engine.', builder)
    : t('Check the name and tag in FROM.');
}
