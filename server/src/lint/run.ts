import type { Configuration } from '../config/configuration.ts';
import { optionsOf, severityOf } from '../config/configuration.ts';
import type { FileFacts } from '../facts/file-facts.ts';
import { triggerOf } from '../syntax/parse.ts';
import type { Instruction, InstructionNode } from '../syntax/tree.ts';
import { remember } from '../text/remember.ts';
import { type Span, visibleSpan } from '../text/span.ts';
import { byPlace, type Finding } from './finding.ts';
import { joinRepairs } from './join.ts';
import { presetConfiguration } from './presets.ts';
import {
  type Fix,
  type FixResult,
  type OptionTable,
  type Rule,
  type RuleContext,
  rulePage,
  type Severity,
  type Visitor,
} from './rule.ts';
import { createSuppression, plainId, type Suppression, type UnusedId } from './suppress.ts';
import { describeUnused, indexRules, isShellcheckId, type RulesById } from './unused-ignores.ts';

type Visit = (instruction: Instruction, ctx: RuleContext) => void;
type End = (ctx: RuleContext) => void;
type Visits = Readonly<Record<string, unknown>>;

/** A rule that is on, with its options. */
interface Planned {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly options: RuleContext['options'];
}

/** The rules that are on for a configuration, and what is known of instructions that they saw. */
export interface Plan {
  readonly rules: readonly Planned[];
  /** What rules that rest on an instruction alone do, which is the same for every file. */
  readonly visits: ReadonlyMap<Planned, Visits>;
  /** Those that want to see instructions of a keyword, in their order; `end` is one as well. */
  readonly byKeyword: ReadonlyMap<string, readonly Planned[]>;
  /** Every rule there is, those that are off too. */
  readonly byId: RulesById;
  /** Of the rules that rest on an instruction alone, those that found something in it; of triggers of ONBUILD apart. */
  readonly loud: Readonly<Record<'own' | 'trigger', WeakMap<InstructionNode, ReadonlySet<Planned>>>>;
}

export function planRules(rules: readonly Rule[], configuration: Configuration): Plan {
  const planned = rules.flatMap((rule): Planned[] => {
    const severity = severityOf(configuration, rule);
    return severity === 'off' ? [] : [{ rule, severity, options: optionsOf(configuration, rule) }];
  });
  const byKeyword = new Map<string, Planned[]>();
  const visits = new Map<Planned, Visits>();
  for (const one of planned) {
    const own = visitsOf(one.rule);
    if (own && one.rule.dependsOn === 'instruction') visits.set(one, own);
    // One that cannot even begin is met at the end of a file, where that is told.
    for (const keyword of own ? Object.keys(own) : ['end']) {
      const list = byKeyword.get(keyword);
      if (list) list.push(one);
      else byKeyword.set(keyword, [one]);
    }
  }
  const loud = { own: new WeakMap(), trigger: new WeakMap() };
  return { rules: planned, visits, byKeyword, byId: indexRules(rules), loud };
}

function visitsOf(rule: Rule): Visits | undefined {
  try {
    return rule.create() as Visits;
  } catch {
    return undefined;
  }
}

const nobody: ReadonlySet<Planned> = new Set();

/**
 * Runs the rules in one pass over a file. A rule that rests on an instruction alone and found nothing in it is not asked
 * again while the instruction stays as it is, so that an edit is judged where it changed something.
 * @param onError called for a rule that throws; its findings so far stay, and the other rules go on
 */
export function runRules(
  plan: Plan,
  facts: FileFacts,
  configuration: Configuration,
  onError: (rule: Rule, error: unknown) => void,
): Finding[] {
  const { file } = facts;
  const suppression = createSuppression(facts, configuration);
  const findings: Finding[] = [];
  const failed = new Set<Rule>();
  const working = new Map<Planned, { visits: Visits; ctx: RuleContext }>();
  /** How often something was reported or went wrong. */
  let events = 0;
  const fail = (rule: Rule, error: unknown) => {
    events++;
    failed.add(rule);
    onError(rule, error);
  };
  const add = (finding: Finding) => {
    events++;
    if (!suppression.covers(finding)) findings.push(finding);
  };
  const begin = (planned: Planned) => {
    const { rule, severity, options } = planned;
    let work = working.get(planned);
    if (!work) {
      const ctx = createContext(rule, severity, facts, options, add, (error) => onError(rule, error));
      work = { visits: plan.visits.get(planned) ?? (rule.create() as Visits), ctx };
      working.set(planned, work);
    }
    return work;
  };
  const visit = (planned: Planned, keyword: string, instruction?: Instruction) => {
    const { rule } = planned;
    if (rule.ofTheMoment && !facts.context?.isLive) return;
    try {
      const { visits, ctx } = begin(planned);
      if (instruction) (visits[keyword] as Visit)(instruction, ctx);
      else (visits[keyword] as End)(ctx);
    } catch (error) {
      fail(rule, error);
    }
  };
  const visitAll = (instruction: Instruction, place: keyof Plan['loud']) => {
    const { node } = instruction;
    const interested = plan.byKeyword.get(node.keyword);
    if (!interested) return;
    const known = plan.loud[place].get(node);
    let loud: Set<Planned> | undefined;
    for (const planned of interested) {
      if (place === 'trigger' && !planned.rule.onbuild) continue;
      const isLocal = planned.rule.dependsOn === 'instruction';
      if (isLocal && known && !known.has(planned)) continue;
      const before = events;
      visit(planned, node.keyword, instruction);
      if (isLocal && !known && events > before) {
        loud ??= new Set();
        loud.add(planned);
      }
    }
    if (!known) plan.loud[place].set(node, loud ?? nobody);
  };

  for (const instruction of file.instructions) {
    visitAll(instruction, 'own');
    const trigger = triggerOf(instruction);
    if (trigger) visitAll(trigger, 'trigger');
  }
  for (const planned of plan.byKeyword.get('end') ?? []) visit(planned, 'end');
  const unused = suppression.unused().filter(({ id }) => !isShellcheckId(id));
  findings.push(...judgeUnused(unused, { plan, facts, suppression, failed, onError }));
  // The preset reports each place, as hadolint does.
  const told = configuration.preset === 'hadolint' ? findings : joinRepairs(findings, facts);
  return told.sort(byPlace);
}

interface Pass {
  readonly plan: Plan;
  readonly facts: FileFacts;
  readonly suppression: Suppression;
  /** Rules that threw: what they did not find tells nothing. */
  readonly failed?: ReadonlySet<Rule>;
  readonly onError: (rule: Rule, error: unknown) => void;
}

/** What the rules say of ids in ignore comments that a pass had no use for. */
export function judgeUnused(
  unused: readonly UnusedId[],
  { plan, facts, suppression, failed, onError }: Pass,
): Finding[] {
  const idle = withoutThoseOfHadolint(unused, facts, { plan, onError });
  if (idle.length === 0) return [];
  const on = new Set(plan.rules.map(({ rule }) => rule));
  const isKnown = (rule: Rule) =>
    rule.ofTheMoment ? facts.context?.isLive : facts.context !== undefined || !needsContext(rule);
  const judged = (rule: Rule) => on.has(rule) && !failed?.has(rule) && isKnown(rule);
  const findings: Finding[] = [];
  for (const { rule, severity, options } of plan.rules) {
    const { unusedIgnores } = rule.create() as Visitor<never, never>;
    if (!unusedIgnores) continue;
    // It cannot tell what it will find itself.
    const others = (other: Rule) => other !== rule && Boolean(judged(other));
    const add = (finding: Finding) => {
      if (!suppression.covers(finding)) findings.push(finding);
    };
    const ctx = createContext(rule, severity, facts, options, add, (error) => onError(rule, error));
    try {
      unusedIgnores(describeUnused(idle, plan.byId, others, facts), ctx as never);
    } catch (error) {
      onError(rule, error);
    }
  }
  return findings;
}

/**
 * The ids but those of hadolint's comments that it needs itself: where a rule differs from it on purpose, it may find what
 * Wheelhouse does not.
 */
function withoutThoseOfHadolint(
  unused: readonly UnusedId[],
  facts: FileFacts,
  { plan, onError }: Pick<Pass, 'plan' | 'onError'>,
): readonly UnusedId[] {
  const named = unused.filter(({ comment }) => comment.syntax === 'hadolint');
  const differing = new Set(named.flatMap(({ id }) => plan.byId.get(plainId(id.id)) ?? []).filter(differs));
  if (differing.size === 0) return unused;
  const rules = [...differing];
  const preset = presetConfiguration('hadolint', rules);
  const own = createSuppression(facts, preset);
  const all = { ...preset, ignoreCommentsDisabled: true };
  for (const finding of runRules(planRules(rules, all), facts, all, onError)) own.covers(finding);
  const stillUnused = new Set(own.unused().map(({ id }) => id.span.start));
  return unused.filter(({ comment, id }) => comment.syntax !== 'hadolint' || stillUnused.has(id.span.start));
}

const differs = ({ options }: Rule) => Object.values(options as OptionTable).some(({ hadolint }) => hadolint);

/** A rule about the files of the build context finds nothing where they are not known. */
const needsContext = ({ examples }: Rule) =>
  examples.bad.length > 0 && examples.bad.every(({ context }) => context !== undefined);

/**
 * What a rule sees; also used by the plain path of the tests.
 * @param onError called when making a fix fails, which happens long after the pass
 */
export function createContext(
  rule: Rule,
  severity: Severity,
  facts: FileFacts,
  options: RuleContext['options'],
  add: (finding: Finding) => void,
  onError: (error: unknown) => void,
): RuleContext {
  return {
    facts,
    options,
    report(span, messageId, data, fix, extras) {
      const instruction = instructionAt(facts, span);
      add({
        code: rule.code,
        name: rule.name,
        aliases: rule.aliases,
        page: rulePage(rule.code),
        severity,
        get message() {
          return fillMessage(rule.messages[messageId], data as Record<string, string | number> | undefined);
        },
        span: visibleSpan(facts.file.text, span),
        instruction: instruction?.index,
        fixes: lazyFixes(rule, facts, instruction, fix, onError),
        ...extras,
        // What is said otherwise is mended otherwise.
        repair: extras?.repair && { ...extras.repair, name: `${messageId} ${extras.repair.name}` },
        elsewhere: extras?.elsewhere && once(extras.elsewhere),
      });
    },
  };
}

/** Both the diagnostic and the file at fault ask for it. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * An instruction that cannot be read is edited by the rule that says so alone, nor does any other finding in it get a
 * fix: it could make things worse.
 */
function lazyFixes(
  { code }: Rule,
  facts: FileFacts,
  instruction: Instruction | undefined,
  fix: (() => FixResult) | undefined,
  onError: (error: unknown) => void,
): () => readonly Fix[] {
  let fixes: readonly Fix[] | undefined;
  const isSound = (at: Instruction | undefined) =>
    at === undefined || [...kindsOf(at.node)].every((kind) => kind === code);
  const make = (): readonly Fix[] => {
    if (!fix || !isSound(instruction)) return [];
    try {
      const made = fix() ?? [];
      const all = Array.isArray(made) ? (made as readonly Fix[]) : [made as Fix];
      return all.filter(({ edits }) => edits.every(({ span }) => isSound(instructionAt(facts, span))));
    } catch (error) {
      onError(error);
      return [];
    }
  };
  return () => {
    fixes ??= make();
    return fixes;
  };
}

/** What is wrong with an instruction, each kind once: it may have a problem in each word. */
const kindsOf = remember(({ problems }: InstructionNode) => new Set(problems.map(({ kind }) => kind)));

/** The instruction that holds a span, by halving. */
export function instructionAt({ file }: FileFacts, span: Span): Instruction | undefined {
  const { instructions } = file;
  let low = 0;
  let high = instructions.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = instructions[middle] as Instruction;
    if (span.start < found.span.start) high = middle - 1;
    else if (span.start > found.span.end) low = middle + 1;
    else return found;
  }
  return undefined;
}

export function fillMessage(template: string, data: Record<string, string | number> | undefined): string {
  return data ? template.replace(/\{(\w+)\}/g, (whole, name) => String(data[name] ?? whole)) : template;
}
