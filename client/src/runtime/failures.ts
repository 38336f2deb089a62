// A failure says in one sentence what happened and in one what to do. Patterns, never whole sentences, tell
// failures apart, because engines and tools word them differently from one version to the next.
import { stripVTControlCharacters } from 'node:util';
import * as l10n from '@vscode/l10n';
import type { Exit } from './exec.ts';
import { messageOf } from './log-line.ts';
import { inLine, type Sign } from './sign.ts';

export type Action = {
  readonly label: string;
  readonly command: string;
  readonly arguments?: readonly unknown[];
};

export type Failure = {
  readonly id: string;
  readonly message: string;
  readonly remedy: string;
  readonly action?: Action;
  /** Other ways out, with buttons of their own. */
  readonly also?: readonly Action[];
  /** For a log that does not hold it already: what ran, when, how it ended and what it said, without secrets. */
  readonly ran?: string;
};

/** What the caller knows and the output does not say. */
export type Facts = {
  /** What was being done, as a noun phrase: "The build of bikes:latest". */
  readonly step: string;
  readonly tool: 'engine' | 'uv';
  readonly image?: string;
  readonly registry?: string;
  readonly folder?: string;
};

export type Pattern = {
  readonly id: string;
  readonly when: readonly Sign[];
  readonly say: (match: RegExpMatchArray, facts: Facts) => Omit<Failure, 'id'>;
};

/** What its message offers. */
export function actionsOfFailure({ action, also = [] }: Failure): readonly Action[] {
  return [...(action ? [action] : []), ...also];
}

/** An error that carries a failure, so that any depth of a job can end it. */
export function failed(failure: Failure): Error & { readonly failure: Failure } {
  // What others said may stand at the end of its first sentence, without a stop before the next one.
  const whole = { ...failure, message: sentence(failure.message) };
  return Object.assign(new Error(`${whole.message} ${whole.remedy}`), { failure: whole });
}

export function failureOf(error: unknown): Failure | undefined {
  return error instanceof Error && 'failure' in error ? (error.failure as Failure) : undefined;
}

export const cancelledId = 'cancelled';

/** Of work that leaves something where it is cancelled, which is said in place of that nothing was made. */
export function leaving(error: unknown, remedy: string, action?: Action): unknown {
  const failure = failureOf(error);
  return failure?.id === cancelledId ? failed({ ...failure, remedy, action }) : error;
}

export function explainFailure(exit: Exit, facts: Facts, patterns: readonly Pattern[] = []): Failure {
  if (exit.kind === 'cancelled') {
    return {
      id: cancelledId,
      message: l10n.t('{0} was cancelled.', facts.step),
      remedy: l10n.t('Nothing new was made; what existed before is as it was.'),
    };
  }
  if (exit.kind === 'not-found') return facts.tool === 'uv' ? uvMissing() : engineAbsent(exit.file);
  if (exit.kind === 'timed-out') {
    return {
      id: 'timed-out',
      message: l10n.t('{0} got no answer in time.', facts.step),
      remedy: l10n.t('See that the engine and the network answer, then run it again.'),
    };
  }
  if (exit.kind === 'too-large') {
    return {
      id: 'too-large',
      message: l10n.t('{0} got an answer too long to be read.', facts.step),
      remedy: l10n.t('Remove what makes it long, such as an image with labels of megabytes, then try again.'),
    };
  }
  const text = `${excerpt(exit.stderr)}\n${excerpt(exit.stdout)}`;
  for (const { id, when, say } of [...patterns, ...sharedPatterns]) {
    for (const pattern of when) {
      const match = pattern.exec(text);
      if (match) return { id, ...say(match, facts) };
    }
  }
  return {
    id: 'unknown',
    message: l10n.t(
      '{0} ended with exit code {1}: {2}',
      facts.step,
      exit.code,
      sentence(lastMeaningfulLine(text)),
    ),
    remedy: l10n.t('Its full output is in the log.'),
  };
}

const excerptHead = 4_000;
const excerptTail = 32_000;
const excerptLine = 1_000;

/** As much as holds a reason. Patterns look back and forth in a line, so both are bounded before they see it. */
function excerpt(text: string): string {
  const plain = stripVTControlCharacters(
    text.length > excerptHead + excerptTail
      ? `${text.slice(0, excerptHead)}\n${text.slice(-excerptTail)}`
      : text,
  );
  return plain
    .split('\n')
    .map((line) => messageOf(line.slice(0, excerptLine)))
    .join('\n');
}

/** The line that most likely holds the reason: the last that speaks of an error, else the last one. */
export function lastMeaningfulLine(text: string): string {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line && !/^(-+|=+|>+)$/.test(line) && !/^(see |run ').*--help/i.test(line));
  const reason = lines.findLast((line) => /\b(error|failed|cannot|denied|invalid|not found)\b/i.test(line));
  return (reason ?? lines.at(-1) ?? l10n.t('it said nothing'))
    .replace(/^(error|ERROR|docker|Error):\s*/, '')
    .slice(0, 300);
}

function sentence(text: string): string {
  return /[.!?…:]$/.test(text.trimEnd()) ? text : `${text.trimEnd()}.`;
}

const chooseEngine = (): Action => ({
  label: l10n.t('Choose Engine'),
  command: 'workbench.action.openSettings',
  arguments: ['wheelhouse.engine'],
});

export function engineAbsent(tried: string): Failure {
  return {
    id: 'engine-absent',
    message: l10n.t('No container engine was found ({0}).', tried),
    remedy: l10n.t('Install Docker or Podman, or set its path in the settings.'),
    action: chooseEngine(),
  };
}

export function engineUnreachable(tried: string, detail: string): Failure {
  if (/permission denied/i.test(detail)) return { id: 'engine-permission', ...sayPermission() };
  return {
    id: 'engine-unreachable',
    message: l10n.t('No container engine answers ({0}).', tried),
    remedy: l10n.t('Start Docker, Podman or containerd, then refresh.'),
    action: chooseEngine(),
  };
}

export function engineStopped(facts: Pick<Facts, 'step'>): Failure {
  return {
    id: 'engine-stopped',
    message: l10n.t('{0} ended because the container engine stopped answering.', facts.step),
    remedy: l10n.t('Start the engine again, then repeat the step; nothing half-made was kept.'),
    action: { label: l10n.t('Refresh'), command: 'wheelhouse.images.refresh' },
  };
}

/** An answer in another form than the tool gives. What it holds is not repeated: it may be long, or a secret. */
export function unreadable(facts: Pick<Facts, 'step' | 'tool'>): Failure {
  return {
    id: 'unreadable',
    message: l10n.t('{0} got an answer that cannot be read.', facts.step),
    remedy:
      facts.tool === 'uv'
        ? l10n.t('See that the uv in the settings is uv, then try again.')
        : l10n.t('See that the engine in the settings is Docker, Podman, nerdctl or Finch, then refresh.'),
  };
}

/** @param what it does not tell, as a noun phrase */
export function notByNerdctl(engine: string, what: string): Failure {
  return {
    id: 'not-by-nerdctl',
    message: l10n.t('{0} does not tell {1}.', engine, what),
    remedy: l10n.t('Docker and Podman do.'),
  };
}

export function uvMissing(): Failure {
  return {
    id: 'uv-missing',
    message: l10n.t('uv was not found.'),
    remedy: l10n.t('Install uv, or set its path in the settings.'),
    action: {
      label: l10n.t('Install uv'),
      command: 'vscode.open',
      arguments: ['https://docs.astral.sh/uv/getting-started/installation/'],
    },
  };
}

/** The Dockerfile is not as it was when its changes were shown. */
export function changedMeanwhile(): Failure {
  return {
    id: 'changed-meanwhile',
    message: l10n.t('The Dockerfile changed meanwhile, so nothing was written.'),
    remedy: l10n.t('Run the command again.'),
  };
}

export function noWorkspace(): Failure {
  return {
    id: 'no-workspace',
    message: l10n.t('No folder is open.'),
    remedy: l10n.t('Open the folder of the project first.'),
    action: { label: l10n.t('Open Folder'), command: 'vscode.openFolder' },
  };
}

export function virtualWorkspace(): Failure {
  return {
    id: 'virtual-workspace',
    message: l10n.t('This folder is not on a disk that programs can read.'),
    remedy: l10n.t('Clone the project to build and run it; linting works here.'),
  };
}

export function untrusted(): Failure {
  return {
    id: 'untrusted',
    message: l10n.t('This folder is not trusted, so only linting works in it.'),
    remedy: l10n.t('Trust the folder to build and run.'),
    action: { label: l10n.t('Manage Trust'), command: 'workbench.trust.manage' },
  };
}

function sayPermission(): Omit<Failure, 'id'> {
  return {
    message: l10n.t('This user may not talk to the container engine.'),
    remedy: l10n.t('Add the user to the docker group and log in again, or use a rootless engine.'),
    action: {
      label: l10n.t('Read How'),
      command: 'vscode.open',
      arguments: ['https://docs.docker.com/engine/install/linux-postinstall/'],
    },
  };
}

/** Reasons that any step may meet. Sources: course-workflow.md, Docker CLI, BuildKit and Podman messages. */
export const sharedPatterns: readonly Pattern[] = [
  {
    id: 'engine-permission',
    when: [
      /permission denied while trying to connect to the docker/i,
      inLine(/docker\.sock/i, /permission denied/i),
    ],
    say: sayPermission,
  },
  {
    id: 'engine-stopped',
    when: [
      /cannot connect to the docker daemon/i,
      /is the docker daemon running/i,
      /failed to connect to the docker api/i,
      /error during connect/i,
      /cannot connect to podman|unable to connect to podman/i,
      inLine(/docker/i, /socket/i, /connection refused|no such file/i),
      /error reading from server: EOF/i,
      inLine(/code = (?:unavailable|canceled) desc = /i, /closing|EOF|grpc: the client connection/i),
    ],
    say: (_, facts) => {
      const { id: _id, ...rest } = engineStopped(facts);
      return rest;
    },
  },
  {
    // Of nerdctl, and of Finch, which hands on to it.
    id: 'not-in-command-line',
    when: [/^unknown (?:sub)?command "([^"\n]{1,50})" for "([^"\n]{1,50})"/m, /^unknown flag: (\S{1,50})/m],
    say: ([, word = '', group = ''], facts) => ({
      message: l10n.t(
        '{0} is not possible, as the command line of this engine has no {1}.',
        facts.step,
        `${group} ${word}`.trim(),
      ),
      remedy: l10n.t('Update the engine, or use Docker or Podman for it.'),
    }),
  },
  {
    id: 'disk-full',
    when: [/no space left on device/i, /disk quota exceeded/i],
    say: (_, facts) => ({
      message: l10n.t('{0} ended because the disk is full.', facts.step),
      remedy: l10n.t('See what takes the space and remove what is no longer needed, then repeat the step.'),
      action: { label: l10n.t('Disk Space'), command: 'wheelhouse.disk.show' },
    }),
  },
  {
    id: 'builder-gone',
    when: [/no builder "([^"\n]{1,200})" found/i],
    say: ([, name = '']) => ({
      message: l10n.t('The builder {0} was removed, and this workspace builds with it.', name),
      remedy: l10n.t('Use another one, or the one that the machine uses.'),
      action: { label: l10n.t('Use Builder'), command: 'wheelhouse.builders.use' },
      also: [{ label: l10n.t('Use That of the Machine'), command: 'wheelhouse.builders.release' }],
    }),
  },
  {
    id: 'credential-helper-missing',
    when: [
      inLine(/error getting credentials/i, /executable file not found|exec:/i),
      inLine(/docker-credential-\S/i, /not found/i),
    ],
    say: () => ({
      message: l10n.t('The credential helper named in the Docker configuration is not installed.'),
      remedy: l10n.t('Install it, or remove "credsStore" from ~/.docker/config.json.'),
    }),
  },
];
