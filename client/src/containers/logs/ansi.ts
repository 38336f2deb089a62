// Colours of a terminal as pieces of text; everything else that would steer a terminal is left out.

/** 0 to 15 are colours of the theme, other ones are told as `#rrggbb`. */
export type Colour = number | string;

export type Piece = {
  readonly text: string;
  readonly fg?: Colour;
  readonly bg?: Colour;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  /** A filter matches it. */
  readonly mark?: true;
};

type Style = Omit<Piece, 'text' | 'mark'>;

/**
 * Sequences of ECMA-48: CSI, of which only SGR means something here; strings such as OSC up to their end, however they end;
 * those of a letter or two.
 */
const sequence =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /\x1b\[([\d;:]{0,64})m|\x1b\[[^@-~\x1b]{0,128}[@-~]|\x1b[\]PX^_][^\x07\x1b]{0,4000}(?:\x07|\x1b\\)?|\x1b[ -/]{0,4}[0-~]?/g;
/** What else is none of a text: control characters but tab, and those that turn or hide what stands beside them. */
const unseen = /[\p{Bidi_Control}\u{e0000}-\u{e007f}\ufff9-\ufffb]|(?!\t)\p{Cc}/gu;

/** A line as a terminal shows it in the end: what was written over is gone. */
export function withoutOverwritten(text: string): string {
  let end = text.length;
  while (text[end - 1] === '\r') end--;
  return text.slice(text.lastIndexOf('\r', end - 1) + 1, end);
}

export function withoutColours(text: string): string {
  // Most lines have none, and are passed on as they are.
  return (text.includes('\x1b') ? text.replace(sequence, '') : text).replace(unseen, '\ufffd');
}

export function coloured(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let style: Style = {};
  let from = 0;
  const add = (to: number) => {
    const part = text.slice(from, to).replace(unseen, '\ufffd');
    if (part) pieces.push({ text: part, ...style });
  };
  if (text.includes('\x1b')) {
    for (const found of text.matchAll(sequence)) {
      add(found.index);
      from = found.index + found[0].length;
      if (found[1] !== undefined) style = styled(style, found[1]);
    }
  }
  add(text.length);
  return pieces;
}

function styled(before: Style, parameters: string): Style {
  const codes = parameters.split(/[;:]/).map(Number);
  let style = before;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const { colour, used } = extended(codes.slice(at + 1));
      style = { ...style, [code === 38 ? 'fg' : 'bg']: colour };
      at += used;
    } else style = simple(style, code);
  }
  return style;
}

function simple(style: Style, code: number): Style {
  if (code === 0) return {};
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 3) return { ...style, italic: true };
  if (code === 4) return { ...style, underline: true };
  if (code === 22) return { ...style, bold: undefined, dim: undefined };
  if (code === 23) return { ...style, italic: undefined };
  if (code === 24) return { ...style, underline: undefined };
  if (code >= 30 && code <= 37) return { ...style, fg: code - 30 };
  if (code >= 90 && code <= 97) return { ...style, fg: code - 82 };
  if (code >= 40 && code <= 47) return { ...style, bg: code - 40 };
  if (code >= 100 && code <= 107) return { ...style, bg: code - 92 };
  if (code === 39) return { ...style, fg: undefined };
  return code === 49 ? { ...style, bg: undefined } : style;
}

/** `5;n` of xterm's 256 colours, or `2;r;g;b`. */
function extended([kind, ...rest]: readonly number[]): { readonly colour?: Colour; readonly used: number } {
  if (kind === 5) return { colour: of256(rest[0] ?? 0), used: 2 };
  return kind === 2 ? { colour: hex(rest.slice(0, 3)), used: 4 } : { used: 0 };
}

function of256(n: number): Colour | undefined {
  if (!(n >= 0 && n <= 255)) return undefined;
  if (n < 16) return n;
  if (n >= 232) return hex(Array(3).fill(8 + 10 * (n - 232)));
  const steps = [0, 95, 135, 175, 215, 255];
  const cube = n - 16;
  return hex([Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((step) => steps[step] ?? 0));
}

function hex(parts: readonly number[]): string | undefined {
  if (parts.length !== 3 || parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
