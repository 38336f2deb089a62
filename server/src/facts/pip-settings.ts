import { triggerOf } from '../syntax/parse.ts';
import type { Instruction } from '../syntax/tree.ts';
import { remember } from '../text/remember.ts';
import { trimEnd } from '../text/trim.ts';
import { filesOf } from './context-sources.ts';
import type { FileFacts } from './file-facts.ts';
import { readMounts } from './mounts.ts';
import { settingAt } from './settings.ts';
import { usedStage } from './stage-graph.ts';
import { lineage, rootStage, type Stage } from './stages.ts';

/**
 * Each value that pip reads as yes or no switches its cache off, `false` as well (pip 25, `_handle_no_cache_dir` in
 * cli/cmdoptions.py: "set it to False if the option is provided in any valid form"; measured).
 */
const switched = /^(?:y|yes|t|true|on|1|n|no|f|false|off|0)$/i;
const inFile = /no[-_]cache[-_]dir[ \t]*[=:][ \t]*(?:y|yes|t|true|on|1|n|no|f|false|off|0)\b/i;
const byCommand =
  /\b(?:global|install)\.no[-_]cache[-_]dir[ \t=]+["']?(?:y|yes|t|true|on|1|n|no|f|false|off|0)\b/i;
/** The files that pip reads (pip documentation, "Configuration Files"), by the end of their path. */
const configuration = /(?:^|\/)pip\.(?:conf|ini)$/;

/** Whether pip keeps no cache in a RUN, as far as a text of it and what stands above say; a file that is not known may say so. */
export function isPipCacheOff(facts: FileFacts, run: Instruction, before: string): boolean {
  const value = settingAt(facts, run, 'PIP_NO_CACHE_DIR');
  return value === 'unknown' || switched.test(value) || isPipConfigured(facts, run, before);
}

/** Whether a file of pip, or a command that writes it, may keep pip from its cache in a RUN. */
export function isPipConfigured(facts: FileFacts, run: Instruction, before: string): boolean {
  if (!/^(?:unset|\/dev\/null)$/.test(settingAt(facts, run, 'PIP_CONFIG_FILE'))) return true;
  if (saysSo(before) || readMounts(run.node).some(({ target = '' }) => configuration.test(target)))
    return true;
  const stage = facts.stageOf(run);
  if (!stage) return false;
  const configured = configuredFrom(facts);
  return lineage(stage).some((one) => (configured.get(one) ?? Number.POSITIVE_INFINITY) < run.index);
}

/** Whether a shell text tells pip to keep no cache: by `pip config set`, or by what it writes into a file of pip. */
const saysSo = (text: string) =>
  byCommand.test(text) || (/pip\.(?:conf|ini)/.test(text) && inFile.test(text));

/** The stages in which something sets pip's configuration, each with the index of the first instruction that does. */
const configuredFrom = remember((facts: FileFacts): ReadonlyMap<Stage, number> => {
  const configured = new Map<Stage, number>();
  for (const stage of facts.stages) {
    const candidates = (['RUN', 'COPY', 'ADD', 'ONBUILD'] as const).flatMap(
      (keyword) => stage.byKeyword.get(keyword) ?? [],
    );
    const indexes = candidates
      .filter((it) => configures(facts, triggerOf(it) ?? it, configured))
      .map(({ index }) => index);
    if (indexes.length > 0)
      configured.set(
        stage,
        indexes.reduce((a, b) => Math.min(a, b)),
      );
  }
  return configured;
});

function configures(facts: FileFacts, it: Instruction, configured: ReadonlyMap<Stage, number>): boolean {
  const { node } = it;
  if (node.keyword === 'RUN') return saysSo(node.text);
  if (node.keyword !== 'COPY' && node.keyword !== 'ADD') return false;
  const { destination, heredocs, sources, flags } = node;
  const target = destination?.value ?? '';
  const from = flags.find(({ name }) => name === 'from')?.value?.value;
  const written = heredocs.filter(({ name }) => configuration.test(target) || configuration.test(name));
  if (written.some(({ body }) => inFile.test(node.text.slice(body.from, body.to)))) return true;
  if (sources.some(({ value }) => configuration.test(value) || configuration.test(target))) return true;
  if (from === undefined) return sources.some(({ value }) => bringsFile(facts, value, target));
  const stage = usedStage(facts, from, true);
  if (!stage || !lineage(stage).some((one) => configured.has(one))) return false;
  const isScratch = rootStage(stage).base.image.repository === 'scratch';
  return isScratch || sources.some(({ value }) => /^\/?$|^\/(?:etc|root|home)(?:\/|$)|pip/.test(value));
}

/** Whether a folder of the build context that goes where pip looks holds a file of pip. */
function bringsFile({ context }: FileFacts, source: string, target: string): boolean {
  if (!context?.files || !/^(?:\/|~)(?:$|etc|root|home|\/|\.)/.test(target)) return false;
  const path = source.replace(/^(?:\.?\/)+/, '') || '.';
  return filesOf(context, path).some((file) => configuration.test(file.path));
}

/** Whether all of `.cache`, or the folder that pip is told to use, is a cache or tmpfs mount. */
export function isPipCacheMounted(facts: FileFacts, run: Instruction): boolean {
  const own = trimEnd(settingAt(facts, run, 'PIP_CACHE_DIR'), /\//);
  return readMounts(run.node).some(({ type, target = '' }) => {
    if (!/cache|tmpfs/.test(type) || target.startsWith('~')) return false;
    return /\/\.cache\/*$/.test(target) || target.includes('PIP_CACHE_DIR') || trimEnd(target, /\//) === own;
  });
}

/** What hadolint knows of the values that switch the cache off. */
const plainTruthy = /^(?:1|true|True|TRUE|on|On|ON|yes|Yes|YES)$/;

/** Whether PIP_NO_CACHE_DIR is set in the text of a RUN, or by an ENV above it, as hadolint reads it. */
export function isPipCachePlainlyOff(facts: FileFacts, run: Instruction): boolean {
  const isOn = (value = '') => plainTruthy.test(value);
  for (const [, value] of run.node.text.matchAll(/PIP_NO_CACHE_DIR=(1|[a-zA-Z]+)/g))
    if (isOn(value)) return true;
  const stage = facts.stageOf(run);
  if (!stage || run.onbuild) return false;
  return lineage(stage).some(({ byKeyword }) =>
    byKeyword
      .get('ENV')
      ?.some(
        ({ node, index }) =>
          index < run.index &&
          node.keyword === 'ENV' &&
          node.pairs.some(({ key, value }) => key.value === 'PIP_NO_CACHE_DIR' && isOn(value?.value)),
      ),
  );
}
