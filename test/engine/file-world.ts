// What the tests of files in containers share: their commands and nodes over a real engine, and what VS Code asks for.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';
import type * as vscode from 'vscode';
import type { FileValue } from '../../client/src/files/uri.ts';
import type { Node } from '../../client/src/ui/tree.ts';
import { eventually, screen } from './fake-vscode.ts';

const { docker, name, node: nodeOf, workbench } = await import('./container-world.ts');
const { uriOf } = await import('../../client/src/files/uri.ts');

export const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse files '));
after(() => rmSync(folder, { recursive: true, force: true }));

export const provider = () =>
  screen.fileSystems.get('wheelhouse-files') as Required<vscode.FileSystemProvider>;
export const uri = (container: string, place: string) => uriOf({ container, path: place });

type FileNode = Node<FileValue>;
export async function below(parent: unknown): Promise<readonly FileNode[]> {
  return (await screen.trees.get('wheelhouse.containers')?.provider.getChildren(parent)) as FileNode[];
}
/** No event tells the view of what tests do, as it is not visible. */
export function node(suffix: string) {
  workbench.changed('container');
  return nodeOf(suffix);
}
/** The node at a path of names below the files of a container. */
export async function fileNode(suffix: string, ...names: string[]): Promise<FileNode> {
  let at: FileNode | undefined = (await below(await node(suffix))).find(({ label }) => label === 'Files');
  for (const name of names) at = (await below(at)).find(({ label }) => label === name);
  assert.ok(at, `no node ${names.join('/')}`);
  return at;
}

/** Until the script of a container, which ends with a sleep, has come to it. */
export const settled = (suffix: string) =>
  eventually(async () => / sleep$/m.test(await docker('top', name(suffix), '-o', 'pid,comm')), 50_000);

/** A script for a container of odd names, links and kinds. */
export const oddities = [
  'mkdir -p "/data/odd dir/inner" /data/sub && cd /data',
  'echo hi >a && chown 12:34 a && chmod 640 a',
  'ln -s a l && ln -s "odd dir" ld && ln -s nowhere broken && ln -s ../sub/../a sub/up && ln -s /etc/hostname out',
  'printf x >"$(printf "new\\nline")"; printf y >-dash; printf z >"$(printf "nu\\377")"; printf t >"tr "; printf h >.hidden; printf m >"[x](command:y)"',
  'mkfifo pipe; echo deep >"odd dir/inner/file"; chmod 700 "odd dir"',
].join('\n');
