import {
  type Configuration,
  defaultConfiguration,
  defaultPreset,
  type Level,
  mergeConfigurations,
  type Preset,
} from '../config/configuration.ts';
import { type FormatName, isFormat } from '../lint/report/formats.ts';
import { severities } from '../lint/rule.ts';
import { createConfigFiles, readConfigFile, readNamed, shown } from './config-files.ts';
import type { LintFlags } from './flags.ts';
import { asHadolintYaml, isThreshold, type Source, type Threshold } from './source.ts';
import { describeFileError } from './text-files.ts';

/** Everything that is set for a file, from the flags, its configuration file and the environment. */
export interface Judgement {
  readonly configuration: Configuration;
  /** The configuration file; undefined where there is none. */
  readonly file: string | undefined;
  readonly noFail: boolean;
  readonly noColor: boolean;
  readonly verbose: boolean;
  readonly threshold: Threshold;
  readonly formats: readonly FormatName[];
}

type HadolintYaml = typeof import('../config/hadolint-yaml.ts');

/**
 * Gives what is set for a Dockerfile, the same object for the same configuration file. As in hadolint, flags go before
 * the file and that before the environment, while lists of the three are put together.
 */
export async function createJudgements(
  flags: LintFlags,
  environment: Source,
  warn: (message: string) => void,
): Promise<(dockerfile: string | undefined) => Promise<Judgement>> {
  const named =
    flags.config === undefined ? undefined : { file: flags.config, text: readNamed(flags.config) };
  const files = createConfigFiles(flags.preset !== 'hadolint');
  const known = new Map<string, Promise<Judgement>>();
  const [fromEnvironment, fromFlags] = [await readLists(environment), await readLists(flags.source)];

  async function judge(file: string | undefined, text: string | undefined): Promise<Judgement> {
    const read = text === undefined ? undefined : (await loadReader()).readHadolintYaml(text);
    for (const problem of read?.problems ?? []) warn(`${shown(file ?? '')}: ${firstLine(problem.message)}`);
    const own = read?.output ?? {};
    const formats = (own.formats ?? []).filter(isFormat);
    const first = <K extends keyof Source>(key: K, between?: Source[K]) =>
      flags.source[key] ?? between ?? environment[key];
    const threshold = own.failureThreshold;
    const configuration = layered([fromEnvironment, read?.configuration, fromFlags], flags.preset);
    return {
      configuration,
      file,
      noFail: first('noFail', own.noFail) ?? false,
      noColor: first('noColor', own.noColor) ?? false,
      verbose: first('verbose', own.verbose) ?? false,
      threshold:
        first('threshold', isThreshold(threshold ?? '') ? (threshold as Threshold) : undefined) ??
        (configuration.preset === 'hadolint' ? 'info' : 'warning'),
      formats: [...environment.formats, ...formats, ...flags.source.formats],
    };
  }

  return (dockerfile) => {
    const file = named?.file ?? files.find(dockerfile);
    const key = file ?? '';
    let judgement = known.get(key);
    if (!judgement) {
      judgement = judge(file, named?.text ?? (file && readText(file, warn)));
      known.set(key, judgement);
    }
    return judgement;
  };
}

/** Only when there is something to read: yaml and zod take longer to start than a file to lint. */
function loadReader(): Promise<HadolintYaml> {
  return import('../config/hadolint-yaml.ts');
}

async function readLists(source: Source): Promise<Configuration | undefined> {
  const text = asHadolintYaml(source);
  return text === undefined ? undefined : (await loadReader()).readHadolintYaml(text).configuration;
}

/** Behind the first line of a message on YAML stands the text that it is about. */
function firstLine(message: string): string {
  return message.split('\n')[0] as string;
}

function readText(file: string, warn: (message: string) => void): string | undefined {
  try {
    return readConfigFile(file);
  } catch (error) {
    warn(describeFileError(shown(file), 'read', error));
    return undefined;
  }
}

/**
 * Puts sources together; the thread that judges knows the rules, and lays this over the preset. A rule that several name
 * gets the strongest level, and off is stronger than any.
 */
function layered(sources: readonly (Configuration | undefined)[], preset: Preset | undefined): Configuration {
  const said = sources.filter((source) => source !== undefined);
  const merged = said.reduce(mergeConfigurations, defaultConfiguration);
  const weakestFirst: readonly Level[] = [...[...severities].reverse(), 'off' as const];
  const levels = weakestFirst.flatMap((level) =>
    said.flatMap((source) => [...source.levels].filter(([, own]) => own === level)),
  );
  const options = new Map(
    [...merged.options].map(([rule, values]) => [
      rule,
      Object.fromEntries(Object.keys(values).map((name) => [name, together(said, rule, name)])),
    ]),
  );
  const chosen = {
    ...merged,
    levels: new Map<string, Level>(),
    options,
    preset: preset ?? merged.preset ?? defaultPreset,
  };
  for (const [id, level] of levels) {
    // A key that is set anew keeps its place, but the last of a rule's ids in order is the one that holds.
    chosen.levels.delete(id);
    chosen.levels.set(id, level);
  }
  return chosen;
}

/** One option from all sources: lists are put together, of other values the last one holds. */
function together(sources: readonly Configuration[], rule: string, name: string): unknown {
  const values = sources
    .map(({ options }) => options.get(rule)?.[name])
    .filter((value) => value !== undefined);
  return values.every(Array.isArray) ? [...new Set(values.flat())] : values.at(-1);
}
