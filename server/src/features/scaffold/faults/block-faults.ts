import type { Statement } from '../sources/whole-statements.ts';

/** A block of a program, by how far its statements are indented. */
interface Block {
  readonly indent: string;
  /** The word that its last statement begins with. */
  last: string;
}

/** A line that Python does not read, and what is wrong there. */
export interface BlockFault {
  readonly line: number;
  readonly what: string;
}

/** What may stand before each of them in a block (Python documentation, "Compound statements"). */
const follows: Readonly<Record<string, RegExp>> = {
  elif: /^(?:if|elif)$/,
  else: /^(?:if|elif|for|while|try|except)$/,
  except: /^(?:try|except)$/,
  finally: /^(?:try|except|else)$/,
};

/** Where the blocks of a program do not fit together. */
export function blockFault(statements: readonly Statement[]): BlockFault | undefined {
  const blocks: Block[] = [{ indent: '', last: '' }];
  let opener: number | undefined;
  for (const { line, indent, text } of statements) {
    const word = /^(?:async )?(\w*)/.exec(text)?.[1] ?? '';
    if (indent !== undefined) {
      const fault = step(blocks, indent.replaceAll('\f', ''), line, opener);
      if (fault) return fault;
      const block = blocks.at(-1);
      const before = block?.last ?? '';
      if (before === 'try' && !/^(?:except|finally)$/.test(word))
        return { line, what: 'follows a "try" without "except": write that' };
      const fits = Object.hasOwn(follows, word) && !/^\w+ ?[=.([,]/.test(text) ? follows[word] : undefined;
      if (fits && !fits.test(before)) return { line, what: `has ${word} behind no such block: correct it` };
      if (block) block.last = word;
      opener = undefined;
    }
    if (text.endsWith(':')) opener = line;
  }
  return undefined;
}

/** Goes to the block that a line stands in. */
function step(
  blocks: Block[],
  indent: string,
  line: number,
  opener: number | undefined,
): BlockFault | undefined {
  const current = blocks.at(-1)?.indent ?? '';
  if (indent === current) return opener === undefined ? undefined : { line: opener, what: noBlock };
  const [wide, narrow] = [columns(indent, 8) - columns(current, 8), columns(indent, 1) - columns(current, 1)];
  if (Math.sign(wide) !== Math.sign(narrow)) return { line, what: mixed };
  if (wide > 0) {
    if (opener === undefined) return { line, what: 'is indented further than the line above it: align it' };
    blocks.push({ indent, last: '' });
    return undefined;
  }
  if (opener !== undefined) return { line: opener, what: noBlock };
  while (blocks.length > 1 && columns(blocks.at(-1)?.indent ?? '', 8) > columns(indent, 8)) {
    if (blocks.pop()?.last === 'try') return { line, what: 'follows a "try" without "except": write that' };
  }
  const found = blocks.at(-1)?.indent ?? '';
  if (columns(found, 8) !== columns(indent, 8))
    return { line, what: 'is indented as no line above it is: align it' };
  return columns(found, 1) === columns(indent, 1) ? undefined : { line, what: mixed };
}

const noBlock = 'begins a block that is not there: complete it';
const mixed = 'is indented by tabs and spaces in another way than the lines above it: take one of both';

/** How far it reaches where a tab goes on to the next so many columns (Python documentation, "Indentation"). */
const columns = (indent: string, tab: number) =>
  [...indent].reduce((at, sign) => (sign === '\t' ? (Math.floor(at / tab) + 1) * tab : at + 1), 0);
