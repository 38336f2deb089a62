// Libraries of CUDA that an image has twice: in the `nvidia-…` packages of Python, and outside of them, as images of
// nvidia/cuda bring them. Programs of Python load the former.
import { type File, type Folder, isFolder } from './tree.ts';

export type TwiceThere = {
  /** With its main version, which is what a program asks for: `libcublas.so.12`. */
  readonly name: string;
  readonly inPackages: { readonly path: string; readonly bytes: number };
  readonly outside: { readonly path: string; readonly bytes: number };
};

type Found = { readonly path: string; readonly bytes: number };

/** The largest first. */
export function cudaTwice(root: Folder): readonly TwiceThere[] {
  const inPackages = new Map<string, Found>();
  const outside = new Map<string, Found>();
  const look = (folder: Folder, path: string, within: boolean) => {
    for (const [name, item] of folder.children) {
      const below = path ? `${path}/${name}` : name;
      if (isFolder(item)) look(item, below, within || /(?:site|dist)-packages\/nvidia$/.test(below));
      else note(within ? inPackages : outside, name, below, item);
    }
  };
  look(root, '', false);
  return [...inPackages]
    .flatMap(([name, found]) => {
      const other = outside.get(name);
      return other ? [{ name, inPackages: found, outside: other }] : [];
    })
    .sort((a, b) => b.outside.bytes - a.outside.bytes);
}

/** The file itself, not the links by which it has shorter names. */
function note(all: Map<string, Found>, name: string, path: string, { bytes }: File): void {
  const [, library] = /^(lib[\w+-]+\.so(?:\.\d+)?)(?:\.\d+)*$/.exec(name) ?? [];
  if (library && bytes > (all.get(library)?.bytes ?? 0)) all.set(library, { path, bytes });
}
