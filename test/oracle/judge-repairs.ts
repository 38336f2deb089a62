import type { CorpusFile } from '../corpus/files.ts';
import { type Revelation, revelations, unseen } from './fix-exceptions.ts';
import { countBy, type Repair, type Repairs } from './fixes.ts';
import { askHadolint, type Verdict } from './hadolint.ts';
import type { AskRefusals } from './refusals.ts';

/** What became of fixes: how many of each rule were applied, and what went wrong. */
export interface Judgement {
  /** Fixes applied by rule. */
  readonly applied: ReadonlyMap<string, number>;
  readonly repairs: number;
  /** Findings that hadolint had as well, and has no more. */
  readonly goneForHadolint: number;
  /** Findings that fixes brought to light, ours and hadolint's. */
  readonly revealed: ReadonlyMap<Revelation, number>;
  readonly complaints: readonly string[];
}

export interface Judges {
  readonly ours: Repairs;
  /** The binary. */
  readonly hadolint: string;
  readonly refusals: AskRefusals;
}

/**
 * Holds repairs against BuildKit's parser, hadolint and ourselves: what could be read can be read still, what was to be
 * gone is gone, and nothing is new.
 */
export async function judgeRepairs(repairs: readonly Repair[], judges: Judges): Promise<Judgement> {
  const before = new Map(repairs.map((repair) => [repair.before, repair.before]));
  const texts = [...before.keys()];
  const files = texts.map((text, i): CorpusFile => ({ name: `${i}`, text }));
  const saidBefore = await askHadolint(judges.hadolint, files);
  const verdictOf = new Map(files.map(({ name, text }) => [text, saidBefore.get(name)]));
  const refusedBefore = await judges.refusals(texts);
  const refusalOf = new Map(texts.map((text, i) => [text, refusedBefore[i] ?? '']));
  const refusedAfter = await judges.refusals(repairs.map(({ after }) => after));
  const saidAfter = await askHadolint(
    judges.hadolint,
    repairs.map(({ after }, i) => ({ name: `${i}`, text: after })),
  );
  let goneForHadolint = 0;
  const revealed = new Map<Revelation, number>();
  const complaints = repairs.flatMap((repair, i) => {
    const excess = new Excess(repair, revealed);
    const odd = [...repair.complaints];
    excess.compare(
      'we find',
      judges.ours.count(repair.before),
      judges.ours.count(repair.after),
      repair.codes,
    );
    if (refusalOf.get(repair.before) === '' && refusedAfter[i] !== '')
      odd.push(`BuildKit: ${refusedAfter[i]}`);
    const said = verdictOf.get(repair.before);
    const says = saidAfter.get(`${i}`);
    if (said && !says) odd.push('hadolint cannot parse it any more');
    if (said && says) {
      const shared = repair.gone.filter((finding) => said.has(finding)).map(codeOf);
      const ended = shared.filter((code) => !isUnseen(repair, code));
      goneForHadolint += ended.length;
      excess.compare('hadolint finds', countCodes(said), countCodes(says), ended);
    }
    return [...odd, ...excess.complaints].map((what) => `${repair.name}: ${what}`);
  });
  const applied = countBy(repairs.flatMap(({ codes }) => codes));
  return { applied, repairs: repairs.length, goneForHadolint, revealed, complaints };
}

const codeOf = (finding: string) => finding.slice(finding.indexOf(' ') + 1);
/** Of ShellCheck's findings hadolint keeps one for each RUN, whichever comes first: they count as one code. */
const countCodes = (verdict: Exclude<Verdict, undefined>) =>
  countBy([...verdict].map(codeOf).map((code) => (code.startsWith('SC') ? 'SC' : code)));

const isUnseen = ({ after }: Repair, code: string) =>
  unseen.some(({ fix, text }) => fix === code && text.test(after));

/** What is found more often than it should be after a repair. */
class Excess {
  readonly complaints: string[] = [];
  readonly #repair: Repair;
  readonly #revealed: Map<Revelation, number>;

  constructor(repair: Repair, revealed: Map<Revelation, number>) {
    this.#repair = repair;
    this.#revealed = revealed;
  }

  /** Each code that was fixed is to be found less often, and none more often, save for what the fixes bring to light. */
  compare(
    who: string,
    was: ReadonlyMap<string, number>,
    is: ReadonlyMap<string, number>,
    fixed: readonly string[],
  ): void {
    const ended = countBy(fixed);
    for (const [code, found] of is) {
      const most = (was.get(code) ?? 0) - (ended.get(code) ?? 0);
      if (found <= most || this.#isRevealed(code, found - most)) continue;
      this.complaints.push(`${who} ${code} ${found} times, at most ${most} expected`);
    }
  }

  /** Whether a fix of the repair brings findings of a code to light. */
  #isRevealed(code: string, more: number): boolean {
    const entry = revelations.find(({ fix, found }) => found.test(code) && this.#repair.codes.includes(fix));
    if (!entry) return false;
    this.#revealed.set(entry, (this.#revealed.get(entry) ?? 0) + more);
    return true;
  }
}
