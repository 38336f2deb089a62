import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { type Preset, presets } from '../config/configuration.ts';
import { type FormatName, formats, isFormat } from '../lint/report/formats.ts';
import { filesFirst, isMarked, unmark } from './file-arguments.ts';
import { isLabelType, isThreshold, labelTypes, type Source, thresholds } from './source.ts';

/** What was asked for cannot be understood; the message is one sentence for the user. */
export class UsageError extends Error {}

export interface LintFlags {
  readonly paths: readonly string[];
  /** Of the paths, those that were taken for files because such files are there. */
  readonly mistakable: readonly string[];
  readonly config: string | undefined;
  /** `-o`, paired by position with the formats; `-` is standard output. */
  readonly outputs: readonly string[];
  readonly pathInReport: string | undefined;
  readonly preset: Preset | undefined;
  readonly fix: boolean;
  /** Show what is hidden else. */
  readonly hints: boolean;
  readonly shellcheck: boolean;
  readonly help: boolean;
  readonly version: boolean;
  readonly source: Source;
}

const flag = { type: 'boolean' } as const;
const value = { type: 'string' } as const;
const list = { type: 'string', multiple: true, default: [] as string[] } as const;

const options = {
  help: { ...flag, short: 'h' },
  version: { ...flag, short: 'v' },
  config: { ...value, short: 'c' },
  'file-path-in-report': value,
  output: { ...list, short: 'o' },
  format: { ...list, short: 'f' },
  'no-fail': flag,
  'no-color': flag,
  verbose: { ...flag, short: 'V' },
  error: list,
  warning: list,
  info: list,
  style: list,
  hint: list,
  ignore: list,
  'trusted-registry': list,
  'require-label': list,
  'strict-labels': flag,
  'disable-ignore-pragma': flag,
  'failure-threshold': { ...value, short: 't' },
  fix: flag,
  hints: flag,
  hook: flag,
  preset: value,
  'no-shellcheck': flag,
} as const satisfies ParseArgsOptionsConfig;

/** Reads the arguments of `wheelhouse lint`: hadolint's, and `--fix`, `--hint`, `--hints`, `--hook`, `--preset` and `--no-shellcheck`. */
export function readLintFlags(args: readonly string[]): LintFlags {
  const { sorted, mistakable, isHook } = filesFirst(args, options);
  const { values, positionals } = parse(sorted, options);
  const swallowed = Object.values<unknown>(values).flat().find(isMarked);
  if (swallowed !== undefined)
    throw new UsageError(
      `${unmark(swallowed)} is a file here, and no value of the option before it. Give it one.`,
    );
  const { preset, 'failure-threshold': threshold } = values;
  if (preset !== undefined && !presets.some((name) => name === preset)) {
    throw new UsageError(`There is no preset ${preset}. Choose one of ${presets.join(', ')}.`);
  }
  if (threshold !== undefined && !isThreshold(threshold)) {
    throw new UsageError(`There is no threshold ${threshold}. Choose one of ${thresholds.join(', ')}.`);
  }
  return {
    // A hook is given no standard input, but may be given a file of that name.
    paths: positionals.map((one) => (isHook && one === '-' ? './-' : unmark(one))),
    mistakable,
    config: values.config,
    outputs: values.output,
    pathInReport: values['file-path-in-report'],
    preset: preset as Preset | undefined,
    fix: values.fix ?? false,
    hints: values.hints ?? false,
    shellcheck: !values['no-shellcheck'],
    help: values.help ?? false,
    version: values.version ?? false,
    source: {
      noFail: values['no-fail'],
      noColor: values['no-color'],
      verbose: values.verbose,
      strictLabels: values['strict-labels'],
      ignoreCommentsDisabled: values['disable-ignore-pragma'],
      threshold,
      formats: values.format.map(readFormat),
      levels: {
        error: values.error,
        warning: values.warning,
        info: values.info,
        style: values.style,
        hint: values.hint,
        ignored: values.ignore,
      },
      trustedRegistries: values['trusted-registry'],
      labels: Object.fromEntries(values['require-label'].map(readLabel)),
    },
  };
}

/** parseArgs, whose errors are ours. */
export function parse<O extends ParseArgsOptionsConfig>(args: readonly string[], known: O) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: known });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(/\.? To specify a positional|\.\n/)[0]}.`);
  }
}

export function readFormat(name: string): FormatName {
  if (isFormat(name)) return name;
  throw new UsageError(`There is no format ${name}. Choose one of ${Object.keys(formats).join(', ')}.`);
}

/** `name:type`; without a type it is text. */
function readLabel(label: string): [string, string] {
  const [, name = label, type = ''] = /^([^:]*):(.*)$/s.exec(label) ?? [];
  if (type !== '' && !isLabelType(type)) {
    throw new UsageError(`There is no label type ${type}. Choose one of ${labelTypes.join(', ')}.`);
  }
  return [name, type || 'text'];
}
