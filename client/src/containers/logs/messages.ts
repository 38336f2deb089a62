// What the panel of logs and its page say to each other.
import type { Piece } from './ansi.ts';
import type { Level } from './levels.ts';

export type ShownLine = {
  readonly source: number;
  readonly at: string;
  readonly pieces: readonly Piece[];
  readonly level?: Level;
  readonly isError?: true;
  readonly isNote?: true;
  /** A note that begins with the name of its container. */
  readonly saysName?: true;
};

export type Choice = { readonly value: string; readonly label: string };

/** Every word of the page, as it comes from a translation. */
export type PageTexts = Readonly<
  Record<
    | 'log'
    | 'filter'
    | 'filterHint'
    | 'matchCase'
    | 'level'
    | 'since'
    | 'tail'
    | 'times'
    | 'wrap'
    | 'speak'
    | 'find'
    | 'clear'
    | 'copy'
    | 'save'
    | 'more'
    | 'toEnd'
    | 'isError'
    | 'left'
    | 'debug'
    | 'info'
    | 'warning'
    | 'error',
    string
  >
>;

export type ToPage =
  | {
      readonly type: 'begin';
      readonly texts: PageTexts;
      readonly names: readonly string[];
      readonly levels: readonly Choice[];
      readonly since: readonly Choice[];
      readonly tails: readonly Choice[];
      readonly chosen: Chosen;
      readonly mostShown: number;
    }
  /** `replace` is all that is to be seen, else it comes below; `left` of those before them are not sent. */
  | {
      readonly type: 'lines';
      readonly lines: readonly ShownLine[];
      readonly replace: boolean;
      readonly left: number;
    }
  /** `aloud` where somebody asked for it. */
  | { readonly type: 'status'; readonly text: string; readonly aloud: boolean }
  | { readonly type: 'wrong'; readonly text: string };

export type Chosen = {
  readonly pattern: string;
  readonly matchCase: boolean;
  readonly level: string;
  readonly since: string;
  readonly tail: string;
};
