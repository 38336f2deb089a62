/** A file of the project with its text, without the long strings and the lines that are comments. */
export interface Program {
  readonly path: string;
  readonly text: string;
}
