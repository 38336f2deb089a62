import { trimEnd } from '../text/trim.ts';
import { withoutMarkers } from './markers.ts';
import type { Example, OptionTable, Rule } from './rule.ts';

/** The page of a rule, in Markdown: what `wheelhouse explain` prints, and `docs/rules/CODE.md`. */
export function renderRulePage(rule: Rule): string {
  const parts = [
    `# ${rule.code}: ${rule.summary}`,
    [
      `Severity **${rule.severity}**${rule.offByDefault ? ', off until it is given a level' : ''}${inRecommended(rule)} · family **${rule.family}** · name \`${rule.name}\` · since ${rule.since}`,
      rule.aliases.length > 0
        ? ` · also known as ${rule.aliases.map((alias) => `\`${alias}\``).join(', ')}`
        : '',
    ].join(''),
    '## Why',
    rule.why,
    ...renderLevel(rule),
    '## Found here',
    ...rule.examples.bad.map((example) => renderExample(example)),
    '## Fine',
    ...rule.examples.good.map((example) => renderExample(example)),
    ...renderOptions(rule),
    '## Leave it out',
    `Above the instruction: \`# hadolint ignore=${rule.code}\`. For the file: \`# hadolint global ignore=${rule.code}\`. For the project: \`ignored: [${rule.code}]\` in \`.hadolint.yaml\`.`,
    '',
  ];
  return `${trimEnd(parts.join('\n\n'), /\n/)}\n`;
}

function inRecommended({ recommended, severity, offByDefault }: Rule): string {
  if (recommended) return `, under the preset \`recommended\` **${recommended.level}**`;
  return severity === 'style' && !offByDefault ? ', under the preset `recommended` **hint**' : '';
}

function renderExample({ code, fixed, note, context = {} }: Example): string {
  const block = (text: string) => `\`\`\`dockerfile\n${text}\n\`\`\``;
  const lines = note ? [`${note[0]?.toUpperCase()}${note.slice(1)}:`] : [];
  lines.push(block(withoutMarkers(code).text));
  for (const [file, text] of Object.entries(context)) {
    if (typeof text !== 'string') lines.push(`With \`${file}\` of ${text.megabytes} MB beside it.`);
    else if (text === '') lines.push(`With \`${file}\` beside it.`);
    else lines.push(`With this \`${file}\`:`, `\`\`\`\n${text.trimEnd()}\n\`\`\``);
  }
  if (fixed !== undefined) lines.push('The fix makes it:', block(fixed));
  return lines.join('\n\n');
}

function renderLevel({ recommended, group }: Rule): string[] {
  const inGroup = group
    ? ` In \`.hadolint.yaml\`, \`override: {info: [${group}]}\` gives it and its like a level.`
    : '';
  return recommended ? ['## Its level', recommended.because + inGroup] : [];
}

function renderOptions(rule: Rule): string[] {
  const options = Object.entries(rule.options as OptionTable);
  if (options.length === 0) return [];
  const rows = options.map(
    ([name, option]) =>
      `- \`${name}\` (default \`${JSON.stringify(option.default)}\`${option.recommended === undefined ? '' : `, under the preset \`recommended\` \`${JSON.stringify(option.recommended)}\``}): ${option.description}`,
  );
  return ['## Options', rows.join('\n')];
}
