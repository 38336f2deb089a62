import type { IgnoreFile } from '../syntax/ignore-file.ts';
import type { Span } from '../text/span.ts';
import type { Requirement } from './requirements.ts';

/** What is known of the folder that a build sends to the engine. */
export interface BuildContext {
  /** The ignore file in force, where there is one. */
  readonly ignoreFile: IgnoreFile | undefined;
  /** Where the ignore file is or would be, as a URI. */
  readonly ignoreFileUri: string;
  /** Somebody works in the folder: what a build makes can be expected there. */
  readonly isLive?: boolean | undefined;
  /** What lies in the folder; undefined where that is not known. */
  readonly files?: ContextFiles | undefined;
  /** What `pyproject.toml` says; undefined where there is none, or none that can be read. */
  readonly project?: Project | undefined;
  /** The same of each `pyproject.toml` of the context, by its folder: `''` is the context's own. */
  readonly projects?: ReadonlyMap<string, Project> | undefined;
  /** The files of the project that each `setup.py` of the context reads when it runs, by its folder. */
  readonly setupReads?: ReadonlyMap<string, readonly string[]> | undefined;
  /** Where `pyproject.toml` is and its text, also where it cannot be read as TOML. */
  readonly manifest?: { readonly uri: string; readonly text: string } | undefined;
  /** Hashes of which a `poetry.lock` that belongs to it has one; none where they are not known. */
  readonly poetryHashes?: readonly string[] | undefined;
  /** What `uv.lock` says; undefined in the same way. */
  readonly lock?: Lock | undefined;
  /** The `requirements*.txt` at the top of the folder and in `requirements/`. */
  readonly requirementFiles?: readonly RequirementFile[] | undefined;
  /** What `environment.yml` asks conda for. */
  readonly environment?: Environment | undefined;
  /** The minor release that `.python-version` asks for, such as `3.12`. */
  readonly pinnedPython?: string | undefined;
  /** The services of a Compose file beside it that are built from this Dockerfile. */
  readonly services?: readonly ComposeService[] | undefined;
}

/** A place in another file of the project that a finding rests on. */
export interface FaultElsewhere {
  readonly uri: string;
  /** Text of that file. */
  readonly text: string;
  readonly span: Span;
}

/** A service of a Compose file. */
export interface ComposeService {
  readonly name: string;
  /** It says how much shared memory it gets: `shm_size`, `ipc`, or a mount at `/dev/shm`. */
  readonly hasSharedMemory: boolean;
  /** Where its name stands. */
  readonly at: FaultElsewhere;
}

/** A file that pip installs from with `-r` (pip documentation, "Requirements File Format"). */
export interface RequirementFile {
  /** Below the context's folder, with `/` between its parts. */
  readonly path: string;
  readonly requirements: readonly Requirement[];
  /** Addresses behind `--index-url` and `--extra-index-url`. */
  readonly indexes: readonly string[];
  /** Paths behind `-r`, from the file's own folder. */
  readonly includes: readonly string[];
  /** Paths and addresses behind `-c`, from the file's own folder. */
  readonly constraints: readonly string[];
  /** Folders and archives that it installs or looks into, from the folder on in which pip runs. */
  readonly locals: readonly string[];
}

/** A conda environment file (conda documentation, "Creating an environment file manually"). */
export interface Environment {
  readonly path: string;
  readonly channels: readonly string[];
  /** Names and versions as conda writes them, `pytorch=2.5`. */
  readonly packages: readonly string[];
  /** What stands below `pip:`. */
  readonly requirements: readonly Requirement[];
  /** All that stands there is packages of an index, and no other file is named. */
  readonly isPlain: boolean;
}

/** The files of a build context, those that the ignore file keeps out among them. */
export interface ContextFiles {
  readonly files: readonly ContextFile[];
  /** False where there are more than were looked at, so that a file that is missing here may be there. */
  readonly isComplete: boolean;
}

export interface ContextFile {
  /** Below the context's folder, with `/` between its parts. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** When it last changed, in milliseconds since 1970. */
  readonly changed: number;
}

/** A `pyproject.toml` (packaging.python.org, "pyproject.toml specification"). */
export interface Project {
  /** As names are compared. */
  readonly name: string | undefined;
  /** Undefined where the build backend finds it. */
  readonly version: string | undefined;
  readonly requiresPython: string | undefined;
  /** Paths of the files that `readme` names: one, or several with Poetry. */
  readonly readmes: readonly string[];
  /** Paths and patterns of `license-files`. */
  readonly licenseFiles: readonly string[];
  /** The file of the older `license = { file = … }`. */
  readonly oldLicense: string | undefined;
  readonly dependencies: readonly Requirement[];
  /** The names in `optional-dependencies`, as written. */
  readonly extras: readonly string[];
  /** What stands in its extras and dependency groups. */
  readonly choices: readonly Choice[];
  /** The build backend finds the dependencies. */
  readonly isDynamic: boolean;
  /** The fields that the build backend finds, as `dynamic` names them. */
  readonly dynamic: readonly string[];
  /** It names a build backend. */
  readonly hasBuildSystem: boolean;
  /** Names of `build-system.requires`, which the backend is made of. */
  readonly buildRequires: readonly string[];
  /** Where its packages lie, each a module or folder, as far as Poetry is told. */
  readonly packagePaths: readonly string[];
  /** The code that it names to its build backend, each with the paths of which one has to be there; a folder ends in `/`. */
  readonly toldCode: readonly ToldCode[];
  /** It tells the build backend in another way which files belong to the wheel. */
  readonly selectsFiles: boolean;
  /** The dependencies that stand in `[tool.poetry]`; undefined where none do. */
  readonly poetry: PoetryProject | undefined;
  /** `package-mode = false`: Poetry installs its dependencies alone. */
  readonly isPoetryApplication: boolean;
  /** The commands of `[project.scripts]` and `[tool.poetry.scripts]`, in the order of the file. */
  readonly scripts: readonly string[];
  readonly uv: UvSettings;
}

/** A requirement in an extra or a dependency group. */
export interface Choice {
  /** Such as `extra dev` and `group dev`, the name as names are compared. */
  readonly of: string;
  /** Undefined where it is none, such as a group that is included. */
  readonly asked: Requirement | undefined;
}

export interface ToldCode {
  readonly name: string;
  readonly paths: readonly string[];
}

/** What `[tool.poetry]` says, in the words of packages' metadata. */
export interface PoetryProject {
  readonly requiresPython: string | undefined;
  /** Without Python, groups and what is optional. */
  readonly dependencies: readonly Requirement[];
  /** The paths of dependencies that lie in a folder, as written. */
  readonly paths: readonly string[];
  /** A dependency comes from a Git repository. */
  readonly hasRepositories: boolean;
}

/** What `pyproject.toml` says to uv (uv documentation, "Settings" and "Managing dependencies"). */
export interface UvSettings {
  /** Names of the dependency groups that it has and that uv installs unless told otherwise. */
  readonly defaultGroups: readonly string[];
  /** `link-mode`, `compile-bytecode`, … as far as `[tool.uv]` and `[tool.uv.pip]` have them, the latter as `pip.system`. */
  readonly settings: readonly string[];
  /** It has members, or is the only one. */
  readonly isWorkspace: boolean;
  /** uv installs the project itself: it has a build backend, or asks for it. */
  readonly isPackage: boolean;
  /** Indexes of `[tool.uv]`, by their names. */
  readonly indexes: readonly { readonly name: string | undefined; readonly url: string }[];
  /** The paths that `[tool.uv.sources]` takes packages from, as written. */
  readonly paths: readonly string[];
  /** It takes a package from a Git repository. */
  readonly hasRepositories: boolean;
  /** Packages that `[tool.uv.sources]` takes from the workspace. */
  readonly fromWorkspace: readonly string[];
  /** Names of the indexes that `[tool.uv.sources]` takes a package from. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
}

/** A `uv.lock`. */
export interface Lock {
  readonly requiresPython: string | undefined;
  readonly packages: readonly LockedPackage[];
  /** Names of the members of the workspace; none where it is no workspace. */
  readonly members: readonly string[];
}

export interface LockedPackage {
  readonly name: string;
  readonly version: string | undefined;
  /** Address of the index that it comes from; undefined for the project itself, paths and repositories. */
  readonly registry: string | undefined;
  /** It is the project itself or a member of its workspace. */
  readonly isLocal: boolean;
  /** The folder of such a package, from the one of the lock file on; `.` for the project itself. */
  readonly folder: string | undefined;
  /** It comes from a file of the project, such as a wheel. */
  readonly isFile: boolean;
  /** File names of the wheels. */
  readonly wheels: readonly string[];
  readonly hasSdist: boolean;
  /** What the project asked for when it was locked; undefined for other packages. */
  readonly requires: readonly Requirement[] | undefined;
  /** The same of its extras and dependency groups. */
  readonly choices: readonly Choice[];
  /** Names of what it then had from no index. */
  readonly elsewhere: readonly string[];
  /** It was no package of its own, so that uv does not install it. */
  readonly isVirtual: boolean;
}
