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

/** What the client tells at the start. */
export interface InitializationOptions {
  /** Programs may be run on the documents; without it they may. */
  readonly trusted?: boolean;
}
/** Told by the client: programs may be run from now on. */
export const trustNotification = 'wheelhouse/trusted';

/** Told by the server: whether ShellCheck takes part, when it is first needed and whenever that changes. */
export const shellcheckNotification = 'wheelhouse/shellcheck';
export interface ShellcheckParams {
  /** Of the program in use; null where there is none that may and can be run. */
  readonly version: string | null;
  /** False where the workspace is not trusted. */
  readonly trusted: boolean;
}
