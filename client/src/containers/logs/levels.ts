// The level of a line: as Python's logging and its relatives write it, as a field of JSON, or as `level=…`.
import { tellsWhy } from '../../runtime/telling-line.ts';

export const levels = ['debug', 'info', 'warning', 'error'] as const;
export type Level = (typeof levels)[number];

/** A level stands at the beginning of a line, behind a time and a name. */
const lookedAt = 160;
const longestJson = 16_384;

const words: Readonly<Record<string, Level>> = {
  trace: 'debug',
  debug: 'debug',
  dbg: 'debug',
  info: 'info',
  information: 'info',
  notice: 'info',
  success: 'info',
  warn: 'warning',
  warning: 'warning',
  err: 'error',
  error: 'error',
  exception: 'error',
  critical: 'error',
  fatal: 'error',
  panic: 'error',
  alert: 'error',
  emergency: 'error',
};

/** In capitals anywhere at the beginning, as in `2026-01-02 03:04:05,678 - name - ERROR - …`. */
const capitals =
  /(?<![\w.=-])(TRACE|DEBUG|INFO|NOTICE|SUCCESS|WARN|WARNING|ERROR|CRITICAL|FATAL|PANIC)(?![\w.-]|=)/;
/** Otherwise only where punctuation says that it is one: `[info]`, `level=warn`, `error: …` at the very beginning. */
const marked =
  /(?:^|\s)\[\s{0,4}(trace|debug|info|notice|warn|warning|err|error|critical|fatal)\s{0,9}\]|\b(?:level|severity)=["']?([a-z]{3,11})\b|^(debug|info|warn|warning|error|fatal):\s/i;
/** `E0102 03:04:05.678901 1 file.cc:12] …`, of absl, glog and klog. */
const initial = /^([DIWEF])\d{4} \d\d:\d\d:\d\d/;
const initials: Readonly<Record<string, Level>> = {
  D: 'debug',
  I: 'info',
  W: 'warning',
  E: 'error',
  F: 'error',
};
const warningOfPython = /^\S{1,300}:\d{1,9}: \w{1,60}Warning: /;
const endOfTraceback = /^[\w.]{1,200}(?:: |$)/;

/** Reads lines of one stream one after the other: those of a traceback are of its level, and so are indented ones. */
export function createLevelReader(): (text: string) => Level | undefined {
  let before: Level | undefined;
  let inTraceback = false;
  return (text) => {
    if (inTraceback) {
      if (/^\s/.test(text) || !text) return 'error';
      inTraceback = false;
      before = undefined;
      if (endOfTraceback.test(text)) return 'error';
    }
    if (text.includes('Traceback (most recent call last)')) {
      inTraceback = true;
      return 'error';
    }
    if (before && /^[\t ]+\S/.test(text)) return before;
    before = levelOf(text);
    return before;
  };
}

export function levelOf(text: string): Level | undefined {
  const start = text.slice(0, lookedAt);
  if (/^\s{0,8}\{/.test(start)) {
    const found = text.length <= longestJson ? ofJson(text) : undefined;
    if (found) return found;
  }
  const [, letter] = initial.exec(start) ?? [];
  if (letter) return initials[letter];
  const [, word] = capitals.exec(start) ?? [];
  if (word) return words[word.toLowerCase()];
  const [, ...found] = marked.exec(start) ?? [];
  const other = found.find(Boolean);
  if (other) return words[other.toLowerCase()];
  if (warningOfPython.test(text.slice(0, 500))) return 'warning';
  // As of a program that ends with its exception, or of a shell that does not find one.
  return tellsWhy(text.slice(0, 500)) ? 'error' : undefined;
}

/** The names of the field that loggers of Python, Node and Go and the services that read their lines use. */
const fields = ['level', 'levelname', 'severity', 'lvl', 'log_level', 'log.level', 'loglevel', 'levelno'];

function ofJson(text: string): Level | undefined {
  let json: Readonly<Record<string, unknown>>;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const own = (of: unknown, field: string) =>
    typeof of === 'object' && of !== null && Object.hasOwn(of, field)
      ? (of as Readonly<Record<string, unknown>>)[field]
      : undefined;
  const values = [
    ...fields.map((field) => own(json, field)),
    own(own(json, 'log'), 'level'),
    // loguru's way to write JSON.
    own(own(own(json, 'record'), 'level'), 'name'),
  ];
  for (const value of values) {
    if (typeof value === 'string' && Object.hasOwn(words, value.toLowerCase()))
      return words[value.toLowerCase()];
    if (typeof value === 'number') return ofNumber(value);
  }
  return undefined;
}

/** Python has 10 to 50; pino 10 to 60, where 30 is info: what stands in JSON as a number is pino's, but for 20 and below. */
function ofNumber(value: number): Level {
  if (value >= 50) return 'error';
  if (value >= 40) return 'warning';
  return value >= 30 ? 'info' : 'debug';
}
