// Takes out of a text for a terminal what could do harm there: links (OSC 8), the clipboard (OSC 52), titles, questions
// that the terminal would answer as if somebody typed, other character sets, a reset. Colours stay, and moves within the
// page, by which programs draw their progress. Source: ECMA-48, xterm's "Control Sequences".

/** SGR without letters before its numbers; moves; erasing to the end or of a line. */
const harmless = /^(?:[\d;:]{0,64}m|\d{0,4}[A-G]|[012]?K|0?J)$/;
/** All but backspace, tab and the ends of lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\0-\x07\x0b\x0c\x0e-\x1f\x7f-\x9f]/;
const longestSequence = 128;

type State = 'text' | 'escape' | 'charset' | 'sequence' | 'string' | 'string-escape';

/** A filter for one terminal: a sequence may begin in one portion and end in the next. */
export function createSequenceFilter(): (text: string) => string {
  let state: State = 'text';
  let sequence = '';
  const step = (char: string): string => {
    const code = char.charCodeAt(0);
    // A line end closes what was left open, so that nothing hides the rest of the output.
    if (state !== 'text' && (char === '\n' || char === '\r')) {
      state = 'text';
      return char;
    }
    switch (state) {
      case 'text':
      case 'escape':
        return state === 'escape' ? escaped(char, code) : plain(char, code);
      case 'charset':
        if (code >= 0x30) state = 'text';
        return '';
      case 'sequence':
        if (code === 0x1b) return begin('escape');
        sequence += char;
        if (code >= 0x40 && code <= 0x7e) {
          state = 'text';
          return harmless.test(sequence) ? `\x1b[${sequence}` : '';
        }
        if (sequence.length > longestSequence) state = 'text';
        return '';
      case 'string':
        if (code === 0x07 || code === 0x9c || code === 0x18 || code === 0x1a) state = 'text';
        if (code === 0x1b) state = 'string-escape';
        return '';
      case 'string-escape':
        // ESC \ ends the string; another sequence ends it as well, and begins.
        state = 'text';
        return char === '\\' ? '' : escaped(char, code);
    }
  };
  const begin = (next: State) => {
    state = next;
    sequence = '';
    return '';
  };
  const escaped = (char: string, code: number): string => {
    if (char === '[') return begin('sequence');
    if (/[\]PX^_]/.test(char)) return begin('string');
    if (code === 0x1b) return '';
    state = code >= 0x20 && code <= 0x2f ? 'charset' : 'text';
    return '';
  };
  const plain = (char: string, code: number): string => {
    if (code === 0x1b) return begin('escape');
    if (code === 0x9b) return begin('sequence');
    if (code === 0x90 || code === 0x98 || (code >= 0x9d && code <= 0x9f)) return begin('string');
    return controls.test(char) ? '' : char;
  };
  return (text) => {
    if (state === 'text' && !controls.test(text)) return text;
    let safe = '';
    for (let at = 0; at < text.length; at++) safe += step(text[at] as string);
    return safe;
  };
}
