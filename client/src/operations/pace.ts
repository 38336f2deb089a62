// Output at the pace of those who read it: a program that writes a hundred megabytes in a second is read by nobody.
import { t } from '@vscode/l10n';

const everyMs = 50;
/** More than any terminal shows of one moment; its scrollback is a thousand lines. */
const mostLetters = 256_000;

export type Pace = {
  push(text: string): void;
  /** Hands on what was held back. */
  end(): void;
};

/**
 * Hands on what comes within a moment together, and of too much of it the last whole lines, saying how much is left out. The
 * lines are whole so that no secret is cut in two before it is looked for.
 */
export function createPace(print: (text: string) => void): Pace {
  let parts: string[] = [];
  let length = 0;
  let leftOut = 0;
  let timer: NodeJS.Timeout | undefined;
  const shorten = () => {
    const text = parts.join('');
    const from = text.indexOf('\n', text.length - mostLetters) + 1;
    parts = [text.slice(from)];
    leftOut += from;
    length = text.length - from;
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (length > mostLetters) shorten();
    const text = parts.join('');
    const note = leftOut ? `\n${t('… {0} letters are left out here', leftOut.toLocaleString('en'))}\n` : '';
    parts = [];
    length = 0;
    leftOut = 0;
    if (text) print(note + text);
  };
  return {
    push(text) {
      parts.push(text);
      length += text.length;
      if (length > 2 * mostLetters) shorten();
      // A line of megabytes is not cut here but clipped by those who read.
      if (length > 2 * mostLetters) flush();
      else timer ??= setTimeout(flush, everyMs);
    },
    end: flush,
  };
}
