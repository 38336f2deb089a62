import { type FormatName, isFormat } from '../lint/report/formats.ts';
import { type Severity, severities } from '../lint/rule.ts';

/** From which level on a finding fails the run; `ignore` and `none` are below all of them. */
export type Threshold = Severity | 'ignore' | 'none';
export const thresholds: readonly Threshold[] = [...severities, 'ignore', 'none'];
export const isThreshold = (name: string): name is Threshold => thresholds.some((known) => known === name);

/** What a label's value may be asked to be, by hadolint's names. */
export const labelTypes = ['text', 'url', 'semver', 'hash', 'rfc3339', 'spdx', 'email'];
export const isLabelType = (name: string) => labelTypes.includes(name);

/** What one source says: the flags or the environment. A configuration file stands between them. */
export interface Source {
  readonly noFail?: boolean;
  readonly noColor?: boolean;
  readonly verbose?: boolean;
  readonly strictLabels?: boolean;
  readonly ignoreCommentsDisabled?: boolean;
  readonly threshold?: Threshold;
  readonly formats: readonly FormatName[];
  readonly levels: Readonly<Record<Severity | 'ignored', readonly string[]>>;
  readonly trustedRegistries: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads hadolint's environment variables; as in hadolint, what is not understood counts as not set. */
export function readEnvironment(environment: Environment): Source {
  const flag = (name: string) => {
    const text = environment[`HADOLINT_${name}`];
    return text === undefined ? undefined : /^(?:1|y|on|true|yes)$/i.test(text);
  };
  const list = (name: string) =>
    environment[`HADOLINT_${name}`]?.split(',').filter((item) => item !== '') ?? [];
  const threshold = environment.HADOLINT_FAILURE_THRESHOLD ?? '';
  const labels = list('REQUIRE_LABELS').flatMap((label) => {
    const [, name = label, type = ''] = /^([^:]*):(.*)$/s.exec(label) ?? [];
    return type === '' || isLabelType(type) ? [[name, type || 'text']] : [];
  });
  return {
    noFail: flag('NOFAIL'),
    // no-color.org: set to anything, it means no colour.
    noColor: environment.NO_COLOR === undefined ? undefined : true,
    verbose: flag('VERBOSE'),
    strictLabels: flag('STRICT_LABELS'),
    ignoreCommentsDisabled: flag('DISABLE_IGNORE_PRAGMA'),
    threshold: isThreshold(threshold) ? threshold : undefined,
    formats: list('FORMAT').filter(isFormat),
    levels: {
      error: list('OVERRIDE_ERROR'),
      warning: list('OVERRIDE_WARNING'),
      info: list('OVERRIDE_INFO'),
      style: list('OVERRIDE_STYLE'),
      hint: [],
      ignored: list('IGNORE'),
    },
    trustedRegistries: list('TRUSTED_REGISTRIES'),
    labels: Object.fromEntries(labels),
  };
}

/** The lists of a source as the text of a `.hadolint.yaml`; undefined where there are none. */
export function asHadolintYaml(source: Source): string | undefined {
  const { levels, trustedRegistries, labels, strictLabels, ignoreCommentsDisabled } = source;
  const { ignored, ...override } = levels;
  const lists = [...Object.values(levels), trustedRegistries, Object.keys(labels)];
  const said = lists.some(({ length }) => length > 0);
  if (!said && strictLabels === undefined && ignoreCommentsDisabled === undefined) return undefined;
  return JSON.stringify({
    ignored,
    override,
    ...(trustedRegistries.length > 0 && { trustedRegistries }),
    ...(Object.keys(labels).length > 0 && { 'label-schema': labels }),
    'strict-labels': strictLabels,
    'disable-ignore-pragma': ignoreCommentsDisabled,
  });
}
