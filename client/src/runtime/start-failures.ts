// What keeps a container from starting, new or not. Sources: Docker 20.10 to 28, runc and Podman 4.
import { t } from '@vscode/l10n';
import type { Pattern } from './failures.ts';
import { inLine } from './sign.ts';

export const startPatterns: readonly Pattern[] = [
  {
    id: 'gpu-missing',
    when: [
      inLine(/could not select device driver /i, /with capabilities: \[\[gpu\]\]/i),
      /nvidia-container-cli: initialization error/i,
      /unresolvable CDI devices/i,
    ],
    say: () => ({
      message: t('The engine cannot hand a GPU to the container.'),
      remedy: t('Install the NVIDIA Container Toolkit, or run without GPU.'),
      action: {
        label: t('Read How'),
        command: 'vscode.open',
        arguments: [
          'https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/install-guide.html',
        ],
      },
    }),
  },
  {
    id: 'port-taken',
    when: [
      /:(\d+): bind: address already in use/i,
      /Bind for [\d.:[\]]+:(\d+) failed: port is already allocated/i,
      inLine(/ports are not available/i, /:(\d+)/),
      /(?:port|address) (?:is )?already (?:allocated|in use)/i,
    ],
    say: (match) => ({
      message: match[1]
        ? t('Port {0} of this machine is taken.', match[1])
        : t('A port of this machine is taken.'),
      remedy: t('Stop what uses it, or publish the container on another port.'),
    }),
  },
  {
    id: 'program-missing',
    when: [inLine(/exec: "([^"]+)": /i, /^(?:executable file not found|stat)/i), /exec format error/i],
    say: (match) => ({
      message: match[1]
        ? t('The image has no program {0}.', match[1])
        : t('The image was built for another platform.'),
      remedy: match[1]
        ? t('Check the command that was given to it, else CMD and ENTRYPOINT of the Dockerfile.')
        : t('Build it for the platform of this engine.'),
    }),
  },
  {
    id: 'mount-missing',
    when: [/source path does not exist: ([^\n]+)/i, /invalid mount config([^\n]*)/i],
    say: (match) => ({
      message: t('A mount cannot be made: {0}', (match[1] ?? '').split(': ').at(-1)?.trim() ?? ''),
      remedy: t('Make the folder, or choose another one.'),
    }),
  },
];
