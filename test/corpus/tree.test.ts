// Our tree against dockerfile-ast: same instructions, ranges and heredocs, over the project's own Dockerfiles and the
// public ones. What remains different is named here with its reason.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DockerfileParser } from 'dockerfile-ast';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';
import { createLineIndex } from '../../server/src/text/line-index.ts';
import { corpora } from './files.ts';

/** Differences by file, with why ours is right; an entry that no longer differs fails, so that the list stays true. */
const explained: Readonly<Record<string, string>> = {
  'hub/0220/Dockerfile':
    'A line that holds only the escape character: BuildKit joins it to the next line (its continuation pattern is `^\\\\[ \\t]*$`); dockerfile-ast takes the backslash for an instruction.',
  'escape-corners.Dockerfile':
    'The same, between two continued lines and before a keyword; and a doubled escape character, which ends the instruction for BuildKit (`([^\\\\])\\\\[ \\t]*$`) and not for dockerfile-ast.',
  'heredoc-corners.Dockerfile':
    'BuildKit reads heredoc bodies raw, where dockerfile-ast lets a backslash join the last line with the terminator; and it knows no file descriptor in `3<<EOF` (BuildKit: `^(\\d*)<<(-?)([^<]*)$`).',
};

interface Shape {
  readonly keyword: string;
  readonly start: number;
  readonly end: number;
  /** Marker and body of each heredoc. */
  readonly heredocs: readonly (readonly [number, number, string])[];
}

function ourShapes(text: string): Shape[] {
  return parseDockerfile(text).instructions.map((instruction) => {
    const { node, span, at } = instruction;
    const heredocs = node.heredocs.map((heredoc) => {
      const marker = at(heredoc);
      const body = at(heredoc.body);
      return [marker.start, marker.end, text.slice(body.start, body.end).trimEnd()] as const;
    });
    return { keyword: node.keywordWord.raw.toUpperCase(), ...span, heredocs };
  });
}

/** dockerfile-ast includes trailing blanks in a range, and the line ending in front of a heredoc's body and terminator. */
function theirShapes(text: string): Shape[] {
  const lines = createLineIndex(text);
  const spanOf = ({ start, end }: Range) => ({ start: lines.offset(start), end: lines.offset(end) });
  const trimmed = (end: number) => text.slice(0, end).trimEnd().length;
  return DockerfileParser.parse(text)
    .getInstructions()
    .map((instruction) => {
      const { start, end } = spanOf(instruction.getRange());
      const heredocs = 'getHeredocs' in instruction ? (instruction as unknown as Heredocs).getHeredocs() : [];
      return {
        keyword: instruction.getKeyword(),
        start,
        end: trimmed(end),
        heredocs: heredocs.map((heredoc) => {
          const marker = spanOf(heredoc.getStartRange());
          const content = heredoc.getContentRange();
          const body = content ? spanOf(content) : { start: 0, end: 0 };
          return [marker.start, marker.end, text.slice(body.start, body.end).trimEnd()] as const;
        }),
      };
    });
}
type Heredocs = { getHeredocs(): readonly Heredoc[] };
type Range = NonNullable<ReturnType<ReturnType<typeof DockerfileParser.parse>['getRange']>>;
interface Heredoc {
  getStartRange(): Range;
  getContentRange(): Range | null;
}

for (const { name, files, skip } of corpora()) {
  describe(`the tree and dockerfile-ast, ${name}`, { skip }, () => {
    it('agree on instructions, ranges and heredocs', () => {
      const different: string[] = [];
      let instructions = 0;
      let heredocs = 0;
      const all = files();
      for (const { name: file, text } of all) {
        const ours = ourShapes(text);
        instructions += ours.length;
        heredocs += ours.reduce((sum, shape) => sum + shape.heredocs.length, 0);
        try {
          assert.deepEqual(ours, theirShapes(text));
        } catch (error) {
          different.push(file);
          if (!(file in explained)) throw new Error(`${file}: ${(error as Error).message}`);
        }
      }
      const known = Object.keys(explained).filter((file) => all.some((other) => other.name === file));
      assert.deepEqual(different.sort(), known.sort(), 'every explained difference is still there');
      assert.ok(
        all.length >= 15 && instructions > 100 && heredocs > 5,
        `${all.length} files is too few to tell`,
      );
    });
  });
}
