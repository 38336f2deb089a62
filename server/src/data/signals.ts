/**
 * Signals of Linux by their number on x86 and ARM, from 1 (signal(7) of man-pages 6).
 * Docker takes a name in any case, with or without `SIG`, or a number (moby/sys/signal, ParseSignal).
 */
export const signalNames: readonly string[] = [
  ...['HUP', 'INT', 'QUIT', 'ILL', 'TRAP', 'ABRT', 'BUS', 'FPE', 'KILL', 'USR1', 'SEGV', 'USR2', 'PIPE'],
  ...['ALRM', 'TERM', 'STKFLT', 'CHLD', 'CONT', 'STOP', 'TSTP', 'TTIN', 'TTOU', 'URG', 'XCPU', 'XFSZ'],
  ...['VTALRM', 'PROF', 'WINCH', 'IO', 'PWR', 'SYS'],
];

/** Other names of signals, which Docker takes as well; and the real-time signals. */
export const otherSignals =
  /^(?:CLD|IOT|POLL|UNUSED|RTMIN(?:\+(?:[1-9]|1[0-5]))?|RTMAX(?:-(?:[1-9]|1[0-4]))?)$/;
export const highestSignal = 64;
