import { highestSignal, otherSignals, signalNames } from '../data/signals.ts';

/** The usual name of a signal, `SIGTERM` for `15`, `term` and `SIGTERM`; undefined where Docker knows no such signal. */
export function signalName(written: string): string | undefined {
  if (/^\d+$/.test(written)) {
    const number = Number(written);
    const name = signalNames[number - 1];
    if (name) return `SIG${name}`;
    return number > 0 && number <= highestSignal ? written : undefined;
  }
  const name = written.toUpperCase().replace(/^SIG/, '');
  return signalNames.includes(name) || otherSignals.test(name) ? `SIG${name}` : undefined;
}
