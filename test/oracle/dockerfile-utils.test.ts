// Our rules against the validations of dockerfile-utils, which they replace, over broken cases and the corpus. Where the two
// disagree BuildKit's own parser decides; what it cannot decide is listed with reasons in dockerfile-utils-differences.ts.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ValidationCode, validate } from 'dockerfile-utils';
import { spansOf } from '../../server/src/lint/finding.ts';
import { rules } from '../../server/src/rules/index.ts';
import { parseDockerfile, triggerOf } from '../../server/src/syntax/parse.ts';
import type { Instruction } from '../../server/src/syntax/tree.ts';
import { createLineIndex } from '../../server/src/text/line-index.ts';
import { overlaps } from '../../server/src/text/span.ts';
import { type CorpusFile, corpora } from '../corpus/files.ts';
import { describeMissing, isMissing } from '../parts/progress.ts';
import { createTestLinter } from '../server/linter.ts';
import { cases } from './dockerfile-utils-cases.ts';
import { reasons } from './dockerfile-utils-differences.ts';
import { ensureRefusals } from './refusals.ts';

const prefix = 'dockerfile-utils/';
/** What the library could report and never does. */
const neverReported = ['ARGUMENT_REQUIRES_ONE'];
const names = Object.keys(ValidationCode).filter(
  (name) => Number.isNaN(Number(name)) && name !== 'FLAG_INVALID_LINK_VALUE',
);
const nameOf = (code: unknown) =>
  names.find((name) => ValidationCode[name as never] === code) ?? String(code);

const covering = rules.filter(({ aliases }) => aliases.some((alias) => alias.startsWith(prefix)));
const aliasesOf = (id: string) =>
  covering
    .find(({ code }) => code === id)
    ?.aliases.filter((alias) => alias.startsWith(prefix))
    .map((alias) => alias.slice(prefix.length)) ?? [];
/** Those about what BuildKit refuses by the text alone; the others are about style, or about what the build knows. */
const aboutSyntax = new Set(covering.filter(isAboutSyntax).map(({ code }) => code));
const syntaxNames = new Set([...aboutSyntax].flatMap(aliasesOf).filter((name) => name !== 'NO_SOURCE_IMAGE'));

function isAboutSyntax({ family, severity, code }: (typeof rules)[number]): boolean {
  return family === 'syntax' && severity === 'error' && code !== 'missing-from';
}

/** What may be said of the same words as well, as it is another thing. */
const besideSyntax = new Set([
  ...['missing-from', 'directive-casing', 'ConsistentInstructionCasing', 'StageNameCasing'],
  ...['DL4000', 'DL3066', 'UndefinedArgInFrom'],
]);

const texts = [...cases].flatMap(([name, list]) =>
  list.map((text, i): CorpusFile => ({ name: `${name} ${i + 1}`, text })),
);
const lint = await createTestLinter();
const refusals = await ensureRefusals();
const skip = isMissing(refusals) && describeMissing(refusals);

/** A disagreement: what one of the two says of an instruction and the other does not. */
interface Odd {
  readonly only: string;
  readonly place: string;
  readonly instruction: Instruction | undefined;
  /** The instruction below a FROM, or the file where it is no instruction that is meant. */
  readonly alone: string;
}

describe('the validations of dockerfile-utils', () => {
  it('are aliases of rules, each of them', () => {
    assert.equal(names.length, 53);
    const known = new Set(covering.flatMap(({ code }) => aliasesOf(code)));
    assert.deepEqual(
      names.filter((name) => !known.has(name)),
      [],
    );
    assert.deepEqual(
      [...known].filter((name) => !names.includes(name)),
      [],
    );
  });

  it('have at least five cases, which the library reports', () => {
    const few = names.filter((name) => {
      const reported = texts.filter(
        (file) =>
          file.name.startsWith(`${name} `) && validate(file.text).some(({ code }) => nameOf(code) === name),
      );
      return reported.length < 5;
    });
    assert.deepEqual(few, neverReported);
  });
});

describe('rules in place of dockerfile-utils', { skip }, () => {
  const sources = [{ name: 'the cases', files: () => texts, skip: false as const }, ...corpora()];
  for (const { name, files, skip } of sources) {
    it(`find what it finds in ${name}, and no more, but for good reasons`, { skip }, async (t) => {
      let both = 0;
      const odd = files().flatMap((file) => {
        const { agreed, disagreed } = compare(file);
        both += agreed;
        return disagreed;
      });
      const refused = await ask(odd.map(({ alone }) => alone));
      const counts = new Map<string, number>();
      const unexplained = odd.filter((one, i) => {
        const why = explain(one, refused[i] !== '');
        if (why) counts.set(`${one.only}: ${why}`, (counts.get(`${one.only}: ${why}`) ?? 0) + 1);
        return why === undefined;
      });
      t.diagnostic(`${both} alike, ${odd.length} explained`);
      for (const [why, count] of counts) t.diagnostic(`${count} ${why}`);
      assert.deepEqual(
        unexplained.map(({ only, place }) => `${place} ${only}`),
        [],
      );
      assert.ok(both > 10);
    });
  }

  it('say nothing twice', () => {
    for (const { name, text } of texts) {
      const found = lint(text, rules);
      for (const one of found.filter(({ code }) => aboutSyntax.has(code))) {
        const others = found.filter((other) => other !== one && overlaps(one.span, other.span));
        const told = others.map(({ code }) => code).filter((code) => !besideSyntax.has(code));
        assert.deepEqual(told, [], `${name}: ${one.code}`);
      }
    }
  });

  it('differ for no reason that nothing needs', () => {
    const odd = texts.concat(corpora()[0]?.files() ?? []).flatMap((file) => compare(file).disagreed);
    const idle = reasons.filter(
      ({ only, where }) =>
        !odd.some((one) => one.only === only && (!where || where(one.instruction, written(one)))),
    );
    assert.deepEqual(
      idle.map(({ only, reason }) => `${only}: ${reason}`),
      [],
    );
  });
});

async function ask(list: readonly string[]): Promise<readonly string[]> {
  assert.ok(!isMissing(refusals));
  return refusals(list);
}

const written = ({ instruction }: Odd) => instruction?.node.text ?? '';

/** Undefined where the disagreement is a fault of ours. */
function explain(one: Odd, isRefused: boolean): string | undefined {
  if (syntaxNames.has(one.only) && !isRefused) return 'BuildKit takes it';
  if (aboutSyntax.has(one.only) && isRefused) return 'BuildKit refuses it';
  return reasons.find(
    ({ only, where }) => only === one.only && (!where || where(one.instruction, written(one))),
  )?.reason;
}

/** What both say, instruction by instruction. */
function compare({ name, text }: CorpusFile): { agreed: number; disagreed: Odd[] } {
  const file = parseDockerfile(text);
  const lines = createLineIndex(text);
  const instructionAt = (offset: number) =>
    file.instructions.find(({ span }) => span.start <= offset && offset <= span.end);
  const placeOf = (offset: number) => lines.position(instructionAt(offset)?.span.start ?? offset).line + 1;
  const theirs = validate(text).map(({ code, range }) => {
    const offset = lines.offset(range.start);
    return { name: nameOf(code), line: placeOf(offset), offset };
  });
  const ours = lint(text, covering).flatMap((finding) =>
    spansOf(finding).map(({ start }) => {
      const { code } = finding;
      return { code, names: aliasesOf(code), line: placeOf(start), offset: start };
    }),
  );
  const odd = (only: string, line: number, offset: number): Odd => {
    const instruction = instructionAt(offset);
    return { only, place: `${name}:${line}`, instruction, alone: aloneText(text, instruction) };
  };
  const isAgreed = (their: (typeof theirs)[number]) =>
    ours.some(({ names: of, line }) => line === their.line && of.includes(their.name));
  const disagreed = [
    ...theirs.filter((their) => !isAgreed(their)).map((their) => odd(their.name, their.line, their.offset)),
    ...ours
      .filter((our) => !theirs.some((their) => their.line === our.line && our.names.includes(their.name)))
      .map((our) => odd(our.code, our.line, our.offset)),
  ];
  return { agreed: theirs.filter(isAgreed).length, disagreed };
}

/** BuildKit looks into a trigger when it is carried out, so it is asked for what ONBUILD wraps. */
function aloneText(text: string, instruction: Instruction | undefined): string {
  if (!instruction) return text;
  const trigger = triggerOf(instruction)?.node;
  const own = trigger ? instruction.node.text.slice(trigger.keywordWord.from) : instruction.node.text;
  return instruction.node.keyword === 'FROM' ? own : `FROM a:1\n${own}`;
}
