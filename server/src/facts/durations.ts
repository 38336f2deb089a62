const units: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};
const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy;
const duration = /^[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
/** The longest in 64 bits, some 292 years. */
const longest = 2 ** 63;

/** Whether Go reads a text as a duration (`time.ParseDuration`, Go 1.26). */
export function isGoDuration(text: string): boolean {
  return duration.test(text) && Math.abs(nanoseconds(text)) < longest;
}

/** The length of a duration that Go reads, in nanoseconds. */
export function nanoseconds(text: string): number {
  let sum = 0;
  for (const [, number, unit] of text.replace(/^[-+]/, '').matchAll(part))
    sum += Number(number) * (units[unit ?? ''] ?? 0);
  return text.startsWith('-') ? -sum : sum;
}
