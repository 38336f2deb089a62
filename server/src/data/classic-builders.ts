// Read on 2026-11-27.

/** What in a project says that something builds its images without BuildKit, where `RUN --mount` ends the build. */
export interface ClassicBuilder {
  /** The paths of files that may say so. */
  readonly path: RegExp;
  /** What a line of them says then; left out where the file alone says it. */
  readonly says?: RegExp;
  /** What that line says too, and what it does not. */
  readonly beside?: RegExp;
  readonly without?: RegExp;
  /** What in the same file tells of BuildKit, or of another build. */
  readonly unless?: RegExp;
  /** It is said to readers, or depends on what no file tells, so that a person has to know. */
  readonly isUncertain?: true;
}

const switchedOn = /\bDOCKER_BUILDKIT\b["']?[ \t]*[=:,][ \t]*["']?(?:1|true)\b|\bbuildx\b/;
const dockerBuild = {
  says: /\bdocker(?:-compose)?\b/,
  beside: /\b(?:build|up)\b/,
  unless: switchedOn,
} as const;
const source = /--source\b/;
/** Google Cloud Build (`--source` hands it over) and Azure's tasks (Azure/acr#721). */
const cloudBuilds: readonly Omit<ClassicBuilder, 'path'>[] = [
  { says: /\bgcloud (?:alpha |beta )?builds submit\b/, without: /--(?:config|pack)\b/ },
  { says: /\bgcloud (?:alpha |beta )?run deploy\b/, beside: source },
  { says: /\baz acr (?:build|task create)\b/ },
  { says: /\baz containerapp up\b/, beside: source },
];
const program = /\.(?:sh|bash|ps1)$|(?:^|\/)(?:makefile|justfile)$|(?:^|\/)\.github\/workflows\/[^/]+$/i;

/**
 * Sources: documentation of Docker ("BuildKit", which is the default since 23), Skaffold (`useBuildkit`), Railway
 * ("Dockerfiles": each cache mount carries the id of the service, so that one without ends the build); docker/docker-py#2230,
 * aws/aws-sam-cli#3972, GoogleContainerTools/kaniko#969 and #1568 (cache mounts are ignored or refused), caprover/caprover#2012.
 * Heroku, Google Cloud Build, Bitbucket, Drone's plugin, Travis CI's images and DigitalOcean as known 2026-11, not verified.
 */
export const classicBuilders: readonly ClassicBuilder[] = [
  { path: /^(?:heroku\.ya?ml|captain-definition)$/ },
  { path: /^railway\.(?:json|toml)$/, unless: /NIXPACKS|RAILPACK/i },
  { path: /^\.do\/.{1,80}\.ya?ml$/, says: /dockerfile_path/ },
  { path: /./, says: /\bDOCKER_BUILDKIT\b["']?[ \t]*[=:][ \t]*["']?(?:0|false)\b/ },
  { path: /kaniko/i },
  {
    path: /(?:^|\/)(?:\.gitlab-ci\.yml|jenkinsfile|skaffold\.ya?ml|cloudbuild[^/]*\.ya?ml|\.github\/workflows\/[^/]+)$/i,
    says: /\bkaniko\b/i,
    unless: /FF_KANIKO_RUN_MOUNT_CACHE/,
  },
  { path: /(?:^|\/)\.travis\.yml$/, ...dockerBuild },
  { path: /(?:^|\/)bitbucket-pipelines\.yml$/, ...dockerBuild },
  {
    path: /(?:^|\/)(?:\.gitlab-ci\.yml|\.circleci\/config\.yml)$/,
    says: /\bdocker:(?:1[789]|20|stable)\b|^[ \t]*version:[ \t]*["']?(?:1[789]|20)\./,
    unless: switchedOn,
  },
  {
    path: /(?:^|\/)\.(?:drone|woodpecker)\.ya?ml$/,
    says: /\bplugins\/(?:docker|ecr|gcr|acr)\b/,
    unless: switchedOn,
  },
  { path: /(?:^|\/)cloudbuild[^/]*\.ya?ml$/, says: /\bcloud-builders\/docker\b/, unless: switchedOn },
  { path: /(?:^|\/)app\.ya?ml$/, says: /^runtime:[ \t]*["']?custom\b/ },
  { path: /(?:^|\/)skaffold\.ya?ml$/, says: /^build:/, unless: /useBuildkit:[ \t]*true|buildpacks|\bko:/ },
  { path: /(?:^|\/)template\.ya?ml$/, says: /\bPackageType:[ \t]*["']?Image\b/ },
  { path: /(?:^|\/)azure\.yaml$/, says: /\bremoteBuild:[ \t]*true\b/ },
  ...cloudBuilds.map((one) => ({ ...one, path: program })),
  {
    path: program,
    says: /\bcompose\/releases\/download\/v?1\.|\bdocker\/compose:1\.|\bpip3? install (?:-\S{1,20} )?docker-compose\b|\bbuild-push-action@v1\b/,
    unless: switchedOn,
  },
  { path: /\.py$/, says: /\.images\.build\(|\bDockerImage\(/ },
  {
    path: /(?:^|\/)(?:buildspec[^/]*\.ya?ml|jenkinsfile)$/i,
    ...dockerBuild,
    isUncertain: true,
  },
  ...cloudBuilds.map(
    (one) => ({ ...one, path: /^readme(?:\.md|\.rst|\.txt)?$/i, isUncertain: true }) as const,
  ),
];

/** Files of a repository that say so, by their names. */
export const builderFiles =
  /^(?:\.travis\.yml|bitbucket-pipelines\.yml|\.gitlab-ci\.yml|\.drone\.ya?ml|\.woodpecker\.ya?ml|cloudbuild[^/]*\.ya?ml|skaffold\.ya?ml|azure\.yaml|template\.ya?ml|buildspec[^/]*\.ya?ml|jenkinsfile)$/i;
