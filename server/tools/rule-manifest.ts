import { idsOf, ownLevel, recommendedLevel } from '../src/config/configuration.ts';
import { type OptionTable, type Rule, severities } from '../src/lint/rule.ts';

/** package.json with the schema of the setting `wheelhouse.rules` made from the rules; the rest stays as it is. */
export function renderManifest(manifest: string, rules: readonly Rule[]): string {
  const parsed = JSON.parse(manifest);
  const sections = parsed.contributes?.configuration;
  if (!Array.isArray(sections)) return manifest;
  const section = sections.find(
    (candidate: { properties?: object }) => 'wheelhouse.rules' in (candidate.properties ?? {}),
  );
  if (!section) return manifest;
  const groups = [...new Set(rules.flatMap(({ group }) => group ?? []))];
  section.properties['wheelhouse.rules'].properties = Object.fromEntries([
    ...groups.map((group) => [group, groupSchema(group, rules)]),
    ...rules.map((rule) => [rule.code, ruleSchema(rule)]),
  ]);
  return `${JSON.stringify(parsed, null, 2)}\n`;
}

const level = { type: 'string', enum: ['default', 'off', ...severities] };

function groupSchema(group: string, rules: readonly Rule[]): object {
  const codes = rules.filter((rule) => rule.group === group).map(({ code }) => code);
  return { ...level, description: `Level of all of ${codes.join(', ')} that have none of their own.` };
}

function ruleSchema(rule: Rule): object {
  const options = Object.entries(rule.options as OptionTable);
  const [usual, strict] = [recommendedLevel(rule), ownLevel(rule)];
  const inStrict = usual === strict ? '' : `, and ${strict} under the preset strict`;
  const description = `${rule.summary}. Default: ${usual}${inStrict}.`;
  if (options.length === 0) return { ...level, description };
  const properties = Object.fromEntries(
    options.map(([name, option]) => [
      name,
      { type: jsonType(option.default), default: option.default, description: option.description },
    ]),
  );
  return {
    description,
    anyOf: [
      level,
      { type: 'object', properties: { severity: level, ...properties }, additionalProperties: false },
    ],
  };
}

function jsonType(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

/** docs/rules/README.md: every rule in a table. */
export function renderReadmeTable(rules: readonly Rule[]): string {
  const rows = [...rules]
    .sort((a, b) => a.code.localeCompare(b.code))
    .map((rule) => {
      const ids = idsOf(rule).filter((id) => id.includes('/'));
      const fixes = rule.examples.bad.some((example) => example.fixed !== undefined) ? 'yes' : '';
      return `| [${rule.code}](${rule.code}.md) | ${rule.summary} | ${recommendedLevel(rule)} | ${ownLevel(rule)} | ${rule.family} | ${fixes} | ${ids.join(', ')} |`;
    });
  return [
    '# Rules',
    '',
    '| code | finds | recommended | strict | family | fix | other tools’ ids |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
