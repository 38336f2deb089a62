import type { FileFacts } from '../../facts/file-facts.ts';
import { isInMount } from '../../facts/mounts.ts';
import { removePair } from '../../facts/pair-edits.ts';
import { readPipInstall } from '../../facts/pip.ts';
import { mountCaches } from '../../facts/run-edits.ts';
import { variablesAt } from '../../facts/scope.ts';
import type { Stage } from '../../facts/stages.ts';
import { runsAsRoot } from '../../facts/users.ts';
import { fillsEnvironment, uvCommands } from '../../facts/uv.ts';
import type { ShellCommand } from '../../syntax/shell.ts';
import type { Instruction, KeyValues } from '../../syntax/tree.ts';
import { type Edit, likeKeyword, lineEnding, removeWord } from '../../text/edit.ts';
import type { Refactoring } from './refactoring.ts';

/** Where an installer keeps its downloads for root, and what keeps it from doing so. */
const installers = [
  { name: 'pip', cache: '/root/.cache/pip', moved: 'PIP_CACHE_DIR', off: 'PIP_NO_CACHE_DIR' },
  { name: 'uv', cache: '/root/.cache/uv', moved: 'UV_CACHE_DIR', off: 'UV_NO_CACHE' },
] as const;
type Installer = (typeof installers)[number];

/** Mounts the cache of pip and uv where they install, and lets them use it. */
export const cacheMounts: Refactoring = {
  id: 'cache-mounts',
  title: 'Keep downloads of pip and uv in cache mounts',
  gain: 'After a change of the dependencies only what is new is downloaded, and no download stays in the image.',
  propose({ facts }) {
    const { file } = facts;
    const spans = [];
    const edits: Edit[] = [];
    const linked = new Set<Stage>();
    const switches = new Set<Instruction>();
    for (const stage of facts.stages) {
      for (const run of stage.byKeyword.get('RUN') ?? []) {
        if (run.node.json || !runsAsRoot(file, stage, run)) continue;
        const mounted = installers.filter((installer) => shouldMount(facts, stage, run, installer));
        if (mounted.length === 0) continue;
        spans.push(run.span);
        edits.push(
          mountCaches(
            run,
            mounted.map(({ cache }) => cache),
          ),
        );
        for (const installer of mounted) {
          edits.push(...withoutFlags(facts, run, installer));
          for (const env of switchedOff(facts, stage, installer)) {
            if (switches.has(env.instruction)) continue;
            switches.add(env.instruction);
            edits.push(env.removal);
          }
        }
        if (!mounted.some(({ name }) => name === 'uv') || linked.has(stage)) continue;
        linked.add(stage);
        // Without it uv warns, as the mount is a file system of its own (uv documentation, "link-mode").
        if (!variablesAt(file, stage, run).has('UV_LINK_MODE')) edits.push(linkByCopy(file.text, stage));
      }
    }
    return edits.length > 0 ? { spans, edits } : undefined;
  },
};

function shouldMount(facts: FileFacts, stage: Stage, run: Instruction, installer: Installer): boolean {
  const { cache, moved, off } = installer;
  if (installsBy(facts, run, installer).length === 0) return false;
  if (isInMount(run.node, [cache])) return false;
  const variables = variablesAt(facts.file, stage, run);
  if (variables.has(moved)) return false;
  // One that is set here can be taken away, and one of an ARG or a stage above is left alone.
  return !variables.has(off) || switchedOff(facts, stage, installer).length > 0;
}

/** The commands of a RUN by which it installs. */
function installsBy(facts: FileFacts, run: Instruction, { name }: Installer): readonly ShellCommand[] {
  if (name === 'uv')
    return uvCommands(facts, run)
      .filter(fillsEnvironment)
      .map(({ command }) => command);
  return facts
    .commands(run)
    .filter((command) => !command.name.startsWith('pipx') && readPipInstall(command) !== undefined);
}

/** Edits that take away the flags by which the installs of a RUN do without the cache. */
function withoutFlags(facts: FileFacts, run: Instruction, installer: Installer): Edit[] {
  return installsBy(facts, run, installer)
    .flatMap(({ args }) => args.filter(({ value }) => /^--no-cache(?:-dir)?$/.test(value)))
    .map((word) => removeWord(facts.file.text, run.at(word)));
}

/** The ENV of a stage that switches the cache off, and its removal. */
function switchedOff(facts: FileFacts, stage: Stage, { off }: Installer) {
  const envs = (stage.byKeyword.get('ENV') ?? []) as readonly Instruction<KeyValues>[];
  return envs.flatMap((instruction) => {
    const pair = instruction.node.pairs.find(({ key }) => key.value === off);
    const removal = pair && removePair(facts.file, instruction, pair);
    return removal ? [{ instruction, removal }] : [];
  });
}

function linkByCopy(text: string, stage: Stage): Edit {
  const { end } = stage.from.span;
  return {
    span: { start: end, end },
    text: `${lineEnding(text)}${likeKeyword('ENV', stage.from.node.keywordWord.raw)} UV_LINK_MODE=copy`,
  };
}
