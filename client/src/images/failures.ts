// What goes wrong with building, running, tagging and pushing images. Sources: course-workflow.md sections 2
// to 4, and the messages of Docker 20.10 to 28, BuildKit, Podman 4 and the distribution registry.
import * as l10n from '@vscode/l10n';
import { bootPatterns, platformNotRun, registryOfBuild, remedyForBase } from '../runtime/builder-failures.ts';
import { type Action, type Failure, failed, type Pattern } from '../runtime/failures.ts';
import { plainRegistry, registryDown } from '../runtime/registry-failures.ts';
import { inLine, inText, wordBefore } from '../runtime/sign.ts';
import { startPatterns } from '../runtime/start-failures.ts';
import { stepFailed } from './failed-reason.ts';
import { checkReference, parseReference } from './model.ts';

export function noDockerfile(): Failure {
  return {
    id: 'no-dockerfile',
    message: l10n.t('No Dockerfile was found in the workspace.'),
    remedy: l10n.t('Add one from the project, or a file named Dockerfile with a snippet of Wheelhouse.'),
    action: { label: l10n.t('Add Container Files…'), command: 'wheelhouse.project.addContainerFiles' },
  };
}

export function noImage(): Failure {
  return {
    id: 'no-image',
    message: l10n.t('There is no image yet.'),
    remedy: l10n.t('Build one first.'),
    action: { label: l10n.t('Build Image'), command: 'wheelhouse.images.build' },
  };
}

export function noDigest(ref: string): Failure {
  return {
    id: 'no-digest',
    message: l10n.t('{0} has no digest yet: it gets one when it is pushed or pulled.', ref),
    remedy: l10n.t('Push it, or copy its id.'),
  };
}

export function notConfirmed(
  id: 'image-not-made' | 'image-not-pulled' | 'push-unconfirmed',
  ref: string,
): Failure {
  const messages = {
    'image-not-made': l10n.t('The build ended without an error, but the engine does not know {0}.', ref),
    'image-not-pulled': l10n.t('The pull ended without an error, but the engine does not know {0}.', ref),
    'push-unconfirmed': l10n.t('The push ended without an error, but no digest of {0} was reported.', ref),
  };
  return {
    id,
    message: messages[id],
    remedy: l10n.t('Look at the log.'),
  };
}

export const logIn = (registry: string): Action => ({
  label: l10n.t('Log In'),
  command: 'wheelhouse.registries.login',
  arguments: [{ registry }],
});

/** Throws for a name that the engine would not take, before anything is started. */
export function requireName(ref: string): void {
  const why = checkReference(ref);
  if (why === undefined) return;
  const message = l10n.t('{0} is not a valid name of an image.', ref);
  throw failed({ id: 'invalid-reference', message, remedy: /[.]$/.test(why) ? why : `${why}.` });
}

/** The engine would read a name with a dash before it as an option, such as one that mounts a folder. */
export function requireImage(ref: string): string {
  if (!ref.startsWith('-')) return ref;
  const message = l10n.t('{0} is not a valid name of an image.', ref);
  throw failed({
    id: 'invalid-reference',
    message,
    remedy: l10n.t('A name of an image begins with a letter.'),
  });
}

const invalidReference: Pattern = {
  id: 'invalid-reference',
  when: [
    /invalid reference format/i,
    /invalid tag "?([^\s"]+)"?/i,
    inLine(/repository name /i, /must be (?:lowercase|canonical)/i),
  ],
  say: (_, { image }) => ({
    message: l10n.t('{0} is not a valid name of an image.', image ?? l10n.t('This')),
    remedy: l10n.t('Use lower-case letters, digits and . _ - / with a tag after a colon.'),
  }),
};

const notLoggedIn: Pattern = {
  id: 'not-logged-in',
  when: [
    /no basic auth credentials/i,
    /unauthorized: authentication required/i,
    /authentication required/i,
    /insufficient_scope: authorization failed/i,
    /401 unauthorized/i,
  ],
  say: (_, { registry }) => ({
    message: l10n.t('The registry {0} asks for a login.', registry ?? 'docker.io'),
    remedy: l10n.t('Log in, then repeat the step.'),
    action: logIn(registry ?? 'docker.io'),
  }),
};

const pushDenied: Pattern = {
  id: 'push-denied',
  when: [
    /denied: permission_denied/i,
    /denied: requested access to the resource is denied/i,
    /installation not allowed to/i,
    /denied: /i,
    // All that Docker 20.10 says of a refusal in the very words of the distribution registry.
    /^denied$/im,
    /403 forbidden/i,
    /HTTP 403 response/i,
    /unauthorized/i,
  ],
  say: (match, { registry, image }) => ({
    message: l10n.t(
      'The registry {0} does not let this user push {1}.',
      registry ?? 'docker.io',
      image ?? '',
    ),
    remedy: /scopes/.test(match.input ?? '')
      ? l10n.t('Log in with a token that may write packages.')
      : l10n.t('Log in as a user who may push there, or push to a name that starts with your own.'),
    action: logIn(registry ?? 'docker.io'),
  }),
};

const platformsUnsupported: Pattern = {
  id: 'platforms-unsupported',
  when: [
    /multi-?platform build is not supported for the docker driver/i,
    /multiple platforms feature is currently not supported for docker driver/i,
    /docker exporter does not (?:currently )?support exporting manifest lists/i,
  ],
  say: () => ({
    message: l10n.t('This builder makes images for one platform at a time.'),
    remedy: l10n.t('Create a builder that can do several, or build for one platform.'),
    action: { label: l10n.t('Create Builder'), command: 'wheelhouse.builders.create' },
    also: [{ label: l10n.t('Use Builder'), command: 'wheelhouse.builders.use' }],
  }),
};

const wheelPatterns: readonly Pattern[] = [
  {
    id: 'wheel-missing',
    when: [
      /COPY failed: no source files were specified/i,
      inLine(/lstat /i, /\/dist: no such file/i),
      inLine(/dist\//i, /\.whl"?:? not found/i),
      /wheel filename "\*\.whl" is invalid/i,
    ],
    say: () => ({
      message: l10n.t('The build found no wheel to copy.'),
      remedy: l10n.t('Build the wheel first, and see that .dockerignore lets it through.'),
      action: { label: l10n.t('Build Wheel'), command: 'wheelhouse.wheels.build' },
    }),
  },
  {
    id: 'wheel-several',
    when: [
      /conflicting URLs for package .?([\w.-]+)/i,
      /more than one source file, the destination must be a directory/i,
    ],
    say: () => ({
      message: l10n.t('Several wheels of the same package are in dist.'),
      remedy: l10n.t('Remove the old ones, then build the image again.'),
      action: { label: l10n.t('Remove Old Wheels'), command: 'wheelhouse.wheels.removeOld' },
    }),
  },
  {
    id: 'python-mismatch',
    when: [
      inLine(/current Python version \(([\d.]+)\)/i, /does not satisfy Python\s*([><=~!,.\d]+)/i),
      inLine(/requires a different Python: ([\d.]+)/i, /not in '([^']+)'/i),
    ],
    say: (match) => ({
      message: l10n.t(
        'The image has Python {0}, and the package needs Python {1}.',
        match[1] ?? '?',
        match[2] ?? '?',
      ),
      remedy: l10n.t('Change the tag in FROM, or requires-python in pyproject.toml.'),
    }),
  },
];

export const buildPatterns: readonly Pattern[] = [
  ...bootPatterns,
  {
    id: 'buildx-missing',
    when: [
      /buildx component is missing or broken/i,
      /unknown flag: --(?:progress|load|push)/i,
      /'buildx' is not a docker command/i,
    ],
    say: () => ({
      message: l10n.t('The Docker command line has no working buildx.'),
      remedy: l10n.t('Install the buildx plugin, then build again.'),
      action: {
        label: l10n.t('Read How'),
        command: 'vscode.open',
        arguments: ['https://github.com/docker/buildx#installing'],
      },
    }),
  },
  platformsUnsupported,
  invalidReference,
  ...wheelPatterns,
  {
    id: 'dockerfile-invalid',
    when: [/dockerfile parse error (?:on )?line (\d+): ([^\n]+)/i, /unknown instruction: (\S+)/i],
    say: (match) => ({
      message: match[2]
        ? l10n.t('The Dockerfile has an error in line {0}: {1}.', match[1] ?? '', match[2].replace(/\.$/, ''))
        : l10n.t('The Dockerfile has an unknown instruction: {0}.', match[1] ?? ''),
      remedy: l10n.t('Correct it, then build again.'),
    }),
  },
  {
    id: 'target-unknown',
    when: [
      /target stage "?([^"\s]+)"? could not be found/i,
      inLine(/failed to reach build target (\S+)/i, / in Dockerfile/i),
    ],
    say: (match) => ({
      message: l10n.t('The Dockerfile has no stage named {0}.', match[1] ?? ''),
      remedy: l10n.t('Choose one of its stages.'),
    }),
  },
  {
    id: 'platform-missing',
    when: [/no match for platform in manifest/i, /no matching manifest for (\S+)/i],
    say: () => ({
      message: l10n.t('The base image does not exist for the platform that is built.'),
      remedy: l10n.t('Choose another base image or another platform.'),
    }),
  },
  {
    id: 'rate-limited',
    when: [/toomanyrequests/i, /you have reached your (?:unauthenticated )?pull rate limit/i],
    say: () => ({
      message: l10n.t('Docker Hub allows no more pulls from here for now.'),
      remedy: l10n.t('Log in to raise the limit, or wait.'),
      action: logIn('docker.io'),
    }),
  },
  {
    id: 'base-unknown',
    when: [
      /pull access denied for ([^\s,]+)/i,
      /manifest for (\S+) not found/i,
      inLine(wordBefore(/: failed to resolve source metadata/i), /not found|denied/i),
      inLine(/create LLB definition|load metadata for/i, /: (?:failed to \w+ )?(\S+): not found/i),
      /manifest unknown/i,
    ],
    say: (match) => ({
      message: l10n.t('The base image {0} does not exist, or needs a login.', match[1] ?? ''),
      remedy: remedyForBase(match.input ?? ''),
    }),
  },
  registryOfBuild,
  registryDown,
  plainRegistry,
  platformNotRun,
  stepFailed,
];

export const runPatterns: readonly Pattern[] = [
  ...startPatterns,
  {
    id: 'name-taken',
    when: [inLine(/container name "?\/?([^"\s]+)/i, /is already in use/i)],
    say: (match) => ({
      message: l10n.t('A container named {0} exists already.', match[1] ?? ''),
      remedy: l10n.t('Choose another name, or remove that container.'),
    }),
  },
  {
    // The registry was asked only because the image is not here, which is the nearer reason.
    id: 'image-unknown',
    when: [inText(/unable to find image/i, /locally/i, /dial tcp|net\/http|no such host|context deadline/i)],
    say: (_, { image, registry }) => ({
      message: l10n.t(
        'There is no image {0} here, and the registry {1} does not answer.',
        image ?? '',
        registry ?? 'docker.io',
      ),
      remedy: l10n.t('Build it, or choose another tag.'),
      action: { label: l10n.t('Build Image'), command: 'wheelhouse.images.build' },
    }),
  },
  registryDown,
  plainRegistry,
  notLoggedIn,
  {
    id: 'image-unknown',
    when: [
      /pull access denied/i,
      /manifest (?:for \S+ )?(?:unknown|not found)/i,
      /no such image/i,
      /repository does not exist/i,
      inLine(/short-name /i, /did not resolve/i),
      /image not known/i,
    ],
    say: (_, { image }) => ({
      message: l10n.t('There is no image {0}, neither here nor in its registry.', image ?? ''),
      remedy: l10n.t('Build it, or choose another tag.'),
      action: { label: l10n.t('Build Image'), command: 'wheelhouse.images.build' },
    }),
  },
  invalidReference,
  {
    id: 'no-command',
    when: [/no command specified/i],
    say: () => ({
      message: l10n.t('The image says no command to run.'),
      remedy: l10n.t('Type a command, or add CMD or ENTRYPOINT to the Dockerfile.'),
    }),
  },
];

export const pushPatterns: readonly Pattern[] = [
  {
    id: 'image-unknown',
    when: [/tag does not exist/i, /image does not exist locally/i, /no such image/i, /image not known/i],
    say: (_, { image }) => ({
      message: l10n.t('There is no image {0} here.', image ?? ''),
      remedy: l10n.t('Build it first, or choose another tag.'),
      action: { label: l10n.t('Build Image'), command: 'wheelhouse.images.build' },
    }),
  },
  invalidReference,
  plainRegistry,
  registryDown,
  notLoggedIn,
  pushDenied,
  {
    id: 'connection-lost',
    when: [/use of closed network connection/i, /connection reset by peer/i, /broken pipe/i],
    say: (_, { registry }) => ({
      message: l10n.t('The connection to {0} broke during the push.', registry ?? 'docker.io'),
      remedy: l10n.t('Push again; layers that arrived are not sent twice.'),
    }),
  },
];

/** What keeps an image from going. */
export function usedBy(container?: { readonly id: string; readonly name: string }): Omit<Failure, 'id'> {
  if (!container)
    return {
      message: l10n.t('A container still uses this image.'),
      remedy: l10n.t('Remove the container first.'),
      action: { label: l10n.t('Show Containers'), command: 'wheelhouse.containers.focus' },
    };
  return {
    message: l10n.t('The container {0} still uses this image.', container.name),
    remedy: l10n.t('Remove the container first.'),
    action: {
      label: l10n.t('Remove {0}', container.name),
      command: 'wheelhouse.containers.remove',
      arguments: [{ container: container.id, ask: true }],
    },
  };
}

export const imagePatterns: readonly Pattern[] = [
  {
    id: 'image-in-use',
    when: [
      /image is being used by (?:running|stopped) container ([0-9a-f]{12,64})/i,
      /container ([0-9a-f]{12,64}) is using its referenced image/i,
      /image used by ([0-9a-f]{12,64}): image is in use by a container/i,
      inLine(/image is being used by /i, /(?:running|stopped) container/i),
      /image is in use by a container/i,
      inLine(/container /i, /is using its referenced image/i),
    ],
    say: ([, id = '']) => usedBy(/^[0-9a-f]{12,64}$/.test(id) ? { id, name: id.slice(0, 12) } : undefined),
  },
  ...pushPatterns.slice(0, 2),
];

/** Where a reference is pushed to, as people call it. */
export function registryOf(ref: string): string {
  return parseReference(ref).registry ?? 'docker.io';
}
