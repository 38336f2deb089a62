import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { tellQuietly } from './say.ts';

const toldMs = 5_000;

/** Copies texts, a line each, and says so; undefined where there are none. */
export async function copy(
  texts: readonly string[] | undefined,
): Promise<{ readonly copied: readonly string[] } | undefined> {
  if (!texts?.length) return undefined;
  await vscode.env.clipboard.writeText(texts.join('\n'));
  tellQuietly(t('Copied {0}.', texts.join(', ')), toldMs);
  return { copied: texts };
}
