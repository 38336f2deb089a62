// Turning a rule off for more than a file: in the project's `.hadolint.yaml`, or in the editor's settings.
import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver';
import type { Configuration } from '../config/configuration.ts';
import type { ConfigurationFile } from '../config/find-configuration.ts';
import type { Settings } from '../config/settings.ts';
import type { Finding } from '../lint/finding.ts';
import type { TurnOffArgument } from '../protocol/requests.ts';

/** What decides about a document, and the client's command that changes it. */
export interface Deciding {
  readonly command: string | undefined;
  readonly uri: string;
  readonly rules: Settings['rules'];
  readonly file: ConfigurationFile;
  /** That file is of a folder that is open, and of no other project. */
  readonly isOurs: boolean;
}

/** Of each place one, where a word there would be the last one. */
export function turnOffActions(
  { command, uri, rules, file, isOurs }: Deciding,
  configuration: Configuration,
  { code, name, aliases }: Finding,
  diagnostics: Diagnostic[],
): CodeAction[] {
  const ids = [name, ...aliases.flatMap((alias) => [alias, alias.replace(/^.*\//, '')])];
  // Of several ids of a rule the last one holds, wherever it stands.
  const isNamed = ids.some((id) => id !== code && configuration.levels.has(id));
  if (!command || isNamed) return [];
  const action = (title: string, where: TurnOffArgument['where']): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    command: {
      title,
      command,
      arguments: [{ code, uri, where, file: file.used ?? null } satisfies TurnOffArgument],
    },
  });
  // Settings win over the file, and one that may not be read would go on being passed over.
  const isFree = isOurs && !(code in rules) && !file.passedOver && uri.startsWith('file:');
  return [
    ...(isFree ? [action(`Turn ${code} off for this project (.hadolint.yaml)`, 'file')] : []),
    action(`Turn ${code} off in the settings`, 'settings'),
  ];
}
