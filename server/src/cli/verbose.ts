import { severities } from '../lint/rule.ts';
import { shown } from './config-files.ts';
import type { Judgement } from './configurations.ts';

/** What `--verbose` says of a configuration: where it comes from, and what is set. */
export function describeJudgement(judgement: Judgement): string[] {
  const { file, configuration, formats, threshold, noFail, noColor } = judgement;
  const { preset, levels, options, ignoreCommentsDisabled } = configuration;
  const named = (level: string) => [...levels].filter(([, own]) => own === level).map(([id]) => id);
  return [
    file ? `Configuration file used: ${shown(file)}` : 'No configuration file was found or named.',
    `Configuration, on top of the preset ${preset}:`,
    `  no fail: ${noFail}`,
    `  no color: ${noColor}`,
    `  output format: ${formats.join(', ') || 'tty'}`,
    `  failure threshold: ${threshold}`,
    ...severities.map((severity) => `  ${severity}: ${named(severity).join(', ') || 'none'}`),
    `  ignored: ${named('off').join(', ') || 'none'}`,
    `  disable ignore pragma: ${ignoreCommentsDisabled}`,
    ...[...options].map(([id, values]) => `  ${id}: ${JSON.stringify(values)}`),
  ];
}
