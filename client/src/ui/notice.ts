// What a notification says of work that goes on: where it is, since when, and what it printed last.
import { stripVTControlCharacters } from 'node:util';
import type { Step } from '../runtime/read-exit.ts';
import { formatDuration } from './words.ts';

/** Each change is read out by a screen reader, so the clock is no second hand. */
const everyMs = 5_000;
const longestPart = 90;
/** Enough to hold a line that is shown. */
const looked = 2_000;

export type Notice = {
  step(step: Step): void;
  print(text: string): void;
  end(): void;
};

/** @param show is called with each new text, at most every five seconds where only the clock or the output went on */
export function createNotice(show: (said: Step) => void): Notice {
  const began = Date.now();
  let step: Step = { text: '' };
  let last = '';
  const say = () => {
    const parts = [step.text, formatDuration(Date.now() - began), last];
    show({ ...step, text: parts.map(short).filter(Boolean).join(' · ') });
  };
  const clock = setInterval(say, everyMs);
  return {
    step(next) {
      step = next;
      // What was printed was of the step before.
      last = '';
      show(next);
    },
    print(text) {
      const line = lastLine(text);
      if (line && line !== step.text) last = line;
    },
    end: () => clearInterval(clock),
  };
}

const short = (text: string) => (text.length > longestPart ? `${text.slice(0, longestPart)}…` : text);

/** The last line that says something: not the command itself, and neither a step of a build nor its end (`#7 DONE 0.3s`, as BuildKit prints it). */
export function lastLine(text: string): string | undefined {
  const lines = stripVTControlCharacters(text.slice(-looked)).split(/[\r\n]+/);
  return lines
    .filter((line) => !/^> |^#\d+ (?:\[|DONE|CACHED|\.\.\.)/.test(line))
    .map((line) => line.replace(/^#\d+ (?:\d+\.\d+ )?/, '').trim())
    .findLast(Boolean);
}
