// `npm run ml-findings`: writes docs/ml-findings.md from the public Dockerfiles (WHEELHOUSE_CORPUS, or beside the project)
// and the judgements in ml-judgements.json. With --list it prints the findings that wait for a judgement, as JSON,
// and with --fresh those of another sample.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rules } from '../../server/src/rules/index.ts';
import { corpusFolder, readCorpus } from '../corpus/files.ts';
import { control, isOwn, type OwnFinding, ownFindings, sampleToJudge } from './ml-sample.ts';

type Verdict = 'right' | 'debatable' | 'wrong';
/** What was said of a finding, by its key. */
type Judgements = Readonly<Record<string, readonly [Verdict, reason: string]>>;

/**
 * `before` was said of the first sample, `after` of what is in the one of today and was not judged, or was wrong, before, and
 * `fresh` of another sample, with nothing that had been judged.
 */
const { before, after, fresh } = JSON.parse(
  readFileSync(new URL('ml-judgements.json', import.meta.url), 'utf8'),
) as Readonly<Record<'before' | 'after' | 'fresh', Judgements>>;

if (!corpusFolder) throw new Error('There is no corpus. Set WHEELHOUSE_CORPUS to a folder of Dockerfiles.');
const files = readCorpus(corpusFolder);
const findings = await ownFindings(files);
const sample = sampleToJudge(findings);
const judgementOf = ({ key }: OwnFinding) => after[key] ?? before[key];
const waiting = process.argv.includes('--fresh')
  ? sampleToJudge(findings, control).filter((finding) => !judgementOf(finding))
  : sample.filter((finding) => !judgementOf(finding));
if (process.argv.includes('--list') || process.argv.includes('--fresh')) {
  console.log(JSON.stringify(waiting, null, 1));
} else if (waiting.length > 0) {
  throw new Error(`${waiting.length} findings wait for a judgement; see them with --list.`);
} else {
  writeFileSync(path.resolve(import.meta.dirname, '../../docs/ml-findings.md'), render());
}

function render(): string {
  const now = sample.map((finding) => judgementOf(finding) as Judgements[string]);
  const own = rules.filter(isOwn).sort((a, b) => (a.code < b.code ? -1 : 1));
  return `${[
    '# What our own rules find',
    `Written by \`npm run ml-findings\` from ${files.length} public Dockerfiles, of which nothing is kept here but their numbers. Rules that hadolint, BuildKit's checks or its parser decide over are left out; [parity.md](parity.md) holds them against those. Rules that need the files of a project find nothing here; they are tested in project folders and by builds.`,
    '## How it was judged',
    'Of each rule at most six findings were drawn at random. Readers who knew neither the rules nor their code got the file, the line and the message, and nothing else, and said of each whether what it says is true of this file and of use to its author: *right*; *debatable*, where that depends on what the file does not show or on taste; or *wrong*. Then the rules were mended, and the sample drawn anew in the same way; what it holds that was not judged before, and what was wrong before and is still found, was judged once more by readers who had not seen the first verdicts. As a sample that rules were mended by flatters them, another one was drawn at the end, of at most three findings of each rule and none that had been judged.',
    '## Precision',
    [
      '| sample | findings | right | debatable | wrong | wrong of 100 |',
      '|---|---|---|---|---|---|',
      summary('before mending', Object.values(before)),
      summary('after', now),
      summary('another sample, drawn after mending', Object.values(fresh)),
    ].join('\n'),
    '## Counts',
    ['| rule | level | findings |', '|---|---|---|', ...own.map(countRow)].join('\n'),
    '## Wrong and debatable before mending',
    table(Object.entries(before).filter(([, [verdict]]) => verdict !== 'right')),
    '## Wrong and debatable in the other sample',
    table(Object.entries(fresh).filter(([, [verdict]]) => verdict !== 'right')),
    '## Judgements of the sample of today',
    table(sample.map((finding, at) => [finding.key, now[at] as Judgements[string]])),
  ].join('\n\n')}\n`;
}

function summary(name: string, judged: readonly Judgements[string][]): string {
  const count = (wanted: Verdict) => judged.filter(([verdict]) => verdict === wanted).length;
  const share = ((100 * count('wrong')) / judged.length).toFixed(1);
  const cells = [name, judged.length, count('right'), count('debatable'), `**${count('wrong')}**`, share];
  return `| ${cells.join(' | ')} |`;
}

function countRow({ code, severity, offByDefault }: (typeof rules)[number]): string {
  const level = offByDefault ? `${severity}, off` : severity;
  return `| \`${code}\` | ${level} | ${findings.filter((finding) => finding.code === code).length} |`;
}

function table(judged: readonly (readonly [key: string, Judgements[string]])[]): string {
  const rows = judged.map(
    ([key, [verdict, reason]]) =>
      `| ${key} | ${verdict === 'right' ? verdict : `**${verdict}**`} | ${reason.replaceAll('|', '\\|')} |`,
  );
  return ['| finding | verdict | reason |', '|---|---|---|', ...rows].join('\n');
}
