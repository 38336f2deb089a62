/** Asked by the server of the client: the text of a file on a file system that only the editor reaches. */
export const readFileRequest = 'wheelhouse/readFile';
export interface ReadFileParams {
  readonly uri: string;
}
/** `text` is null when there is no such file. */
export interface ReadFileResult {
  readonly text: string | null;
}

/** Section of the settings that the server asks for. */
export const settingsSection = 'wheelhouse';
