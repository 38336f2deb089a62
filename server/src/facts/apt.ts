import type { ShellCommand } from '../syntax/shell.ts';
import type { Instruction } from '../syntax/tree.ts';
import { remember } from '../text/remember.ts';
import type { FileFacts } from './file-facts.ts';
import type { OptionTable } from './option-table.ts';
import { removesFolder } from './removals.ts';
import { lastWhere, type Stage } from './stages.ts';

const tools = new Set(['apt-get', 'apt', 'aptitude']);
export function isApt(command: ShellCommand): boolean {
  return tools.has(command.name);
}

/** The option of the rules on installs. */
export const aptOption = {
  everyProgram: {
    default: true,
    description: 'Judge `apt install` like `apt-get install`.',
    hadolint: {
      value: false,
      reason: '`apt` installs as `apt-get` does, by the same options; hadolint looks at `apt-get` alone.',
      example: 'FROM debian:12\nRUN apt install curl\n',
    },
  },
} as const satisfies OptionTable;

/** The programs whose installs such a rule judges. */
export const aptPrograms = ({ everyProgram }: { readonly everyProgram: boolean }): readonly string[] =>
  everyProgram ? ['apt-get', 'apt'] : ['apt-get'];

/** Whether a command is `apt-get update` or the like. */
export function isAptUpdate(command: ShellCommand): boolean {
  return isApt(command) && command.args.some((word) => word.value === 'update');
}

/** Commands that read the package lists which `update` fetched. */
const listReaders = new Set([
  'install',
  'build-dep',
  'upgrade',
  'dist-upgrade',
  'full-upgrade',
  'source',
  'download',
]);

export function readsAptLists(command: ShellCommand): boolean {
  return isApt(command) && command.args.some((word) => listReaders.has(word.value));
}

/** Whether a command empties the package lists: `rm`, `find … -delete` or `apt-get distclean`. */
export function removesAptLists(command: ShellCommand): boolean {
  const { name, args } = command;
  if (isApt(command)) return args.some(({ value }) => /^dist-?clean$/.test(value));
  if (removesFolder(command, '/var/lib/apt/lists')) return true;
  // `rm -rf lists/*` behind `cd /var/lib/apt`.
  return (name === 'rm' || name === 'find') && args.some(({ value }) => /^(?:\.\/)?lists\b/.test(value));
}

/** What hadolint 2.15 takes for the removal of the lists: `rm` with one of these words, wherever it stands. */
export function removesAptListsByWord({ name, args }: ShellCommand): boolean {
  return name === 'rm' && args.some(({ value }) => value === '-rf' || value === '/var/lib/apt/lists/*');
}

/**
 * Whether a later RUN of the stage, or of the stages that build on it, needs the lists that this one leaves: `yes` where
 * it installs without an update of its own, `maybe` where it runs a script or cannot be read.
 */
export function aptListsUsedLater(facts: FileFacts, run: Instruction): 'yes' | 'maybe' | 'no' {
  const stage = facts.stageOf(run);
  if (!stage) return 'maybe';
  return greater(needFrom(facts, stage, run.index + 1), needsBelow(facts).get(stage));
}

/** What is needed by the stages that build on one, directly or through others; a stage stands below its parent. */
const needsBelow = remember((facts: FileFacts): ReadonlyMap<Stage, Need> => {
  const below = new Map<Stage, Need>();
  for (const stage of facts.stages.toReversed()) {
    if (!stage.parent) continue;
    const own = greater(needFrom(facts, stage, stage.from.index), below.get(stage));
    below.set(stage.parent, greater(own, below.get(stage.parent)));
  }
  return below;
});

const needs = ['yes', 'maybe', 'no'] as const;
type Need = (typeof needs)[number];
const greater = (a: Need, b: Need = 'no'): Need => needs.find((need) => need === a || need === b) ?? 'no';

/** What the RUNs of a stage need, for each the answer of itself and of all below it. */
const known = new WeakMap<Stage, readonly { readonly index: number; readonly need: Need }[]>();

function needFrom(facts: FileFacts, stage: Stage, index: number): Need {
  let rows = known.get(stage);
  if (!rows) {
    let below: Need = 'no';
    rows = (stage.byKeyword.get('RUN') ?? [])
      .toReversed()
      .map((run) => {
        below = greater(ownNeed(facts, run), below);
        return { index: run.index, need: below };
      })
      .reverse();
    known.set(stage, rows);
  }
  return rows[lastWhere(rows, (row) => row.index < index) + 1]?.need ?? 'no';
}

function ownNeed(facts: FileFacts, run: Instruction): Need {
  const script = facts.shellText(run)?.script;
  if (!script) return 'no';
  const update = script.commands.findIndex(isAptUpdate);
  const before = update < 0 ? script.commands : script.commands.slice(0, update);
  if (before.some(readsAptLists)) return 'yes';
  const isUnclear = script.hasErrors || before.some((command) => !isApt(command) && runsScript(command));
  return isUnclear ? 'maybe' : 'no';
}

/** Whether a command may install by apt out of sight: a script, a nested shell, or `xargs apt-get install`. */
function runsScript({ name, nameWord, args }: ShellCommand): boolean {
  if (/^(?:ba|da|z)?sh$|^(?:source|eval|\.)$/.test(name) || /\.(?:sh|py)$/.test(name)) return true;
  if (/^\.|^\/(?!usr\/|s?bin\/|opt\/)|\$/.test(nameWord?.value ?? '')) return true;
  return args.some(
    ({ value }) =>
      (/\.(?:sh|py)$/.test(value) && !value.includes('://')) ||
      /(?:^|\s)apt(?:-get|itude)?(?:\s|$)/.test(value),
  );
}
