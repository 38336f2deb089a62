import { inOrder } from '../text/in-order.ts';
import { remember } from '../text/remember.ts';
import { baseImage, officialName } from './base-images.ts';
import { baseRelease } from './base-python.ts';
import type { FileFacts } from './file-facts.ts';
import { lineage, rootStage, type Stage } from './stages.ts';
import { systemPackages } from './system-packages.ts';

/** Base images that are known to hold little more than their system: what is not installed is not there. */
export function isBareBase(stage: Stage): boolean {
  const root = rootStage(stage);
  const { registry = 'docker.io', tag = '' } = baseImage(stage);
  if (root.base.unknown.length > 0 || !/^(?:docker\.io|nvcr\.io)$/.test(registry)) return false;
  const name = officialName(baseImage(stage));
  if (name === 'python') return /(?:^|-)slim(?:-|$)/.test(tag);
  if (name === 'nvidia/cuda') return /-(?:base|runtime)-(?:ubuntu|debian)/.test(tag);
  return name === 'debian' || name === 'ubuntu';
}

/**
 * The packages of the distribution that a stage has with those that it builds on; undefined where some may be installed out
 * of sight: from a list, by a script, or copied from another stage.
 */
export function installedPackages(facts: FileFacts, stage: Stage): ReadonlySet<string> | undefined {
  if (!known.has(stage)) known.set(stage, readInstalled(facts, stage));
  return known.get(stage);
}

const known = new WeakMap<Stage, ReadonlySet<string> | undefined>();
const answersOf = remember((_: ReadonlySet<string>) => new Map<RegExp, boolean>());

/** Whether a pattern, a constant of the caller's, is that of an installed package. Each is looked for once. */
export function isInstalled(installed: ReadonlySet<string>, pattern: RegExp): boolean {
  const answers = answersOf(installed);
  const answer = answers.get(pattern) ?? [...installed].some((one) => pattern.test(one));
  answers.set(pattern, answer);
  return answer;
}

function readInstalled(facts: FileFacts, stage: Stage): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const { instructions } of lineage(stage)) {
    for (const it of instructions) {
      const { keyword, text } = it.node;
      const isHidden =
        (keyword === 'RUN' &&
          (/\bxargs\b|dpkg -i|\.deb\b|\.sh\b|\bconda\b|mamba\b|\bnix\b|\bbrew\b/.test(text) ||
            inOrder(text, /\n/, /\bapt/, /\s/, /\$[({]/))) ||
        (/^(?:COPY|ADD)$/.test(keyword) &&
          /--from=/.test(text) &&
          /\s\/(?:usr\/?|lib\/?|)(?:\s|$)|\/usr\/(?:lib|local)/.test(text));
      if (isHidden) return undefined;
      if (keyword === 'RUN') for (const { name } of systemPackages(facts, it)) names.add(name);
    }
  }
  return names;
}

/**
 * The codename of a stage's Debian or Ubuntu, also where a tag of the official images leaves it out and means the newest
 * (docker-library/official-images, 2026-08-21): trixie for python, resolute for `ubuntu:latest`.
 */
export function codenameOf(stage: Stage): string | undefined {
  const named = baseRelease(stage)?.codename;
  if (named !== undefined || rootStage(stage).base.unknown.length > 0) return named;
  const { registry, tag = 'latest', digest } = baseImage(stage);
  const name = officialName(baseImage(stage));
  if ((registry !== undefined && registry !== 'docker.io') || digest !== undefined) return undefined;
  // A patch level may be of a time when another Debian was meant.
  if (name === 'python' && /^(?:(?:3\.1[0-4]|3|latest)(?:-slim)?|slim)$/.test(tag)) return 'trixie';
  if (name === 'debian' && /^(?:latest|stable)(?:-slim)?$/.test(tag)) return 'trixie';
  return name === 'ubuntu' && tag === 'latest' ? 'resolute' : undefined;
}
