// The few facts of a Dockerfile that building it depends on. The language server has the real syntax tree; the
// client may not import it, and needs no more than stages, arguments without a value, and what is copied.

import { instructions } from './dockerfile-instructions.ts';

export type DockerfileFacts = {
  /** Named stages in order. */
  readonly stages: readonly string[];
  /** Arguments that have no default, so that a build without them gets an empty value. */
  readonly openArgs: readonly string[];
  /** Sources of COPY and ADD that come from the build context. */
  readonly copied: readonly string[];
  /** That its stages name, where no builder says them. */
  readonly platforms: readonly string[];
};

/** Set by the builder itself, or taken from the environment (docs.docker.com/reference/dockerfile). */
const predefined =
  /^(?:(?:https?|ftp|no|all)_proxy|(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)|TARGETSTAGE|BUILDKIT_\w+|SOURCE_DATE_EPOCH)$/i;

export function readDockerfile(text: string): DockerfileFacts {
  const stages: string[] = [];
  const given = new Set<string>();
  const open = new Set<string>();
  const copied: string[] = [];
  const platforms = new Set<string>();
  for (const { text: line } of instructions(text)) {
    const [keyword = '', ...words] = line.split(/\s+/);
    const flags = words.filter((word) => word.startsWith('--'));
    const args = words.filter((word) => !word.startsWith('--'));
    if (/^from$/i.test(keyword)) {
      const [, as, name] = args;
      if (name && /^as$/i.test(as ?? '')) stages.push(name);
      const [named] = flags.flatMap((flag) => /^--platform=([\w./-]+)$/.exec(flag)?.[1] ?? []);
      if (named) platforms.add(named);
    } else if (/^arg$/i.test(keyword)) {
      for (const arg of args) {
        const [name = '', value] = arg.split('=');
        if (value !== undefined) given.add(name);
        else if (!predefined.test(name)) open.add(name);
      }
    } else if (/^(?:copy|add)$/i.test(keyword) && !flags.some((flag) => flag.startsWith('--from='))) {
      copied.push(...sources(line, args));
    }
  }
  return {
    stages,
    openArgs: [...open].filter((name) => !given.has(name)),
    copied,
    platforms: [...platforms],
  };
}

function sources(line: string, args: readonly string[]): readonly string[] {
  const json = line.endsWith(']') && line.includes('[') ? line.slice(line.indexOf('[')) : undefined;
  let words = args;
  if (json) {
    try {
      words = JSON.parse(json) as string[];
    } catch {
      return [];
    }
  }
  return words.slice(0, -1).filter((source) => !source.startsWith('<<') && !source.includes('://'));
}
