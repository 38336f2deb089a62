import type { Copy, InstructionNode, Word } from '../syntax/tree.ts';

/** A text of an instruction into which BuildKit puts variables. */
export interface ExpandedText {
  /** Where it begins in the instruction. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Whether quotes are read: they are letters in the body of a heredoc. */
  readonly quotes: boolean;
  /** Whether it stands in the file as it is here, so that places in it are places of the file. */
  readonly isExact: boolean;
}

/**
 * The texts of an instruction that BuildKit expands (`Expand` in `frontend/dockerfile/instructions`, and FROM):
 * all others reach the shell or the image as they are.
 */
export function expandedTexts(node: InstructionNode): ExpandedText[] {
  switch (node.keyword) {
    case 'ENV':
    case 'LABEL':
      return node.pairs.flatMap(({ key, value }) => [asWritten(key), ...(value ? [asWritten(value)] : [])]);
    case 'ARG':
      return node.pairs.flatMap(({ value }) => (value ? [asWritten(value)] : []));
    case 'ADD':
    case 'COPY':
      return [...flagValues(node), ...words(node), ...heredocBodies(node)];
    case 'VOLUME':
      return words(node);
    case 'FROM':
      return [...flagValues(node), ...(node.imageWord ? blankSeparated([node.imageWord]) : [])];
    case 'EXPOSE':
      return blankSeparated(node.args);
    case 'USER':
    case 'WORKDIR':
    case 'STOPSIGNAL': {
      const { from, to } = node.body;
      return from < to ? [{ from, to, text: node.plain.slice(from, to), quotes: true, isExact: true }] : [];
    }
    default:
      return [];
  }
}

function asWritten({ from, to, raw }: Word): ExpandedText {
  return { from, to, text: raw, quotes: true, isExact: true };
}

function words({ json, args }: InstructionNode): ExpandedText[] {
  if (!json) return blankSeparated(args);
  return json.map(({ from, to, value }) => ({ from, to, text: value, quotes: true, isExact: false }));
}

/** BuildKit cuts these at every blank, also inside quotes. */
function blankSeparated(args: readonly Word[]): ExpandedText[] {
  return args.flatMap((word) => {
    if (!/\s/.test(word.raw)) return [asWritten(word)];
    return [...word.raw.matchAll(/\S+/g)].map(({ 0: text, index }) => {
      const from = word.from + index;
      return { from, to: from + text.length, text, quotes: true, isExact: true };
    });
  });
}

function flagValues({ flags }: InstructionNode): ExpandedText[] {
  const expanded = flags.filter(({ name }) => /^(?:chown|chmod|checksum|platform)$/.test(name));
  // Quotes are gone when variables are put in.
  return expanded.flatMap(({ value }) =>
    value
      ? [{ ...asWritten(value), text: value.value, quotes: false, isExact: value.raw === value.value }]
      : [],
  );
}

function heredocBodies({ heredocs, text }: Copy): ExpandedText[] {
  return heredocs.flatMap(({ quoted, body: { from, to } }) =>
    quoted ? [] : [{ from, to, text: text.slice(from, to), quotes: false, isExact: true }],
  );
}
