// Addresses of files, as editors keep them. An id stays the one of its container, where a name may go to another.
import * as vscode from 'vscode';

export const scheme = 'wheelhouse-files';

export type Place = {
  /** Whose files they are: the id of a container, else `volume:NAME`, `layer:IMAGE:NUMBER` or `image:IMAGE`. */
  readonly container: string;
  readonly path: string;
};

/** What commands on files work with. Its name is not the one of containers, whose commands must not take it for theirs. */
export type FileValue = { readonly file: Place };

/** @param name of the container, which tabs show by the manifest's resourceLabelFormatters; it tells nothing of where a file is */
export function uriOf({ container, path }: Place, name?: string): vscode.Uri {
  const [, kind, key = ''] = /^(volume|layer|image):(.+)$/.exec(container) ?? [];
  const named = name && /^[\w.-]{1,128}$/.test(name) ? `+${name.toLowerCase()}` : '';
  // A volume goes by its name anyway; the engine's own names of 64 digits are told by their first ones.
  const ofVolume =
    kind === 'volume' ? `+${key.toLowerCase().replace(/^([0-9a-f]{12})[0-9a-f]{52}$/, '$1')}` : '';
  const authority = kind
    ? `${kind}-${lower(key.replace(':', '-'))}${ofVolume}`
    : `container-${container.slice(0, 12)}${named}`;
  return vscode.Uri.from({ scheme, authority, path });
}

export function placeOf(uri: vscode.Uri): Place | undefined {
  const path = uri.path || '/';
  const container = /^container-([0-9a-f]{12,64})(?:\+[\w.-]*)?$/.exec(uri.authority)?.[1];
  if (container) return { container, path };
  const volume = /^volume-([a-z0-9~_.-]+)(?:\+[\w.-]*)?$/.exec(uri.authority)?.[1];
  if (volume) return { container: `volume:${unlower(volume)}`, path };
  const [, image, layer] = /^layer-([0-9a-f]{64})-(\d{1,4})$/.exec(uri.authority) ?? [];
  if (image) return { container: `layer:${image}:${layer}`, path };
  const whole = /^image-([0-9a-f]{64})$/.exec(uri.authority)?.[1];
  return whole ? { container: `image:${whole}`, path } : undefined;
}

/** VS Code makes authorities lower case; names of volumes have no tilde. */
const lower = (name: string) => name.replace(/[A-Z]/g, (letter) => `~${letter.toLowerCase()}`);
const unlower = (text: string) => text.replace(/~([a-z])/g, (_, letter: string) => letter.toUpperCase());
