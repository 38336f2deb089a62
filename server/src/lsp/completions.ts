import { type CompletionItem, CompletionItemKind, MarkupKind } from 'vscode-languageserver';
import type { Position, TextDocument } from 'vscode-languageserver-textdocument';
import type { Completion } from '../features/completion.ts';
import { completeSources } from './context-paths.ts';
import { toRange } from './convert.ts';
import type { Judged } from './diagnostics.ts';
import { completeIgnores } from './ignore-ids.ts';

/**
 * What can be put at a place: ours, and that of the language behind it.
 * @param trigger the character that asked, where none of those does by which the language wants to be asked
 * @param language is not asked where we know it all
 * @param signal ends the question to Docker Hub, the only one that leaves this machine
 */
export async function completionsAt(
  judged: Judged,
  document: TextDocument,
  position: Position,
  trigger: string | undefined,
  language: () => CompletionItem[] | PromiseLike<CompletionItem[]>,
  signal: AbortSignal,
): Promise<CompletionItem[]> {
  const ids = completeIgnores(judged, document, position);
  if (ids) return ids;
  const { service, context, configuration, asksDockerHub } = judged;
  const text = document.getText();
  const offset = document.offsetAt(position);
  const tags = service.completeCudaTag(text, offset);
  if (tags) return toItems(document, tags, CompletionItemKind.Value);
  if (trigger === ':') return [];
  const place = [text, offset, context, configuration] as const;
  const hubTags = asksDockerHub ? await service.completeHubTag([...place], signal) : undefined;
  if (hubTags) return toItems(document, hubTags, CompletionItemKind.Property);
  const mounts = service.completeMount(text, offset, context, configuration);
  if (mounts) return toItems(document, mounts, CompletionItemKind.Folder);
  // A list that comes up behind each name of a package would be in the way.
  const isAsked =
    trigger !== ' ' ||
    /\s(?:sync|install|export|run|build|-\S+)\s$/.test(text.slice(Math.max(0, offset - 60), offset));
  const flags = isAsked ? service.completeUvFlag(text, offset, context, configuration) : undefined;
  if (flags) return toItems(document, flags, CompletionItemKind.Property);
  return [...completeSources(judged, document, position), ...(await language())];
}

function toItems(
  document: TextDocument,
  { typed, offers }: Completion,
  kind: CompletionItemKind,
): CompletionItem[] {
  const range = toRange(document, typed);
  return offers.map(({ label, detail, documentation, text = label }, i) => ({
    label,
    kind,
    detail,
    ...(documentation ? { documentation: { kind: MarkupKind.Markdown, value: documentation } } : {}),
    // An editor sorts by this text, ours before others.
    sortText: `!${String(i).padStart(4, '0')}`,
    textEdit: { range, newText: text },
  }));
}
