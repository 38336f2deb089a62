// The fast path (shared facts, dispatch by instruction, reused instructions) finds what the plain one finds, over the
// project's own Dockerfiles and the public ones; no rule throws; places lie within the text; fix-all comes to an end. The plain
// path takes ten times as long, so of the public files a part goes through it: all of them with WHEELHOUSE_PUBLIC=all, and
// others with another WHEELHOUSE_SEED.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defaultConfiguration } from '../../server/src/config/configuration.ts';
import type { Finding } from '../../server/src/lint/finding.ts';
import { safeFix } from '../../server/src/lint/fix.ts';
import { rules } from '../../server/src/rules/index.ts';
import { createService } from '../../server/src/service.ts';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';
import type { Span } from '../../server/src/text/span.ts';
import { loadRepeatingShellParser, loadTestShellParser } from '../server/linter.ts';
import { mutate } from '../server/mutations.ts';
import { createPlainLinter } from '../server/plain-path.ts';
import { createRandom } from '../server/texts.ts';
import { corpora } from './files.ts';

const seed = Number(process.env.WHEELHOUSE_SEED ?? 3);
const isWhole = process.env.WHEELHOUSE_PUBLIC === 'all';

const complaints: string[] = [];
const service = createService({
  ports: { readFile: async () => undefined, log: (_level, message) => complaints.push(message) },
  parseShell: await loadTestShellParser(),
});
const lintFast = (text: string) => service.lint(text, defaultConfiguration);
const lintPlain = createPlainLinter(await loadRepeatingShellParser(), rules);

/** A finding as plain data, with its fixes. */
const shape = (finding: Finding) => ({
  code: finding.code,
  severity: finding.severity,
  message: finding.message,
  span: finding.span,
  instruction: finding.instruction,
  tag: finding.tag,
  related: finding.related,
  fixes: finding.fixes(),
});

function assertWithin(name: string, text: string, findings: readonly Finding[]): void {
  const inside = ({ start, end }: Span) => 0 <= start && start <= end && end <= text.length;
  for (const finding of findings) {
    const edits = finding.fixes().flatMap((fix) => fix.edits);
    const spans = [
      finding.span,
      ...edits.map(({ span }) => span),
      ...(finding.related ?? []).map(({ span }) => span),
    ];
    for (const span of spans) assert.ok(inside(span), `${name}: ${finding.code} at ${JSON.stringify(span)}`);
    const { start, end } = finding.span;
    assert.ok(start < end || text.length === 0, `${name}: ${finding.code} marks nothing`);
    // An empty line is what NoEmptyContinuation is about, and a byte order mark is a word to Docker.
    if (finding.code === 'NoEmptyContinuation') continue;
    assert.match(text.slice(start, end), /\S|\ufeff|^$/, `${name}: ${finding.code} marks blanks only`);
  }
}

for (const { name, files, skip } of corpora()) {
  describe(`linting the ${name}`, { skip }, () => {
    const all = skip ? [] : files();
    const own = all.length < 100;
    /** One of so many files, and all of the own ones. */
    const oneOf = (count: number) => all.filter((_, i) => own || isWhole || i % count === seed % count);

    it('finds the same on the plain and on the fast path, cold and warm, within the text', () => {
      let count = 0;
      const cold = new Map<string, ReturnType<typeof shape>[]>();
      for (const { name: file, text } of all) {
        const findings = lintFast(text);
        cold.set(file, findings.map(shape));
        count += findings.length;
        assertWithin(file, text, findings);
      }
      for (const { name: file, text } of oneOf(4)) {
        assert.deepEqual(cold.get(file), lintPlain(text).map(shape), `${file}, seed ${seed}, cold`);
      }
      for (const { name: file, text } of all) {
        assert.deepEqual(lintFast(text).map(shape), cold.get(file), `${file}, warm`);
      }
      assert.ok(count > all.length, `${count} findings in ${all.length} files is too few to tell`);
    });

    it('finds the same after each of a row of edits', () => {
      const random = createRandom(seed);
      for (const { name: file, text } of oneOf(20)) {
        let current = text;
        for (let edit = 0; edit < (own ? 25 : 2); edit++) {
          current = mutate(current, random);
          const plain = lintPlain(current);
          assert.deepEqual(
            lintFast(current).map(shape),
            plain.map(shape),
            `${file}, seed ${seed}, edit ${edit}`,
          );
          assertWithin(`${file}, seed ${seed}, edit ${edit}`, current, plain);
        }
      }
    });

    it('fixes all in one go: a second time changes nothing, and no instruction is lost to an error', () => {
      let changed = 0;
      for (const { name: file, text } of all) {
        const fixed = service.fixAll(text, defaultConfiguration);
        if (fixed !== text) changed++;
        assert.equal(service.fixAll(fixed, defaultConfiguration), fixed, `${file} changes again`);
        const left = lintFast(fixed).filter((finding) => safeFix(finding));
        assert.deepEqual(left.map(shape), [], `${file}: safe fixes are left`);
        const problems = (of: string) => parseDockerfile(of).problems.map(({ kind }) => kind);
        assert.deepEqual(problems(fixed), problems(text), `${file}: fixing broke the file`);
      }
      assert.ok(changed > 1, `only ${changed} files changed`);
    });

    it('makes no rule throw', () => {
      assert.deepEqual(complaints, []);
    });
  });
}
