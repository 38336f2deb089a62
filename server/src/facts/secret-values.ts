import { secretFormats } from '../data/secret-values.ts';
import type { InstructionNode } from '../syntax/tree.ts';
import { remember } from '../text/remember.ts';
import type { LocalSpan } from '../text/span.ts';

/** A literal secret in an instruction. */
export interface SecretValue extends LocalSpan {
  /** What it is, such as `token of GitHub`. */
  readonly kind: string;
  /** The variable in which its programs look for it, or a name for one. */
  readonly variable: string;
}

/** What stands in documentation for a secret. */
const placeholder =
  /example|sample|dummy|placeholder|changeme|your|secret|password|token|(.)\1{4}|\*{3}|\.{3}|012345|123456|abcdef|qwerty/i;
/** Bits of entropy for each character, below which a text is no random one. */
const leastEntropy = 3;

/** The secrets in an instruction and its heredocs, in order; comments are left out, as they do not reach the image. */
export const secretValues = remember(({ text, plain }: InstructionNode): readonly SecretValue[] => {
  const source = plain + text.slice(plain.length);
  return secretFormats
    .flatMap(({ kind, variable, pattern }) =>
      [...source.matchAll(pattern)].flatMap((match) => {
        const value = match[1] ?? match[0];
        const from = match.index + match[0].lastIndexOf(value);
        const isSecret = kind === 'private key' || isRandom(value);
        return isSecret ? [{ kind, variable, from, to: from + value.length }] : [];
      }),
    )
    .sort((a, b) => a.from - b.from);
});

function isRandom(value: string): boolean {
  const isMixed = /\d/.test(value) || /[a-z]/.test(value) === /[A-Z]/.test(value) || value.length >= 16;
  return isMixed && !placeholder.test(value) && entropy(value) >= leastEntropy;
}

/** Shannon entropy in bits for each character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
