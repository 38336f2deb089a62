// What holds of the tree for any text, checked on the own Dockerfiles and on seeded mutations of them.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createInstructionCache } from '../../server/src/syntax/instruction-cache.ts';
import { parseDockerfile, placeInside, triggerOf } from '../../server/src/syntax/parse.ts';
import type { Dockerfile, Instruction } from '../../server/src/syntax/tree.ts';
import type { LocalSpan, Span } from '../../server/src/text/span.ts';
import { ownFiles } from '../corpus/files.ts';
import { mutate } from './mutations.ts';
import { createRandom } from './texts.ts';

const rounds = 100;

/** The own Dockerfiles, each with its mutations. */
function* texts(): Generator<[string, string]> {
  const random = createRandom(7);
  for (const { name, text } of ownFiles) {
    yield [name, text];
    let current = text;
    for (let round = 0; round < rounds; round++) {
      // Some texts stay near the file, others drift into garbage.
      current = mutate(round % 5 === 0 ? text : current, random);
      yield [`${name}, mutation ${round}`, current];
    }
  }
}

/** A tree as plain data, without its functions. */
const plainTree = (file: Dockerfile) => JSON.stringify(file);

/** Every span of the places in an instruction, found by the names of their fields. */
function localSpans(value: unknown, found: LocalSpan[] = []): LocalSpan[] {
  if (typeof value !== 'object' || value === null) return found;
  if ('from' in value && 'to' in value) found.push(value as LocalSpan);
  for (const child of Object.values(value)) localSpans(child, found);
  return found;
}

describe('any text', () => {
  it('is tiled by instructions, comments and directives: nothing but blanks lies between them', () => {
    for (const [name, text] of texts()) {
      const file = parseDockerfile(text);
      const pieces: Span[] = [...file.instructions, ...file.comments, ...file.directives].map(
        (piece) => piece.span,
      );
      pieces.sort((a, b) => a.start - b.start);
      let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
      for (const { start, end } of [...pieces, { start: text.length, end: text.length }]) {
        assert.ok(at <= start && start <= end, `${name}: pieces overlap at ${start}`);
        const gap = text.slice(at, start);
        // Comments behind a continuation that nothing follows belong to no instruction.
        const lost = gap.split('\n').filter((line) => !/^[\0-\x20\s]*(?:#.*)?$/.test(line));
        assert.deepEqual(lost, [], `${name}: lost text before ${start}`);
        at = end;
      }
      assert.equal(at, text.length);
    }
  });

  it('gives places that lie within their instruction, in order, and words that are its text', () => {
    for (const [name, text] of texts()) {
      const { instructions, problems } = parseDockerfile(text);
      for (const [i, instruction] of instructions.entries()) {
        const { node, span, at, index } = instruction;
        assert.equal(index, i);
        const written = text.slice(span.start, span.end);
        const total = node.joins.at(-1)?.total ?? 0;
        assert.equal(node.text.length + total, written.length, name);
        if (total === 0) assert.equal(node.text, written, name);
        for (const local of localSpans(node)) {
          assert.ok(0 <= local.from && local.from <= local.to, name);
          assert.ok(local.to <= node.text.length, `${name}: ${JSON.stringify(local)} in ${node.text}`);
        }
        assert.equal(node.plain.replace(/ /g, '').length > 0, true);
        for (const word of node.args) {
          const { start, end } = at(word);
          // A continuation inside a word is not there, one between words reads as blanks.
          if (/[\n]/.test(text.slice(start, end))) assert.ok(word.raw.length <= end - start, name);
          else assert.equal(word.raw, text.slice(start, end), name);
          for (const edge of [start, end])
            assert.equal(placeInside(instruction, edge), edge === start ? word.from : word.to, name);
        }
      }
      for (const { span } of problems) assert.ok(0 <= span.start && span.end <= text.length, name);
    }
  });

  it('gives the same tree with a cache that other texts filled', () => {
    const cache = createInstructionCache(64);
    for (const [name, text] of texts()) {
      const plain = plainTree(parseDockerfile(text));
      // Not assert.equal: its message would hold both trees.
      for (const again of ['', ', again']) {
        assert.ok(plainTree(parseDockerfile(text, cache)) === plain, name + again);
      }
    }
  });

  it('is not kept alive by the instructions in the cache', () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const used = () => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const cache = createInstructionCache();
    const before = used();
    for (let edit = 0; edit < 300; edit++) {
      // A long comment stands for the rest of a long document.
      const text = ['#', 'x'.repeat(200_000), '\nRUN pip install package-', String(edit)].join('');
      assert.equal(parseDockerfile(text, cache).instructions.length, 1);
    }
    const grown = Math.round((used() - before) / 1e6);
    assert.ok(grown < 20, `${grown} MB more after 60 MB of documents`);
    assert.ok(cache.instruction('RUN pip install package-7', '\\', () => assert.fail('not in the cache')));
  });

  it('never makes the parser throw, whatever it is', () => {
    const random = createRandom(11);
    const alphabet = '\\`\n\r\t "\'<<-EOF[],{}$#=:@&|;()RUNCOPYFROMonbuild\ufeff😀\0\u2028';
    for (let i = 0; i < 1500; i++) {
      let text = '';
      const length = Math.floor(random() * 120);
      for (let k = 0; k < length; k++) text += alphabet[Math.floor(random() * alphabet.length)];
      const file = parseDockerfile(text);
      for (const instruction of file.instructions) triggerOf(instruction as Instruction);
    }
    for (const long of ['ONBUILD '.repeat(20_000), 'RUN <<A '.repeat(2000), `CMD ${'['.repeat(50_000)}`]) {
      assert.equal(parseDockerfile(long).instructions.length, 1);
    }
  });
});
