import { type HadolintYamlKey, hadolintYamlKeys } from '../config/hadolint-yaml.ts';
import { labelTypes } from '../facts/labels.ts';
import { formats } from '../lint/report/formats.ts';
import { type Rule, type Severity, severities } from '../lint/rule.ts';
import type { Completion, Offer } from './completion.ts';
import { yamlPlaceAt } from './yaml-place.ts';

const severityDetails: Readonly<Record<Severity, string>> = {
  error: 'the build fails or the container cannot do its work',
  warning: 'it will hurt',
  info: 'worth knowing',
  style: 'taste',
  hint: 'shown to those who ask for it; no severity of hadolint',
};
const levels: readonly Offer[] = severities.map((label) => ({ label, detail: severityDetails[label] }));
const switches: readonly Offer[] = ['true', 'false'].map((label) => ({ label, detail: '' }));
const outputs: readonly Offer[] = Object.keys(formats).map((label) => ({
  label,
  detail: 'a form of output',
}));

/** What each key is for, and the values or items that it takes where these are known. */
const keys: Readonly<
  Record<
    HadolintYamlKey,
    { detail: string; isNested?: true; values?: readonly Offer[]; items?: readonly Offer[] }
  >
> = {
  ignored: { detail: 'rules to leave out', isNested: true },
  override: { detail: 'rules by the severity that they are to have', isNested: true },
  trustedRegistries: { detail: 'registries that FROM may name', isNested: true },
  'label-schema': { detail: 'labels that must be there, each with its type', isNested: true },
  'strict-labels': { detail: 'no other labels than those of the schema', values: switches },
  'disable-ignore-pragma': { detail: 'ignore comments have no effect', values: switches },
  'failure-threshold': {
    detail: 'the command line fails from this severity on',
    values: [
      ...levels,
      { label: 'ignore', detail: 'only a syntax error fails it' },
      { label: 'none', detail: 'only a syntax error fails it' },
    ],
  },
  format: { detail: 'form of the command line’s output', values: outputs },
  formats: { detail: 'several forms of output', isNested: true, items: outputs },
  'no-fail': { detail: 'the command line never fails for what it finds', values: switches },
  'no-color': { detail: 'output without colours', values: switches },
  verbose: { detail: 'tell which configuration is used', values: switches },
  preset: {
    detail: 'what the rest is laid over; hadolint passes over this key',
    values: [
      { label: 'recommended', detail: 'the level says what happens' },
      { label: 'strict', detail: 'each rule has its own severity' },
      { label: 'hadolint', detail: 'what hadolint finds' },
    ],
  },
};

/** What can be written at a place of a `.hadolint.yaml`; undefined where nothing is known of it. */
export function completeConfiguration(
  text: string,
  offset: number,
  rules: readonly Rule[],
): Completion | undefined {
  const place = yamlPlaceAt(text, offset);
  if (!place) return undefined;
  const { path, kind, others, hasColon, typed } = place;
  const [top = '', inner, ...deeper] = path;
  const key = Object.hasOwn(keys, top) ? keys[top as HadolintYamlKey] : undefined;
  const offers = (): readonly Offer[] => {
    if (deeper.length > 0) return [];
    const isLevel = top === 'override' && (severities as readonly (string | undefined)[]).includes(inner);
    if (kind === 'item') {
      if (isLevel || (top === 'ignored' && inner === undefined)) return ruleOffers(rules);
      return inner === undefined ? (key?.items ?? []) : [];
    }
    if (kind === 'value') {
      if (inner === undefined) return key?.values ?? [];
      return top === 'label-schema' ? typeOffers : [];
    }
    if (path.length === 0)
      return keyOffers.map((offer) => (hasColon ? { ...offer, text: offer.label } : offer));
    if (top !== 'override' || inner !== undefined) return [];
    return levels.map((offer) => (hasColon ? offer : { ...offer, text: `${offer.label}:` }));
  };
  const free = offers().filter(({ label }) => !others.has(label));
  return free.length > 0 ? { typed, offers: free } : undefined;
}

const typeOffers: readonly Offer[] = labelTypes.map((label) => ({ label, detail: 'type of the label' }));
const keyOffers: readonly Offer[] = hadolintYamlKeys.map((label) => {
  const { detail, isNested } = keys[label as HadolintYamlKey];
  return { label, detail, text: isNested ? `${label}:` : `${label}: ` };
});

const ruleOffers = (rules: readonly Rule[]): Offer[] =>
  rules
    .map((rule) => ({ label: rule.code, detail: rule.summary, documentation: rule.why }))
    .sort(
      (a, b) =>
        Number(!/^DL\d/.test(a.label)) - Number(!/^DL\d/.test(b.label)) || (a.label < b.label ? -1 : 1),
    );
