/** How a command that runs the command behind it is written. */
export interface Wrapper {
  /** Letters of the flags that take the next word as value. */
  readonly valueFlags: string;
  /** The same for long flags, `--max-args 5`. */
  readonly longValueFlags?: readonly string[];
  /** Words before the command. */
  readonly positional?: number;
  /** Letters of the flags with which it runs nothing, as `command -v`. */
  readonly idleFlags?: string;
}

/**
 * Commands that run the command behind them.
 * Source: the manual pages of sudo 1.9, doas 6, coreutils 9 (env, nice, nohup, timeout, stdbuf), bash 5 (exec, command,
 * builtin, time), util-linux 2.38 (ionice), findutils 4.9 (xargs), BusyBox 1.36, gosu 1.17, su-exec 0.2.
 */
export const commandWrappers: Readonly<Record<string, Wrapper>> = {
  sudo: {
    valueFlags: 'CDghpRrtTuU',
    longValueFlags: ['user', 'group', 'host', 'prompt', 'chdir', 'chroot'],
    idleFlags: 'lvVK',
  },
  doas: { valueFlags: 'Cu' },
  gosu: { valueFlags: '', positional: 1 },
  'su-exec': { valueFlags: '', positional: 1 },
  env: { valueFlags: 'uCS', longValueFlags: ['unset', 'chdir'] },
  nice: { valueFlags: 'n', longValueFlags: ['adjustment'] },
  ionice: { valueFlags: 'cn' },
  nohup: { valueFlags: '' },
  stdbuf: { valueFlags: 'ioe', longValueFlags: ['input', 'output', 'error'] },
  time: { valueFlags: 'fo' },
  exec: { valueFlags: 'a' },
  command: { valueFlags: '', idleFlags: 'vV' },
  builtin: { valueFlags: '' },
  busybox: { valueFlags: '' },
  eatmydata: { valueFlags: '' },
  // `timeout 30 command`: the duration comes first.
  timeout: { valueFlags: 'ks', longValueFlags: ['kill-after', 'signal'], positional: 1 },
  xargs: {
    valueFlags: 'adEILnPs',
    longValueFlags: ['arg-file', 'delimiter', 'max-args', 'max-chars', 'max-procs'],
  },
};

/** Programs that read a script from the word behind `-c`, or from standard input. */
export const shellNames: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'mksh']);

/** What stands before a command and is looked through even by hadolint 2.15.1 (ShellCheck's `getCommandName`; measured). */
export const literalWrappers: Readonly<Record<string, string>> = {
  busybox: '',
  builtin: '',
  command: '',
  run: '',
  // With the letters of flags that may stand between; `a` takes a value.
  exec: 'cla',
};
