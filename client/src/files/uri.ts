// Addresses of files in containers, as editors keep them. An id stays the one of its container, where a name may go to another.
import * as vscode from 'vscode';

export const scheme = 'wheelhouse-files';

export type Place = { readonly container: string; readonly path: string };

/** What commands on files work with. Its name is not the one of containers, whose commands must not take it for theirs. */
export type FileValue = { readonly file: Place };

export function uriOf({ container, path }: Place): vscode.Uri {
  return vscode.Uri.from({ scheme, authority: `container-${container.slice(0, 12)}`, path });
}

export function placeOf(uri: vscode.Uri): Place | undefined {
  const container = /^container-([0-9a-f]{12,64})$/.exec(uri.authority)?.[1];
  return container ? { container, path: uri.path || '/' } : undefined;
}
