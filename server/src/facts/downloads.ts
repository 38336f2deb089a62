import type { ShellCommand, ShellWord } from '../syntax/shell.ts';
import { flagNames } from './command-flags.ts';

/** A `curl` or `wget` that fetches something. */
export interface Download {
  readonly command: ShellCommand;
  readonly urls: readonly ShellWord[];
  /** The name behind `-o`, `-O` of wget; `-` is standard output. */
  readonly output: ShellWord | undefined;
  /** It keeps the name that the URL has: `-O` of curl, or wget without `-O`. */
  readonly keepsName: boolean;
}

/** Flags of curl whose next word is their value (curl(1) 8.16); those of wget that are used with one (GNU Wget 1.25). */
const valueFlags: Readonly<Record<string, { readonly short: string; readonly long: ReadonlySet<string> }>> = {
  curl: {
    short: 'AbCcDdEeFHKmoPQrTtuUwXxYyz',
    long: new Set(
      `cacert capath cert connect-timeout continue-at cookie cookie-jar data data-binary data-raw data-urlencode
      dump-header header key limit-rate max-redirs max-time netrc-file noproxy output output-dir proto proto-redir proxy
      range referer request resolve retry retry-delay retry-max-time speed-limit speed-time upload-file url user
      user-agent write-out`.split(/\s+/),
    ),
  },
  wget: {
    short: 'aAeiloOPQrRtTUwX',
    long: new Set(
      `append-output ca-certificate directory-prefix execute header input-file limit-rate output-document output-file
      password post-data progress read-timeout timeout tries user user-agent wait waitretry`.split(/\s+/),
    ),
  },
};

/** Reads a command as a download; undefined where it is none, or names no URL. */
export function readDownload(command: ShellCommand): Download | undefined {
  const { name, args } = command;
  const takes = Object.hasOwn(valueFlags, name) ? valueFlags[name] : undefined;
  if (!takes) return undefined;
  const outputFlags = name === 'curl' ? ['o', 'output'] : ['O', 'output-document'];
  const urls: ShellWord[] = [];
  let output: ShellWord | undefined;
  let keepsName = name === 'wget';
  for (let i = 0; i < args.length; i++) {
    const word = args[i] as ShellWord;
    const names = flagNames(word.value);
    if (names.length === 0) {
      if (/^["']?(?:https?|ftp):\/\//.test(word.value)) urls.push(word);
      continue;
    }
    if (name === 'curl' && names.some((flag) => /^(?:O|remote-name(?:-all)?)$/.test(flag))) keepsName = true;
    const isLong = word.value.startsWith('--');
    const taker = isLong
      ? names.find((flag) => takes.long.has(flag))
      : names.find((flag) => takes.short.includes(flag));
    if (!taker || word.value.includes('=')) continue;
    // `-oFILE` has its value in the word.
    const isJoined = !isLong && names.indexOf(taker) < names.length - 1;
    if (outputFlags.includes(taker)) output = isJoined ? word : args[i + 1];
    if (!isJoined) i++;
  }
  return urls.length > 0
    ? { command, urls, output, keepsName: keepsName && output === undefined }
    : undefined;
}
