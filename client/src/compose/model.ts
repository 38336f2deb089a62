// Compose projects without VS Code: their files, and what is said of them.
import { t } from '@vscode/l10n';
import type { Member } from '../engine/compose-members.ts';

/** Where Compose looks by itself, in its order; see DefaultFileNames of compose-go. */
export const usualNames: readonly string[] = [
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
];
const usualOverride = /^(?:docker-)?compose\.override\.ya?ml$/;
/** `docker-compose.gpu.yml` is meant to go over the usual file. */
const anyName = /^(?:docker-)?compose(?:\.[\w.-]+)?\.ya?ml$/;

export const isComposeFile = (name: string) => anyName.test(name);

/**
 * Which files of a folder are meant when one is named: none where Compose finds it by itself, with its override; for one
 * that goes over the usual file, also the two together.
 */
export function filesFor(
  name: string,
  folder: readonly string[],
): { readonly alone: readonly string[]; readonly together?: readonly string[] } {
  const usual = usualNames.find((each) => folder.includes(each));
  if (usual && (name === usual || usualOverride.test(name))) return { alone: [] };
  if (!usual || usualNames.includes(name)) return { alone: [name] };
  return { alone: [name], together: [usual, name] };
}

/** The usual file comes first, as the others go over it. */
export function inOrderOfFiles(names: readonly string[]): readonly string[] {
  const place = (name: string) => Number(!usualNames.includes(name)) + Number(usualOverride.test(name)) / 2;
  return names.toSorted((a, b) => place(a) - place(b));
}

const longestLabel = 20_000;

/** The files that a label names. A path with a comma is one where it is there. */
export async function filesOfLabel(
  label: string,
  absolute: (path: string) => string,
  isThere: (path: string) => Promise<boolean>,
): Promise<{ readonly files: readonly string[]; readonly isHere: boolean }> {
  const pieces = label.slice(0, longestLabel).split(',');
  const files: string[] = [];
  let left = '';
  for (const piece of pieces.slice(0, 100)) {
    left = left ? `${left},${piece}` : piece;
    if (!(await isThere(absolute(left)))) continue;
    files.push(absolute(left));
    left = '';
  }
  return left ? { files: [label.slice(0, longestLabel)], isHere: false } : { files, isHere: true };
}

/** `2 services · 3 containers, 2 running`. */
export function projectWords(members: readonly Member[]): string {
  const running = members.filter((member) => member.running).length;
  return t('{0} of {1} containers running', running, members.length);
}

export function serviceOf({ compose, name }: Member): string {
  return compose.service ?? name;
}

/** Ended by itself, and not well; 130 and 143 are how a container ends that was asked to. */
export function hasEndedBadly({ running, outOfMemory, error, exitCode }: Member): boolean {
  return !running && (outOfMemory || Boolean(error) || ![0, 130, 143].includes(exitCode));
}

/** `web :8000→80, db running, prepare ended`. */
export function upWords(members: readonly Member[]): string {
  return members
    .map((member) => {
      const ports = browserPorts(member).map(({ host, container }) => `:${host}→${container}`);
      const state = member.running ? ports.join(' ') || t('running') : t('ended');
      return `${serviceOf(member)} ${state}`;
    })
    .join(', ');
}

/** Published by TCP, which engines name without a protocol. */
export function browserPorts({ running, ports }: Member): Member['ports'] {
  return running ? ports.filter(({ container }) => !container.includes('/')) : [];
}

/** What `down` takes with it. Volumes without a name hang on containers alone, and carry no label. */
export function unnamedVolumes(members: readonly Member[]): readonly string[] {
  return members.flatMap(({ mounts }) =>
    mounts.flatMap(({ from }) => (/^[0-9a-f]{64}$/.test(from) ? [from] : [])),
  );
}

export type Loss = {
  readonly project: string;
  readonly containers: readonly string[];
  readonly running: number;
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
};

/** `3 containers (2 of them running), 1 network and 2 volumes`. */
export function lossWords({ containers, running, networks, volumes }: Loss): string {
  const one = (count: number, single: string, several: string) =>
    count ? [count === 1 ? single : several] : [];
  const parts = [
    ...one(
      containers.length,
      running ? t('1 container, which is running') : t('1 container'),
      running
        ? t('{0} containers, {1} of them running', containers.length, running)
        : t('{0} containers', containers.length),
    ),
    ...one(networks.length, t('1 network'), t('{0} networks', networks.length)),
    ...one(volumes.length, t('1 volume'), t('{0} volumes', volumes.length)),
  ];
  return parts.join(' · ');
}

/** The names that images of services get; podman-compose joins them otherwise. */
export function builtName(project: string, service: string, full: boolean): string {
  return `${project}${full ? '-' : '_'}${service}`;
}
