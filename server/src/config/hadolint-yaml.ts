import { parse } from 'yaml';
import * as z from 'zod';
import { type Severity, severities } from '../lint/rule.ts';
import { type Configuration, defaultConfiguration, type Level, presets } from './configuration.ts';

/** What the file says about reporting, which concerns the command line alone. */
export interface OutputConfig {
  readonly noFail?: boolean;
  readonly noColor?: boolean;
  readonly verbose?: boolean;
  readonly formats?: readonly string[];
  readonly failureThreshold?: string;
}

export interface HadolintConfig {
  readonly configuration: Configuration;
  readonly output: OutputConfig;
  /** What could not be read, in words; the other keys still apply. */
  readonly problems: readonly string[];
}

const ids = z.array(z.string());
const keys = {
  ignored: ids,
  override: z.partialRecord(z.enum(severities), ids),
  'disable-ignore-pragma': z.boolean(),
  trustedRegistries: z.union([ids, z.string().transform((one) => [one])]),
  'label-schema': z.record(z.string(), z.string()),
  'strict-labels': z.boolean(),
  'no-fail': z.boolean(),
  'no-color': z.boolean(),
  verbose: z.boolean(),
  format: z.string(),
  formats: ids,
  'failure-threshold': z.enum([...severities, 'ignore', 'none']),
  /** A key of ours; hadolint passes over what it does not know. */
  preset: z.enum(presets),
};
/** Every key that the file may have. */
export const hadolintYamlKeys = Object.keys(keys);
/** Which option of which rule a key of the file feeds. */
const optionKeys = [
  ['trustedRegistries', 'DL3026', 'trustedRegistries'],
  ['strict-labels', 'DL3050', 'strict'],
] as const;

/** The rules that have the label schema as their option. */
const labelRules = ['DL3049', 'DL3050', 'DL3051', 'DL3052', 'DL3053', 'DL3054', 'DL3055', 'DL3056', 'DL3058'];

/**
 * Reads a `.hadolint.yaml`. Unlike hadolint, one wrong key does not void the rest.
 * The order of overrides is hadolint's: style, info, warning, error, so that the strongest level that lists a rule wins.
 */
export function readHadolintYaml(text: string): HadolintConfig {
  const problems: string[] = [];
  const levels = new Map<string, Level>();
  const options = new Map<string, Record<string, unknown>>();
  let document: unknown;
  try {
    document = parse(text) ?? {};
  } catch (error) {
    return { configuration: defaultConfiguration, output: {}, problems: [String(error)] };
  }
  const file = z.record(z.string(), z.unknown()).safeParse(document);
  const values: Record<string, unknown> = file.success ? file.data : {};
  if (!file.success) problems.push('The file is not a mapping of keys to values.');

  const read = <K extends keyof typeof keys>(key: K): z.infer<(typeof keys)[K]> | undefined => {
    if (values[key] === undefined || values[key] === null) return undefined;
    const result = keys[key].safeParse(values[key]);
    if (!result.success) problems.push(`\`${key}\`: ${result.error.issues[0]?.message ?? 'not understood'}.`);
    return result.data as z.infer<(typeof keys)[K]> | undefined;
  };

  const override = read('override') ?? {};
  const weakestFirst: readonly Severity[] = [...severities].reverse();
  for (const severity of weakestFirst) {
    for (const id of override[severity] ?? []) levels.set(id, severity);
  }
  for (const id of read('ignored') ?? []) levels.set(id, 'off');
  for (const [key, rule, option] of optionKeys) {
    const value = read(key);
    if (value !== undefined) options.set(rule, { [option]: value });
  }
  const labels = Object.entries(read('label-schema') ?? {}).map(([name, type]) => `${name}:${type}`);
  for (const rule of labels.length > 0 ? labelRules : []) {
    options.set(rule, { ...options.get(rule), labels });
  }
  const format = read('format');
  const formats = [...(format ? [format] : []), ...(read('formats') ?? [])];
  return {
    configuration: {
      ...defaultConfiguration,
      levels,
      options,
      preset: read('preset'),
      ignoreCommentsDisabled: read('disable-ignore-pragma') ?? false,
    },
    output: {
      noFail: read('no-fail'),
      noColor: read('no-color'),
      verbose: read('verbose'),
      formats,
      failureThreshold: read('failure-threshold'),
    },
    problems,
  };
}

const fileNames = ['.hadolint.yaml', '.hadolint.yml'];

/** URIs at which a Dockerfile's configuration may lie, nearest first: its own folder, then each folder above. */
export function hadolintYamlCandidates(dockerfileUri: string): string[] {
  const match = /^([a-z][a-z0-9+.-]*:(?:\/\/[^/]*)?)(\/.*)$/i.exec(dockerfileUri);
  if (!match) return []; // untitled documents have no folder
  const [, origin, path = ''] = match;
  const parts = path.split('/').slice(0, -1);
  const folders = parts.map((_, i) => parts.slice(0, parts.length - i).join('/'));
  return folders.flatMap((folder) => fileNames.map((name) => `${origin}${folder}/${name}`));
}
