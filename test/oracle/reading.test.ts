// What we read of a Dockerfile is what BuildKit's own parser reads of it: over texts made up by a grammar that bends
// heredocs, continuations, quotes, escapes and expansions, and over the corpus.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDockerfile, triggerOf } from '../../server/src/syntax/parse.ts';
import type { Dockerfile, Instruction } from '../../server/src/syntax/tree.ts';
import { corpora } from '../corpus/files.ts';
import { describeMissing, isMissing } from '../parts/progress.ts';
import { ensureReadings, type ReadInstruction, type Reading } from './reading.ts';
import { makeTexts } from './reading-texts.ts';

const seed = Number(process.env.WHEELHOUSE_SEED ?? 20261126);
const count = Number(process.env.WHEELHOUSE_TEXTS ?? 20_000);

const readings = await ensureReadings();
const skip = isMissing(readings) && describeMissing(readings);

/** Blanks where BuildKit has none or fewer: a continuation beside a blank, which no reader of the words can tell. */
const evened = (text: string) => text.trim().replace(/\s+/g, ' ');
const lineOf = (text: string, offset: number) => text.slice(0, offset).split('\n').length;
const closed = (raw: string, escape: string) => {
  const end = /([\\`]*)$/.exec(raw)?.[1] ?? '';
  return end.endsWith(escape) && end.length % 2 === 1 ? raw.slice(0, -1) : raw;
};
/** A quote that nothing closes: BuildKit takes the rest for its word and refuses it later, we go on behind the word. */
const isOpen = (text: string, escape: string) => {
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (char === escape && quote !== "'") at++;
    else if (quote === '' ? char === '"' || char === "'" : char === quote) quote = quote === '' ? char : '';
  }
  return quote !== '';
};

/** What is read otherwise, as pairs of what we say and what BuildKit says; undefined where nothing is. */
function differences(file: Dockerfile, { instructions }: Reading): unknown[] {
  const theirs = instructions ?? [];
  const ours = file.instructions;
  if (ours.length !== theirs.length)
    return [['instructions', ours.map(({ node }) => node.plain), theirs.map(({ line }) => line)]];
  return ours.flatMap((instruction, i) => {
    const one = theirs[i] as ReadInstruction;
    const { span, node } = instruction;
    const [start, end] = [lineOf(file.text, span.start), lineOf(file.text, span.end)];
    // A continuation that nothing follows takes the comments and blank lines behind it along.
    const rest = file.text.slice(span.end).split('\n').slice(1);
    const isLast = rest.every((line) => /^(?:#|$)/.test(line.trim())) && /[\\`]$/.test(node.text);
    const lines = start === one.start && (end === one.end || (isLast && end < one.end));
    return [
      ...(lines ? [] : [['lines', [start, end], [one.start, one.end]]]),
      ...differ('heredocs', heredocsOf(file, instruction), one.heredocs),
      ...differencesOf(file, instruction, one),
    ];
  });
}

const differ = (what: string, ours: unknown, theirs: unknown) =>
  JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [[what, ours, theirs]];

function heredocsOf({ text }: Dockerfile, { node, at }: Instruction) {
  return node.heredocs.map(({ name, quoted, chomp, body }) => {
    const { start, end } = at(body);
    return { name, quoted, chomp, content: text.slice(start, end) };
  });
}

function differencesOf(file: Dockerfile, instruction: Instruction, one: ReadInstruction): unknown[] {
  const { node } = instruction;
  // BuildKit takes each byte of a flag for a character.
  const isPlain = /^[\0-\x7f]*$/.test(one.flags.join(''));
  const takesFlags = /^(?:FROM|RUN|COPY|ADD|HEALTHCHECK)$/.test(node.keyword);
  const trigger = triggerOf(instruction);
  const flags = node.flags.map(({ name, value }) => `--${name}${value ? `=${value.value}` : ''}`);
  return [
    ...differ('keyword', node.keywordWord.raw, one.keyword),
    ...(instruction.onbuild ? [] : differ('line', evened(node.plain), evened(one.line))),
    ...(takesFlags && isPlain ? differ('flags', flags, one.flags) : []),
    ...(one.flags.length > 0 && !takesFlags ? [] : differ('words', ...wordsOf(file, instruction, one))),
    ...(trigger && one.trigger ? differencesOf(file, trigger, one.trigger) : []),
  ];
}

/** The words that we read, and those that BuildKit does. */
function wordsOf({ escape }: Dockerfile, { node }: Instruction, one: ReadInstruction): [unknown, unknown] {
  const { from, to } = node.body;
  const body = node.plain.slice(from, to);
  switch (node.keyword) {
    case 'UNKNOWN':
    case 'ONBUILD':
      return [0, 0];
    case 'ENV':
    case 'LABEL': {
      if (isOpen(body, escape)) return [0, 0];
      // One escape character at the very end counts for nothing.
      const pairs = node.pairs.flatMap(({ key, value, legacy }) => [
        key.raw,
        legacy ? evened(value?.raw ?? '') : value && closed(value.raw, escape),
        legacy ? '' : '=',
      ]);
      return [pairs, one.words.map((word, i) => (i % 3 === 1 && one.words[2] === '' ? evened(word) : word))];
    }
    case 'ARG':
      return isOpen(body, escape) ? [0, 0] : [node.args.map(({ raw }) => closed(raw, escape)), one.words];
    case 'HEALTHCHECK': {
      const { command } = node;
      if (!command)
        return one.json
          ? [node.args[0]?.raw.split(/\s/)[0], one.words[0]]
          : [evened(body), evened(one.words.join(' '))];
      const words = command.json?.map(({ value }) => value);
      const text = evened(node.plain.slice(command.body.from, command.body.to));
      const rest = words ?? (text ? [text] : []);
      return [[node.args[0]?.raw, ...rest], one.json ? one.words : one.words.map(evened)];
    }
    case 'FROM':
    case 'EXPOSE':
    case 'COPY':
    case 'ADD':
    case 'VOLUME':
      if (!node.json) return [evened(body).split(' '), one.words.length === 0 ? [''] : one.words];
  }
  if (node.json || one.json) return [node.json?.map(({ value }) => value), one.words];
  return [evened(body), evened(one.words.join(' '))];
}

/** Compares as many texts as there are; gives how many BuildKit takes, and what differs. */
async function compare(texts: readonly string[]) {
  assert.ok(!isMissing(readings));
  const answers = await readings(texts);
  const taken = { texts: 0, joined: 0, heredocs: 0 };
  const odd: unknown[] = [];
  for (const [i, text] of texts.entries()) {
    const answer = answers[i] as Reading;
    const file = parseDockerfile(text);
    const isUnterminated = file.problems.some(({ kind }) => kind === 'unterminated-heredoc');
    if (answer.refused !== '') {
      if (answer.refused.includes('unterminated heredoc') && !isUnterminated)
        odd.push([text, answer.refused]);
      continue;
    }
    taken.texts++;
    if (file.instructions.some(({ node }) => node.joins.length > 0)) taken.joined++;
    if (file.instructions.some(({ node }) => node.heredocs.length > 0)) taken.heredocs++;
    const found = differences(file, answer);
    if (found.length > 0) odd.push([text, ...found]);
  }
  return { taken, odd };
}

describe('what is read of a Dockerfile', { skip }, () => {
  it(`is what BuildKit reads, in ${count} texts of the seed ${seed}`, async (t) => {
    const { taken, odd } = await compare(makeTexts(seed, count).map(({ text }) => text));
    t.diagnostic(
      `seed ${seed}: BuildKit takes ${taken.texts} of ${count}, ${taken.joined} with joined words, ${taken.heredocs} with heredocs; ${odd.length} read otherwise`,
    );
    assert.deepEqual(odd.slice(0, 5), []);
    assert.ok(taken.texts > 0.3 * count && taken.joined > 0.1 * count && taken.heredocs > 0.03 * count);
  });

  for (const { name, files, skip } of corpora()) {
    it(`is what BuildKit reads in ${name}`, { skip }, async (t) => {
      const { taken, odd } = await compare(files().map(({ text }) => text));
      t.diagnostic(`${taken.texts} of ${files().length} taken, ${taken.joined} with joined words`);
      assert.deepEqual(odd.slice(0, 5), []);
    });
  }
});
