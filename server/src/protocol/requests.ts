/** Asked by the server of the client: the text of a file on a file system that only the editor reaches. */
export const readFileRequest = 'wheelhouse/readFile';
export interface ReadFileParams {
  readonly uri: string;
  /** In bytes; a larger file is not asked for. */
  readonly limit?: number;
}
/** `text` is null when there is no such file. */
export interface ReadFileResult {
  readonly text: string | null;
}

/** Section of the settings that the server asks for. */
export const settingsSection = 'wheelhouse';

/**
 * Files that decide how a Dockerfile is judged, as patterns; the server wants to know when one changes. No `*` in braces:
 * Eglot 1.9 fails on it, and loses the server.
 */
export const watchedFiles = [
  '**/.hadolint.{yaml,yml}',
  '**/*.dockerignore',
  '**/pyproject.toml',
  '**/uv.lock',
  '**/*requirements*.txt',
  '**/requirements/*.txt',
  '**/{environment,conda}.{yml,yaml}',
  '**/.python-version',
  '**/{compose,docker-compose}.{yaml,yml}',
  '**/*.whl',
];
/** Any file that comes or goes may be one that a Dockerfile copies. */
export const comingFiles = '**/*';

/**
 * Asked by the client: what refactorings would make of an open Dockerfile. Nothing is written; null where it is not open or
 * not linted.
 */
export const optimizeRequest = 'wheelhouse/optimize';
export interface OptimizeParams {
  readonly uri: string;
  /** All that have something to do, where left out. */
  readonly ids?: readonly string[];
}
export interface OptimizeResult {
  /** The whole new text. */
  readonly text: string;
  /** What found something to do, in the order in which it was applied. */
  readonly applied: readonly {
    readonly id: string;
    readonly title: string;
    readonly gain: string;
    /** What it takes in return. */
    readonly cost?: string | undefined;
    /** What it takes for granted as no file tells it. */
    readonly assumes?: string | undefined;
  }[];
  /** Lines for the end of the ignore file, which is made where there is none; null where it stays as it is. */
  readonly ignoreFile: { readonly uri: string; readonly lines: readonly string[] } | null;
}

/** Asked by the client: the images of an open Dockerfile that a registry can give a digest for. */
export const imagesRequest = 'wheelhouse/images';
export interface ImagesParams {
  readonly uri: string;
}
export interface NamedImage {
  /** As the file names it. */
  readonly text: string;
  /** `docker.io` where the file names none. */
  readonly registry: string;
  /** With `library/` for the official images of Docker Hub. */
  readonly repository: string;
  readonly tag: string;
  /** Behind the name, where a digest belongs. */
  readonly line: number;
  readonly character: number;
}

/** Asked by the client: which files of a build context a source of COPY means, and which of them reach the builder. */
export const copiedFilesRequest = 'wheelhouse/copiedFiles';
export interface CopiedFilesParams {
  /** A path in the context, without `./`; its last part may be a pattern. */
  readonly source: string;
  /** Paths in the context. */
  readonly files: readonly string[];
  /** The text of the ignore file; null where there is none. */
  readonly ignoreFile: string | null;
}
export interface CopiedFilesResult {
  readonly meant: readonly string[];
  readonly sent: readonly string[];
}

/** What the client tells at the start. */
export interface InitializationOptions {
  /**
   * Programs may be run on the documents, and links and configuration files outside of the workspace folders may be
   * followed; without it they may.
   */
  readonly trusted?: boolean;
  /** The client's command that opens the address which it is given; without it no action opens a rule's page. */
  readonly openCommand?: string;
  /** The client's commands for work that a fix starts; each gets the folder as `{ project }`, a path. */
  readonly taskCommands?: Readonly<Record<string, string>>;
  /** The client's command that turns a rule off; it gets a `TurnOffArgument`. */
  readonly turnOffCommand?: string;
  /** The client's command that says what was fixed, once it is; it gets a `FixedArgument`. */
  readonly fixedCommand?: string;
  /** The settings below `wheelhouse`, of a client that does not answer when it is asked for them. */
  readonly settings?: unknown;
}
/** Of how many findings a document has just been freed. */
export interface FixedArgument {
  readonly uri: string;
  readonly fixed: number;
}
/** Asked by the client: what is found in an open document, ShellCheck's word included; null where it is not judged. */
export const foundRequest = 'wheelhouse/found';
export interface FoundParams {
  readonly uri: string;
}
/** In the order of the file. */
export type FoundResult = readonly { readonly code: string /** From 0 on. */; readonly line: number }[];
/** Which rule is to be off for a Dockerfile, and what is to say so. */
export interface TurnOffArgument {
  readonly code: string;
  /** Of the Dockerfile. */
  readonly uri: string;
  readonly where: 'file' | 'settings';
  /** The `.hadolint.yaml` that it is judged by; null where there is none. */
  readonly file: string | null;
}
/** Asked by the client: the text of a `.hadolint.yaml` that turns one more rule off; null where that cannot be written. */
export const turnOffRequest = 'wheelhouse/turnOff';
export interface TurnOffParams {
  readonly text: string;
  readonly code: string;
}

/** Told by the client: what trust allows is allowed from now on. */
export const trustNotification = 'wheelhouse/trusted';

/**
 * Told by the server: whether ShellCheck takes part, when it is first needed and whenever that changes. A client may
 * ignore what begins with `$/`.
 */
export const shellcheckNotification = '$/wheelhouse/shellcheck';
export interface ShellcheckParams {
  /** Of the program in use; null where there is none that may and can be run. */
  readonly version: string | null;
  /** False where the workspace is not trusted. */
  readonly trusted: boolean;
}

/**
 * Told by the server: which `.hadolint.yaml` an open Dockerfile is judged by, when it is first judged and whenever that
 * changes. A client may ignore what begins with `$/`.
 */
export const configurationNotification = '$/wheelhouse/configuration';
export interface ConfigurationParams {
  /** Of the Dockerfile. */
  readonly uri: string;
  /** URI of the file; null where there is none. */
  readonly file: string | null;
  /** URI of a nearer one that is not read, as the workspace is not trusted; null where there is none. */
  readonly passedOver: string | null;
}

/** What a diagnostic carries for a client that shows those of other linters as well. */
export interface FindingData {
  /** The code and its aliases, in lower case; those of dockerfile-utils by name and by number. */
  readonly ids: readonly string[];
  /** Line at which the instruction begins, from 0; that of the finding outside of instructions. */
  readonly line: number;
}

/** The images that files can be written for. */
export type ScaffoldKind = 'wheel' | 'multi-stage' | 'training' | 'serving';
/** Asked by the client: for which kinds of image the project in a folder is fit, the best first. */
export const scaffoldKindsRequest = 'wheelhouse/scaffoldKinds';
export interface ScaffoldKindsParams {
  /** A URI. */
  readonly folder: string;
}
export interface ScaffoldOffer {
  readonly kind: ScaffoldKind;
  /** What of the project speaks for it, such as `uv.lock` or the name of a package; null where nothing does. */
  readonly because: string | null;
}
/** Asked by the client: the files for an image of the project in a folder; null where there is no project. */
export const scaffoldRequest = 'wheelhouse/scaffold';
export interface ScaffoldParams extends ScaffoldKindsParams {
  readonly kind: ScaffoldKind;
  /** Name of the Dockerfile in the folder; `Dockerfile` where it is left out. */
  readonly dockerfile?: string;
  /**
   * What a person answered, by the ids of the questions. `missing` names shared libraries and programs, with blanks between them, that
   * a container did not find.
   */
  readonly answers?: Readonly<Record<string, string>>;
  /** Path of the folder below the workspace folder, from which tasks name files; empty where it is that folder. */
  readonly below?: string;
}
export interface Scaffold {
  /** What is to be written below the folder: a file that is fit as it is, is left out. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Entries of `.vscode/tasks.json`. */
  readonly tasks: readonly ScaffoldTask[];
  /** What it takes for granted as no file tells it, a line for each. */
  readonly assumes: readonly string[];
  /** What the project does not tell: there are no files before it is answered. */
  readonly question: ScaffoldQuestion | null;
  /** Why no files are made, in a sentence. */
  readonly refused: string | null;
  /** What is installed without a lock file, which uv can be asked about; null where nothing is. */
  readonly install: ScaffoldInstall | null;
  /** What Python reads before the program begins; null where no file of the project is started. */
  readonly program: ScaffoldProgram | null;
  /** Variables that the programs look up and that have no default. */
  readonly settings: readonly string[];
}
export interface ScaffoldProgram {
  /** Such as `3.12`. */
  readonly python: string;
  /** Paths below the folder: the file that is started, and those of the project that it cannot begin without. */
  readonly files: readonly string[];
}
/** As for `uv pip install`. */
export interface ScaffoldInstall {
  /** Such as `3.12`. */
  readonly python: string;
  /** Flags that say what is to be had, each before its value. */
  readonly flags: readonly string[];
  /** Lists of requirements, as paths below the folder. */
  readonly files: readonly string[];
  readonly requirements: readonly string[];
}
export interface ScaffoldQuestion {
  readonly id: 'present' | 'dependencies' | 'releases' | 'python' | 'cuda' | 'start';
  /** What was found, with what speaks for it; any other text is an answer as well. */
  readonly choices: readonly { readonly value: string; readonly because: string | null }[];
}
export interface ScaffoldTask {
  readonly label: string;
  readonly type: 'wheelhouse';
  readonly command: 'buildWheel' | 'buildImage' | 'run';
  readonly project?: string;
  readonly dockerfile?: string;
  readonly tag?: string;
  readonly image?: string;
  readonly dependsOn?: string;
}

/** Asked by the client: what can be written at a place of a `.hadolint.yaml`; null where nothing is known of it. */
export const completeConfigurationRequest = 'wheelhouse/completeConfiguration';
export interface CompleteConfigurationParams {
  readonly text: string;
  readonly offset: number;
}
export interface CompleteConfigurationResult {
  /** What is replaced, in offsets. */
  readonly typed: { readonly start: number; readonly end: number };
  /** The best first. */
  readonly offers: readonly {
    readonly label: string;
    /** Half a line beside the label. */
    readonly detail: string;
    /** Shown as it stands. */
    readonly documentation?: string;
    /** What is inserted, where it is not the label. */
    readonly text?: string;
  }[];
}
