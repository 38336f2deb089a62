/** What lies at a path that is no plain file. */
export type Special =
  | { readonly link: string }
  | { readonly fifo: true }
  /** A file of this many zero bytes that takes no room on the disk. */
  | { readonly sparse: number };

/** A folder that once hung, ended or blinded a linter, or is built like one that did. */
export interface HostileInput {
  /** What it is; unique among all inputs. */
  readonly name: string;
  /**
   * What lies in the folder, by path with `/`. Called when the input is used, as texts may be large. Without a
   * `Dockerfile` the suite adds a harmless one with findings.
   */
  files(): Readonly<Record<string, string | Uint8Array | Special>>;
  /** Ids of findings that the Dockerfile must get all the same; `[]` where none is asked for. */
  readonly finds?: readonly string[];
}

/** A Dockerfile with the findings that every harmless neighbour must keep. */
export const harmlessDockerfile = `FROM python:3.13-slim
WORKDIR app
COPY . .
RUN apt-get update && apt-get install -y curl
RUN pip install torch
CMD python main.py
`;
export const harmlessFindings = ['DL3000', 'DL3042', 'DL3025'];

/** A short text repeated up to a length in characters, with what stands before and behind it. */
export function repeated(part: string, length: number, before = '', behind = ''): string {
  return `${before}${part.repeat(Math.max(1, Math.floor(length / part.length)))}${behind}`;
}
