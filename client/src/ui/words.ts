// Sizes and ages as people read them.
import * as l10n from '@vscode/l10n';
import type { ContainerDetails } from '../runtime/container-details.ts';

/** Decimal units, as Docker and uv print them. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** Binary units, as engines take limits of memory and tell what is used of them. */
export function formatMemory(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

export function formatAge(date: Date, now = new Date()): string {
  const passed = now.getTime() - date.getTime();
  return passed < 60_000 ? l10n.t('just now') : l10n.t('{0} ago', formatSpan(passed));
}

export function formatSpan(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return l10n.t('under 1 min');
  if (minutes < 60) return l10n.t('{0} min', minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return l10n.t('{0} h', hours);
  const days = Math.floor(hours / 24);
  return days === 1 ? l10n.t('1 day') : l10n.t('{0} days', days);
}

/** An id as engines show it; a name as it is. */
export function shortId(ref: string): string {
  return /^[0-9a-f]{64}$/.test(ref) ? ref.slice(0, 12) : ref;
}

/** A line of output as a step; the id that ends it is none. */
export function stepOf(line: string): string | undefined {
  const said = line.trim();
  return said === shortId(said) ? said || undefined : undefined;
}

/** By how many containers something is used. */
export function formatUsers(count: number): string {
  if (!count) return l10n.t('unused');
  return count === 1 ? l10n.t('used by 1 container') : l10n.t('used by {0} containers', count);
}

/** So that a question stays one that is read. */
const mostNames = 20;

export function listNames(names: readonly string[]): string {
  const more = names.length - mostNames;
  return [...names.slice(0, mostNames), ...(more > 0 ? [l10n.t('and {0} more', more)] : [])].join(', ');
}

/** How long something took that may be over in a moment. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return l10n.t('{0} s', seconds.toFixed(1));
  if (seconds < 60) return l10n.t('{0} s', Math.round(seconds));
  return formatSpan(milliseconds);
}

/** What an exit code means by convention: 126 and 127 of shells, 128 + n for signal n. */
export function exitReason({
  exitCode,
  outOfMemory,
}: Pick<ContainerDetails, 'exitCode' | 'outOfMemory'>): string | undefined {
  if (outOfMemory) return l10n.t('out of memory');
  const reasons: Readonly<Record<number, string>> = {
    126: l10n.t('command cannot be run'),
    127: l10n.t('command not found'),
    130: l10n.t('interrupted'),
    132: l10n.t('illegal instruction'),
    134: l10n.t('aborted'),
    137: l10n.t('killed'),
    139: l10n.t('memory access fault'),
  };
  return reasons[exitCode];
}
