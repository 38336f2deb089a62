import { readPipInstall } from '../../../facts/pip.ts';
import { fillsEnvironment, readUv } from '../../../facts/uv.ts';
import type { ShellCommand } from '../../../syntax/shell.ts';

/**
 * What a command above the cut is for: packages of the distribution, the environment of Python or what its tools say, files
 * that the final stage needs as well, or nothing that lasts.
 */
export type CommandKind = 'system' | 'python' | 'makes' | 'idle';

const idle = /^(?:set|true|:|export|pwd|ls|which)$/;
/** What makes files, accounts or settings out of what is in the file and its base image alone. */
const makers =
  /^(?:mkdir|touch|ln|chmod|chown|chgrp|groupadd|useradd|usermod|adduser|addgroup|tee|install|sed|cp|mv|locale-gen|update-locale|localedef|update-ca-certificates|dpkg-reconfigure)$/;
const printers = /^(?:echo|printf|cat)$/;
/** Where only caches and package lists lie. */
const cacheFolders =
  /^(?:\/var\/(?:lib\/apt|cache|tmp|log)|\/tmp|(?:\/root|~|\$HOME|\$\{HOME\})\/\.cache|\/usr\/share\/(?:doc|man))(?:\/|$)/;

/** @param text the instruction, for where the output of a command goes */
export function kindOf(command: ShellCommand, text: string): CommandKind | undefined {
  const { name, args } = command;
  const words = args.map(({ value }) => value);
  if (/^apt(?:-get)?$/.test(name)) return kindOfApt(words);
  if (/^pip[\d.]*$/.test(name)) return kindOfPip(words);
  if (/^python[\d.]*$/.test(name)) {
    if (readPipInstall(command)) return kindOfPip(words.slice(words.indexOf('pip') + 1));
    return /^(?:--version|-V)$/.test(words.join(' ')) ? 'idle' : undefined;
  }
  if (name === 'uv') return kindOfUv(command);
  if (name === 'rm')
    return words.every((word) => /^-|\.(?:txt|toml|lock)$/.test(word) || cacheFolders.test(word))
      ? 'idle'
      : kindOfRemoval(words);
  if (idle.test(name) || name === '') return 'idle';
  if (printers.test(name)) return />|\btee\b/.test(text) ? 'makes' : 'idle';
  return makers.test(name) ? 'makes' : undefined;
}

/** The file that keeps apt from using a cache mount (Dockerfile reference, "RUN --mount=type=cache"). */
const kindOfRemoval = (words: readonly string[]): CommandKind | undefined =>
  words.every((word) => /^-|^\/etc\/apt\/apt\.conf\.d\/docker-clean$/.test(word)) ? 'makes' : undefined;

function kindOfApt(words: readonly string[]): CommandKind | undefined {
  const verb = words.find((word) => !word.startsWith('-') && !/[=:]/.test(word));
  if (verb === 'install' || verb === 'update') return 'system';
  return verb !== undefined &&
    /^(?:auto)?(?:clean|remove)$|^autopurge$|^distclean$/.test(verb) &&
    verb !== 'remove'
    ? 'system'
    : undefined;
}

/** Flags by which packages go elsewhere than into the environment, or come out of what is installed there. */
const elsewhere =
  /^--(?:user|target|prefix|root|python|no-build-isolation|no-binary|editable|dry-run|download|group|src)(?:=|$)|^-[a-zA-Z]*[tep]$|^-[pe]./;

function kindOfPip(words: readonly string[]): CommandKind | undefined {
  const verb = words.find((word) => !word.startsWith('-'));
  if (words.some((word) => elsewhere.test(word))) return undefined;
  if (verb === 'install') return 'python';
  // pip keeps its settings below the home folder.
  if (verb === 'config') return 'makes';
  return verb === undefined || /^(?:cache|check|list|freeze|show|debug)$/.test(verb) ? 'python' : undefined;
}

function kindOfUv(command: ShellCommand): CommandKind | undefined {
  const uv = readUv(command);
  const words = command.args.map(({ value }) => value);
  if (!uv) return words.every((word) => /^(?:--version|-V)$/.test(word)) ? 'python' : undefined;
  if (/^(?:cache clean|cache prune|pip list|pip freeze|pip check|version)$/.test(uv.verb)) return 'python';
  if (uv.verb === 'export')
    return words.some((word) => /^(?:-o|--output-file)/.test(word)) ? 'python' : undefined;
  if (!fillsEnvironment(uv)) return undefined;
  const isOther = words.some(
    (word) => elsewhere.test(word) || /^--(?:directory|project|script|active)(?:=|$)/.test(word),
  );
  return isOther ? undefined : 'python';
}
