// Containers without VS Code: their state in words, its colour, and what the tooltip says.
import { t } from '@vscode/l10n';
import { lineOf } from '../runtime/command-line.ts';
import { composeLabels } from '../runtime/compose-labels.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { redact } from '../runtime/redact.ts';
import { block, code, facts, joined, type Markdown, plain } from '../ui/plain-text.ts';
import { exitReason, formatAge, formatSpan } from '../ui/words.ts';
import { speaksOfJupyter } from './model-inside.ts';

/** `running · 340 MiB · CPU 12% · 2 min · :8000→8000`, `exited 137 · out of memory · 5 min ago`. */
export function stateWords(
  container: ContainerDetails,
  now = new Date(),
  usage: readonly string[] = [],
): string {
  // What one that ended took last is not what it takes.
  return wordsOf(container, now, isActive(container) ? usage : []);
}

/** The same without ages, for what stands still: a line of a log, a message, a tooltip that is kept. */
export function lastingWords(container: ContainerDetails): string {
  return wordsOf(container, undefined, []);
}

function wordsOf(container: ContainerDetails, now: Date | undefined, usage: readonly string[]): string {
  const [state, ...more] = stateParts(container, now);
  const ports = portWords(container);
  // Of one that ends again and again what it takes is that of its last run.
  const words =
    container.status === 'restarting'
      ? [state, ...more, ...usage, ...ports]
      : [state, restartWords(container), ...usage, ...more, ...ports];
  return words.filter(Boolean).join(' · ');
}

/** What runs this moment may have been started again by its restart policy a moment ago. */
function restartWords({ status, restarts }: ContainerDetails): string | undefined {
  if (status !== 'running' || !restarts) return undefined;
  return restarts === 1 ? t('restarted once') : t('restarted {0} times', restarts);
}

function stateParts(
  container: ContainerDetails,
  now: Date | undefined,
): readonly (string | number | undefined)[] {
  const { status, started, finished } = container;
  const age = now && finished && formatAge(finished, now);
  switch (status) {
    case 'running':
      return [
        t('running'),
        now && started && formatSpan(now.getTime() - started.getTime()),
        container.health === 'healthy' ? undefined : healthWord(container.health),
      ];
    case 'exited':
    case 'stopped':
      if (wasStopped(container)) return [t('stopped'), age];
      return [t('exited {0}', container.exitCode), whyWords(container), age];
    case 'created':
    case 'configured':
      return container.error ? [t('did not start'), exitReason(container)] : [t('never started')];
    case 'paused':
      return [t('paused')];
    case 'restarting':
      return [
        t('restarting'),
        t('exited {0}', container.exitCode),
        whyWords(container),
        container.restarts &&
          (container.restarts === 1 ? t('1 restart') : t('{0} restarts', container.restarts)),
      ];
    case 'removing':
      return [t('being removed')];
    default:
      return [status];
  }
}

const longestSaid = 60;

/** What a shell says of a command that it cannot run names it. */
function whyWords(container: ContainerDetails): string | undefined {
  const [reason, said] = [exitReason(container), saidWords(container)];
  return tellsMore(container) ? (said ?? reason) : (reason ?? said);
}

/** Whether the end of its log may tell more than its exit code does. */
export function tellsMore(container: ContainerDetails): boolean {
  return !exitReason(container) || container.exitCode === 126 || container.exitCode === 127;
}

/** `ValueError: lr is NaN` without the modules before it, `pip: not found` without the shell that says so. */
function saidWords({ said }: ContainerDetails): string | undefined {
  if (!said) return undefined;
  const words = redact(said).replace(/^(?:\/bin\/)?\w{0,3}sh: (?:(?:line )?\d{1,6}: )?/, '');
  const [head = '', ...rest] = words.split(': ');
  const name = /\s/.test(head) ? head : head.slice(head.lastIndexOf('.') + 1);
  const shown = [name, ...rest].join(': ');
  return shown.length > longestSaid ? `${shown.slice(0, longestSaid).trimEnd()}…` : shown;
}

function healthWord(health: string | undefined): string | undefined {
  if (health === 'unhealthy') return t('unhealthy');
  return health === 'starting' ? t('health not known yet') : undefined;
}

function portWords({ ports }: ContainerDetails): readonly string[] {
  return ports.map(({ address = '', host, container }) => `${address}:${host}→${container}`);
}

/** A person stopped it: from here, or with the signal that asks a process to end. */
function wasStopped({ stoppedHere, exitCode, outOfMemory, error }: ContainerDetails): boolean {
  return !outOfMemory && !error && (stoppedHere === true || exitCode === 143);
}

/** Ended by itself, and not well. 130 is how a container ends that was interrupted. */
export function hasFailed(container: ContainerDetails): boolean {
  const { status, exitCode, outOfMemory, error } = container;
  if (wasStopped(container) && !isActive(container)) return status === 'dead';
  if (isActive(container)) return status === 'restarting' && exitCode !== 0;
  return outOfMemory || status === 'dead' || Boolean(error) || ![0, 130].includes(exitCode);
}

/** Can be stopped: the engine calls a paused container running, and restarting is between two runs. */
export function isActive({ running, status }: ContainerDetails): boolean {
  return running || status === 'paused' || status === 'restarting';
}

/** A process can be started in it. */
export function takesShell({ status }: ContainerDetails): boolean {
  return status === 'running';
}

/** A theme colour to support the words; most that ended need none. */
export function stateColor(container: ContainerDetails): string | undefined {
  if (hasFailed(container)) return 'charts.red';
  if (container.status === 'running')
    return container.health === 'unhealthy' ? 'charts.yellow' : 'charts.green';
  return isActive(container) ? 'charts.yellow' : 'disabledForeground';
}

/** Menus match these flags. */
export function contextFlags(container: ContainerDetails): string {
  const active = isActive(container) ? 'running' : 'stopped';
  const more = [
    takesShell(container) ? 'shell;' : '',
    container.status === 'paused' ? 'paused;' : '',
    browserPorts(container).length ? 'port;' : '',
    takesShell(container) && speaksOfJupyter(container) ? 'jupyter;' : '',
    composeLabels(container.raw) ? 'compose;' : '',
  ];
  return `;container;${active};${more.join('')}`;
}

/** Published by TCP, which engines name without a protocol. */
export function browserPorts({ ports }: ContainerDetails): ContainerDetails['ports'] {
  return ports.filter(({ container }) => !container.includes('/'));
}

/** Says what is wrong with a name for a container, if anything: engines allow the letters of RFC 1123 names, and `_`. */
export function checkContainerName(name: string): string | undefined {
  if (/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) return undefined;
  return t('A name of a container has letters, digits, and . _ - after the first; two at least.');
}

/** Says what is wrong with a name and tag for an image, if anything. */
export function checkImageName(text: string): string | undefined {
  const ref = text.trim();
  if (/^(?:[\w.-]+(?::\d+)?\/)?[a-z0-9][a-z0-9._/-]*(?::\w[\w.-]{0,127})?$/.test(ref)) return undefined;
  return t('Use lower-case letters, digits and . _ - / with a tag after a colon.');
}

/** `bikes-1` of `ghcr.io/owner/bikes:1.0` is offered as `bikes:bikes-1`: a name that no registry has. */
export function imageNameFor({ image, name }: Pick<ContainerDetails, 'image' | 'name'>): string {
  const [path = ''] = image.split('@');
  const base = path.slice(path.lastIndexOf('/') + 1).split(':')[0] ?? '';
  const repository =
    /^[a-z0-9][a-z0-9._-]*$/.test(base) && !/^[0-9a-f]{12,}$/.test(base) ? base : 'committed';
  return `${repository}:${name.replace(/[^\w.-]/g, '-').slice(0, 100)}`;
}

/** Running ones first, then those that ended last. One that is restarted again and again keeps its place. */
export function byState(a: ContainerDetails, b: ContainerDetails): number {
  const time = (container: ContainerDetails) => {
    const { finished, started, created, restarts } = container;
    const dates = restarts && isActive(container) ? [created] : [finished, started, created];
    // By seconds, as the list tells them, so that those of one second stand by their names from the first rows on.
    return Math.floor(Math.max(...dates.map((date) => date?.getTime() ?? 0)) / 1000);
  };
  return Number(isActive(b)) - Number(isActive(a)) || time(b) - time(a) || a.name.localeCompare(b.name);
}

export function inOrder(containers: readonly ContainerDetails[]): readonly ContainerDetails[] {
  return containers.toSorted(byState);
}

/** The Compose project that a container is of, as its labels tell; podman-compose sets the same. */
export function composeProject({ labels = {} }: ContainerDetails) {
  const label = (name: string) => labels[`com.docker.compose.project${name}`] || undefined;
  const name = label('');
  return name ? { name, files: label('.config_files'), folder: label('.working_dir') } : undefined;
}

/** By name, by id, or by the beginning of an id as engines print it. */
export function findContainer<T extends Pick<ContainerDetails, 'id' | 'name'>>(
  containers: readonly T[],
  ref: string,
): T | undefined {
  return (
    containers.find(({ id, name }) => name === ref || id === ref) ??
    containers.find(({ id }) => /^[0-9a-f]{12,}$/.test(ref) && id.startsWith(ref))
  );
}

/** What comes from the container is shown as code: it may hold anything. */
export function describeContainer(
  container: ContainerDetails,
  lastLines: readonly string[] = [],
  now = new Date(),
  usage?: Markdown,
): Markdown {
  const { id, name, image, created, mounts, command, error, gpu } = container;
  const lines = facts([
    [t('Id'), code(id.slice(0, 12))],
    [t('Image'), code(image)],
    [t('Created'), created && plain(`${created.toISOString().slice(0, 19).replace('T', ' ')} UTC`)],
    [t('Ports'), plain(portWords(container).join(', '))],
    [
      t('Mounts'),
      joined(
        mounts.map(({ from, to, readOnly }) =>
          joined([code(`${from} → ${to}`), readOnly ? plain(t('read-only')) : undefined]),
        ),
        ', ',
      ),
    ],
    [t('Command'), code(quoted(command))],
    [t('GPU'), gpu ? plain(t('yes')) : undefined],
    [t('Error'), error ? code(redact(error)) : undefined],
  ]);
  const said = lastLines.join('\n');
  return joined(
    [
      joined([code(name), plain(stateWords(container, now))]),
      usage,
      lines,
      ...(said ? [plain(t('Last lines')), block(redact(said))] : []),
    ],
    '\n\n',
  );
}

/** As a shell takes it. */
function quoted([program, ...args]: readonly string[]): string {
  return program === undefined ? '' : redact(lineOf(program, args, 'linux'));
}
