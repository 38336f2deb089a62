import type { Comment, Directive } from '../syntax/tree.ts';

/** What a comment asks to leave out. */
export interface IgnoreComment {
  readonly scope: 'line' | 'stage' | 'file';
  /** Ids in lower case; `all` stands for every rule. */
  readonly ids: readonly string[];
}

const ignore = /^(?:hadolint|wheelhouse)[ \t]+(?:(global|stage)[ \t]+)?ignore[ \t]*=[ \t]*(.*)$/i;

/**
 * Reads `# hadolint ignore=DL3008,SC2086 # reason` in its three scopes, the same with `wheelhouse` for rules that
 * hadolint does not know, and BuildKit's `# check=skip=A,B` above an instruction. More lenient than hadolint: ids may
 * be lower case, stand apart by blanks, and name rules of any tool.
 */
export function readIgnoreComment(comment: Comment): IgnoreComment | undefined {
  const match = ignore.exec(comment.text);
  if (match) {
    const scope = match[1]?.toLowerCase() === 'global' ? 'file' : match[1] ? 'stage' : 'line';
    const ids = (match[2] ?? '').replace(/[ \t]#.*$/, '').split(/[\s,]+/);
    return { scope, ids: normalise(ids) };
  }
  const check = /^check=(\S+)/i.exec(comment.text)?.[1];
  return check ? { scope: 'line', ids: readSkip(check) } : undefined;
}

/** The ids of a leading `# check=skip=A,B;error=true` directive; they hold for the whole file. */
export function readCheckDirective(directive: Directive): IgnoreComment | undefined {
  if (directive.name !== 'check') return undefined;
  return { scope: 'file', ids: readSkip(directive.value.replace(/\s.*$/, '')) };
}

function readSkip(value: string): string[] {
  const skip = value.split(';').find((part) => /^skip=/i.test(part));
  return skip ? normalise(skip.slice('skip='.length).split(',')) : [];
}

function normalise(ids: readonly string[]): string[] {
  return ids.map((id) => id.trim().toLowerCase()).filter((id) => id !== '');
}
