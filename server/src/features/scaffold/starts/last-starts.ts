import { folderOf } from '../paths.ts';
import type { ProjectFacts } from '../project.ts';
import { isStartedByName, statements } from '../sources/effects.ts';
import { code } from '../sources/modules.ts';
import type { Start } from './start.ts';

type Known = Pick<ProjectFacts, 'tree' | 'texts' | 'direct' | 'context'>;

/** Whether a module calls a function of its own at its top, or ends with a loop that does something, as a task that is run by `python -m`. */
export function callsItself(text: string): boolean {
  const own = code(text);
  const defined = new Set([...own.matchAll(/^(?:async )?def (\w+)\(/gm)].map(([, name]) => name));
  const all = statements(own);
  const [head = '', last = ''] = all.slice(-2);
  const isLoop = head.startsWith('for ') && head.includes('(') && /^(?:await )?[A-Za-z_][\w.]*\(/.test(last);
  return isLoop || all.some((line) => defined.has(/^(?:asyncio\.run\()?(\w+)\(\)\)?$/.exec(line)?.[1]));
}

/** Whether README shows how a program is started that is called as one for those who try a project. */
export function isShownToReaders({ texts }: Known, path: string): boolean {
  const readme = [...texts].find(([file]) => folderOf(file) === '' && /^readme/i.test(file))?.[1] ?? '';
  return (
    /^(?:demo|example)[\w-]*\.py$/.test(path) &&
    isStartedByName(texts.get(path) ?? '') &&
    readme
      .split('\n')
      .some((line) => /^\W{0,4}(?:uv run )?python3? /.test(line.trim()) && line.includes(` ${path}`))
  );
}

/** A server of MCP that no program runs: a command of its package does (documentation of the MCP SDK and FastMCP, "Running your server"). */
export function mcpStart({ tree, direct, texts, context }: Known, path: string): Start | undefined {
  const text = code(tree.texts.get(path) ?? '');
  // The commands look for a server by these names alone.
  if (!/^(?:mcp|server|app)\b[^=\n]{0,40}= ?FastMCP\(/m.test(text) || /\.run(?:_\w+)?\(/.test(text))
    return undefined;
  const lists = [
    context.manifest?.text ?? '',
    ...[...texts].flatMap(([file, one]) => (/requirements/.test(file) ? one : [])),
  ];
  const isOfSdk = /^from mcp\.server\b/m.test(text) && lists.some((one) => /\bmcp\[[\w,]*cli/.test(one));
  const isOfOther = /^from fastmcp\b/m.test(text) && direct.has('fastmcp');
  if (!isOfSdk && !isOfOther) return undefined;
  return { words: [isOfSdk ? 'mcp' : 'fastmcp', 'run', path], needsSources: true, file: path, roots: [] };
}

export const runsMcp = ({ words }: Start) => /^(?:fast)?mcp$/.test(words[0] ?? '');
