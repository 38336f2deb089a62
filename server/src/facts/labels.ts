import type { Instruction, KeyValues, Word } from '../syntax/tree.ts';
import type { FileFacts } from './file-facts.ts';
import type { OptionTable } from './option-table.ts';
import { resolveWord } from './scope.ts';

/** What the value of a label may be asked to be, by hadolint's names. */
export const labelTypes = ['text', 'url', 'semver', 'hash', 'rfc3339', 'spdx', 'email'] as const;
export type LabelType = (typeof labelTypes)[number];

/** The option of the rules on required labels. */
export const schemaOption = {
  default: [],
  description:
    'Labels that an image must have, each as `name:type`; types are `text`, `url`, `semver`, `hash`, `rfc3339`, `spdx` and `email`. `label-schema` in `.hadolint.yaml` sets it for all rules on labels.',
} as const satisfies OptionTable[string];

/** The options of the rules on the form of a label's value. */
export const labelOptions = (type: LabelType) =>
  ({
    labels: schemaOption,
    resolveVariables: {
      default: true,
      description: 'Judge a variable by its value in the file, and leave it alone where it has none.',
      hadolint: {
        value: false,
        reason:
          'Versions and revisions come in by build arguments: one that the file sets is judged by its value, and one that comes from elsewhere is left alone. hadolint goes by the spelling.',
        example: 'FROM debian:12\nARG VALUE\nLABEL a=$VALUE\n',
        options: { labels: [`a:${type}`] },
      },
    },
  }) as const satisfies OptionTable;

/** The types of the required labels by name. */
export function readSchema(labels: readonly string[]): ReadonlyMap<string, LabelType> {
  return new Map(
    labels.map((label) => {
      const [, name = label, type = ''] = /^([^:]*):(.*)$/s.exec(label) ?? [];
      return [name, (type || 'text') as LabelType];
    }),
  );
}

/** The first value of a LABEL that the schema asks to be of a type and that is not. */
export function findWrongValue(
  facts: FileFacts,
  label: Instruction<KeyValues>,
  options: { readonly labels: readonly string[]; readonly resolveVariables: boolean },
  type: LabelType,
  isValid: (value: string) => boolean,
): { readonly key: string; readonly word: Word } | undefined {
  if (options.labels.length === 0) return undefined;
  const schema = readSchema(options.labels);
  const stage = facts.stageOf(label);
  for (const { key, value } of label.node.pairs) {
    if (!value || schema.get(key.value) !== type) continue;
    const isResolved = options.resolveVariables && stage;
    const text = isResolved ? resolveWord(facts.file, stage, label, value) : value.value;
    if (text !== undefined && !isValid(text)) return { key: key.value, word: value };
  }
  return undefined;
}
