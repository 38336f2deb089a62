/**
 * Commands that run the command behind them, and which of their flags take the next word as value.
 * Source: the manual pages of sudo 1.9, coreutils 9 (env, nice, nohup, timeout), bash 5 (exec, command, time), util-linux 2.38.
 */
export const commandWrappers: Readonly<
  Record<string, { readonly valueFlags: string; readonly positional?: number }>
> = {
  sudo: { valueFlags: 'CDghpRrtTuU' },
  doas: { valueFlags: 'Cu' },
  env: { valueFlags: 'uCS' },
  nice: { valueFlags: 'n' },
  ionice: { valueFlags: 'cn' },
  nohup: { valueFlags: '' },
  time: { valueFlags: 'fo' },
  exec: { valueFlags: 'a' },
  command: { valueFlags: '' },
  builtin: { valueFlags: '' },
  eatmydata: { valueFlags: '' },
  // `timeout 30 command`: the duration comes first.
  timeout: { valueFlags: 'ks', positional: 1 },
};
