// `npm run ml-findings`: writes docs/ml-findings.md from the public Dockerfiles (WHEELHOUSE_CORPUS, or beside the project)
// and the judgements in ml-judgements.ts. With --list it prints the findings that wait for a judgement.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { rules } from '../../server/src/rules/index.ts';
import { corpusFolder, readCorpus } from '../corpus/files.ts';
import { judgements } from './ml-judgements.ts';
import { proposedRules } from './ml-rules.ts';
import { type MlFinding, mlFindings, sampleToJudge } from './ml-sample.ts';

if (!corpusFolder) throw new Error('There is no corpus. Set WHEELHOUSE_CORPUS to a folder of Dockerfiles.');
const files = readCorpus(corpusFolder);
const findings = await mlFindings(files);
const sample = sampleToJudge(findings);
const waiting = sample.filter(({ key }) => !judgements.has(key));
if (process.argv.includes('--list')) {
  for (const { key, message } of waiting) console.log(`${key}  ${message}`);
} else if (waiting.length > 0) {
  throw new Error(`${waiting.length} findings wait for a judgement; see them with --list.`);
} else {
  writeFileSync(path.resolve(import.meta.dirname, '../../docs/ml-findings.md'), render());
}

function render(): string {
  const right = sample.filter(({ key }) => judgements.get(key)?.isRight).length;
  const counts = proposedRules.map((id) => countRow(id, findings));
  return `${[
    '# What the rules on machine learning find',
    `Written by \`npm run ml-findings\` from ${files.length} public Dockerfiles, of which nothing is kept here but their numbers. Rules that need the files of a project find nothing there; they are tested in project folders.`,
    '## Precision',
    `Of the ${findings.filter(isLoud).length} findings of level warning and error, ${sample.length} were chosen at random and judged one by one: **${right} right, ${sample.length - right} wrong**, which is ${((100 * right) / sample.length).toFixed(1)} %. Right is what is true of the file and what its author would want to know; most of the files are old, and so is what they rest on. Rules of hadolint are left out, as they are held against hadolint ([parity.md](parity.md)). The first sample held three wrong ones: a \`conda run … pip install\` taken for an install by conda, a library path on an image that sets none, and NCCL for another CUDA that the author wants; the rules were mended and the sample drawn anew. A second reader of the rules on models found five more wrong judgements, which neither sample had shown; they are mended too. The judge wrote the rules.`,
    '## Counts',
    ['| rule | level | findings |', '|---|---|---|', ...counts].join('\n'),
    '## Judgements',
    ['| finding | verdict | reason |', '|---|---|---|', ...sample.map(judgementRow)].join('\n'),
  ].join('\n\n')}\n`;
}

function isLoud({ severity }: MlFinding): boolean {
  return severity === 'error' || severity === 'warning';
}

function countRow(id: string, all: readonly MlFinding[]): string {
  const rule = rules.find(({ code, aliases }) => code === id || aliases.includes(id));
  if (!rule) throw new Error(`No rule is ${id}.`);
  const level = rule.offByDefault ? `${rule.severity}, off` : rule.severity;
  if (rule.code !== id) return `| \`${id}\` | ${level} | a part of ${rule.code} |`;
  return `| \`${id}\` | ${level} | ${all.filter(({ code }) => code === id).length} |`;
}

function judgementRow({ key }: MlFinding): string {
  const { isRight, reason } = judgements.get(key) ?? { isRight: false, reason: '' };
  return `| ${key} | ${isRight ? 'right' : '**wrong**'} | ${reason} |`;
}
