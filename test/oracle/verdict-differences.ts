/** A kind of text about whose verdict we and BuildKit are of different opinion. */
export interface VerdictDifference {
  readonly id: string;
  readonly reason: string;
  /** @param message what BuildKit says; the empty string where it takes the text and we do not */
  readonly explains: (text: string, message: string) => boolean;
}

export const verdictDifferences: readonly VerdictDifference[] = [
  {
    id: 'base-image',
    reason:
      'The base image may set a variable or a folder that the file does not; in the comparison each image sets nothing.',
    explains: (text, message) =>
      /^FROM (?!.*\bscratch\b)/m.test(text) &&
      /^(?:invalid (?:signal: $|mount target|secret mount|port)|VOLUME specified|unsupported mount type ""|unsupported sharing value ""|invalid value +for|checksum requires)/.test(
        message,
      ),
  },
  {
    id: 'build-argument',
    reason:
      'With an argument the build goes on, which InvalidDefaultArgInFrom says as a warning; BuildKit is asked without.',
    explains: (text, message) =>
      /^ARG /m.test(text) &&
      /^(?:failed to parse (?:stage name|platform)|base name|empty platform)/.test(message) &&
      /^FROM .*\$/m.test(text),
  },
  {
    id: 'drive',
    reason: 'On Windows a path with another drive than C: is refused, which no rule knows.',
    explains: (text, message) => /platform="?windows/.test(text) && message.includes('system drive'),
  },
  {
    id: 'signal-number',
    reason:
      'BuildKit takes every number but 0 for a signal; a container cannot be stopped by one that Linux does not have.',
    explains: (text, message) => message === '' && /^STOPSIGNAL\s[^S]*(?:-1|99)/m.test(text),
  },
];

/** The same of how the text is read: what the tree reads otherwise than BuildKit. */
export const readingDifferences: readonly VerdictDifference[] = [
  {
    id: 'quoted-blank-in-flag',
    reason: 'A flag ends at the first blank to us, to BuildKit at one outside of quotes.',
    explains: (text) => /--[\w-]*=?"[^"\n]*[ \n][^"\n]*"/.test(text),
  },
  {
    id: 'quoted-blank-in-name',
    reason: 'The name before a blank ends at the first one to BuildKit, also within quotes.',
    explains: (text) => /^(?:ENV|LABEL) [^=\n]*["'][^=\n"']* [^=\n]*["']/m.test(text),
  },
  {
    id: 'escaped-blank',
    reason:
      'An escaped blank joins two words to us; BuildKit cuts these at every blank, or the first name there.',
    explains: (text) => /^(?:COPY|ADD|VOLUME|EXPOSE|FROM|ENV|LABEL)\b[^=]*?\S\\ /m.test(text),
  },
];
