// A rule that says it rests on an instruction alone asks for nothing else, and keeps nothing between instructions.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { defaultConfiguration, optionsOf } from '../../server/src/config/configuration.ts';
import { createFacts, type FileFacts } from '../../server/src/facts/file-facts.ts';
import { createScriptReader } from '../../server/src/facts/scripts.ts';
import type { Finding } from '../../server/src/lint/finding.ts';
import { withoutMarkers } from '../../server/src/lint/markers.ts';
import type { Rule } from '../../server/src/lint/rule.ts';
import { createContext } from '../../server/src/lint/run.ts';
import { rules } from '../../server/src/rules/index.ts';
import { parseDockerfile, triggerOf } from '../../server/src/syntax/parse.ts';
import type { Instruction } from '../../server/src/syntax/tree.ts';
import { corpora } from '../corpus/files.ts';
import { onlyOfInstructions } from './instruction-facts.ts';
import { loadTestShellParser } from './linter.ts';

const readScript = createScriptReader(await loadTestShellParser());
const local = rules.filter(({ dependsOn }) => dependsOn === 'instruction');

/** What a rule reports in each instruction, in the order in which it sees them, and knows nothing of the file. */
function judge(rule: Rule, real: FileFacts, instructions: readonly Instruction[]): string[] {
  const found: string[] = [];
  const add = ({ span, message }: Finding) => found.push(`${span.start} ${span.end} ${message}`);
  const options = optionsOf(defaultConfiguration, rule);
  const fail = (error: unknown) => {
    throw error;
  };
  // The place of a finding is looked up in the file, which is no part of judging.
  const facts = onlyOfInstructions(real);
  const ctx = { ...createContext(rule, 'warning', real, options, add, fail), facts };
  const visits = rule.create() as Readonly<Record<string, (it: unknown, ctx: unknown) => void>>;
  for (const instruction of instructions) {
    visits[instruction.node.keyword]?.(instruction, ctx);
    const trigger = triggerOf(instruction);
    if (trigger && rule.onbuild) visits[trigger.node.keyword]?.(trigger, ctx);
  }
  return found.sort();
}

describe('rules that rest on an instruction alone', () => {
  it('are many, and wait for no end', () => {
    assert.ok(local.length > 50, `${local.length}`);
    for (const rule of local) assert.ok(!('end' in rule.create()), rule.code);
  });

  it('ask for nothing of the file, and say the same in any order', () => {
    const texts = [
      ...rules.flatMap(({ examples }) =>
        [...examples.bad, ...examples.good].map(({ code }) => withoutMarkers(code).text),
      ),
      ...corpora().flatMap(({ files, skip }) =>
        skip
          ? []
          : files()
              .map(({ text }) => text)
              .slice(0, 300),
      ),
    ];
    let count = 0;
    for (const text of texts) {
      const facts = createFacts(parseDockerfile(text), readScript);
      const { instructions } = facts.file;
      for (const rule of local) {
        const forwards = judge(rule, facts, instructions);
        assert.deepEqual(judge(rule, facts, instructions.toReversed()), forwards, `${rule.code}: ${text}`);
        count += forwards.length;
      }
    }
    assert.ok(count > texts.length / 4, `${count} findings in ${texts.length} texts are too few to tell`);
  });

  it('make their visitors without keeping anything beside them', () => {
    const folder = path.resolve(import.meta.dirname, '../../server/src/rules');
    const index = readFileSync(path.join(folder, 'index.ts'), 'utf8');
    const sources = [...index.matchAll(/from '\.\/(.+\.ts)'/g)].map(([, file]) =>
      readFileSync(path.join(folder, file as string), 'utf8'),
    );
    for (const source of sources.filter((text) => text.includes("dependsOn: 'instruction'")))
      assert.match(source, /create: \(\) => \(\{/, source.slice(0, 300));
  });
});
