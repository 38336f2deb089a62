// Read on 2026-11-29.

/** What in a project says that something builds its images without BuildKit, where `RUN --mount` ends the build. */
export interface ClassicBuilder {
  /** The paths of files that may say so. */
  readonly path: RegExp;
  /** What a line of them says then; left out where the file alone says it. */
  readonly says?: RegExp;
  /** What that line says too, and what it does not. */
  readonly beside?: RegExp;
  readonly without?: RegExp;
  /** That line has to begin with it, as one that is typed does. */
  readonly isShown?: true;
  /** What the same file has to say as well. */
  readonly along?: RegExp;
  /** What in the same file tells of BuildKit, or of another build. */
  readonly unless?: RegExp;
  /** It is said to readers, or depends on what no file tells, so that a person has to know. */
  readonly isUncertain?: true;
  /** Who refuses such a mount for another reason than an old builder. */
  readonly host?: 'Railway';
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
  { says: /\bheroku stack:set\b/, beside: /\bcontainer\b/ },
];
/**
 * Packages of Debian and Ubuntu: `docker.io` has no buildx beside it, without which a client builds in the old way, and
 * `docker-compose` is the first one (`apt-cache depends docker.io` and `apt-cache show docker-compose` of Debian 12).
 */
const packaged = {
  says: /\bapt(?:-get)?\s/,
  beside: /\s(?:docker\.io|docker-compose)(?![\w-])/,
  without: /\b(?:remove|purge)\b/,
  unless: /\bdocker-buildx\b|\bdocker-compose-(?:v2|plugin)\b|\bdocker-ce\b/,
} as const;
const program = /\.(?:sh|bash|ps1)$|(?:^|\/)(?:makefile|justfile)$|(?:^|\/)\.github\/workflows\/[^/]+$/i;
const forReaders = /(?:^|\/)readme(?:\.\w+)?$|\.(?:md|mdx|rst|adoc)$/i;

/**
 * Sources: documentation of Docker ("BuildKit", which is the default since 23), Skaffold (`useBuildkit`), Railway
 * ("Dockerfiles": each cache mount carries the id of the service, so that one without ends the build); docker/docker-py#2230,
 * aws/aws-sam-cli#3972, GoogleContainerTools/kaniko#969 and #1568 (cache mounts are ignored or refused), caprover/caprover#2012.
 * redhat-actions/buildah-build#116 and containers/podman#12062 (Ubuntu 22.04 has buildah 1.23 and Podman 3.4, of which neither
 * knows cache mounts), google-github-actions/setup-gcloud#658 (Cloud Build's own step has no BuildKit, whatever its client is told).
 * Heroku, Google Cloud Build, Bitbucket, Drone's plugin, Travis CI's images and DigitalOcean as known 2026-11, not verified.
 */
export const classicBuilders: readonly ClassicBuilder[] = [
  { path: /^(?:heroku\.ya?ml|captain-definition)$/ },
  { path: /^railway\.(?:json|toml)$/, unless: /NIXPACKS|RAILPACK/i },
  // Where a project lies on it already, or asks what it tells its services.
  { path: /\.(?:py|toml|sh|json|md)$/i, says: /\.up\.railway\.app\b|\bRAILWAY_[A-Z]/ },
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
  { path: /(?:^|\/)app[\w.-]*\.ya?ml$/, says: /^runtime:[ \t]*["']?custom\b/ },
  { path: /(?:^|\/)app\.json$/, says: /"stack":[ \t]*"container"/ },
  { path: /(?:^|\/)skaffold\.ya?ml$/, says: /^build:/, unless: /useBuildkit:[ \t]*true|buildpacks|\bko:/ },
  { path: /(?:^|\/)template\.ya?ml$/, says: /\bPackageType:[ \t]*["']?Image\b/ },
  { path: /(?:^|\/)azure\.yaml$/, says: /\bremoteBuild:[ \t]*true\b/ },
  ...cloudBuilds.flatMap((one) => [
    { ...one, path: program },
    // Whoever follows what readers are told builds so as well; a sentence may say that nobody should.
    { ...one, path: forReaders, isShown: true } as const,
    { ...one, path: forReaders, isUncertain: true } as const,
  ]),
  { path: program, ...packaged },
  { path: forReaders, ...packaged, isUncertain: true },
  { path: forReaders, says: /\bRailway\b/, isUncertain: true, host: 'Railway' },
  {
    path: /(?:^|\/)\.github\/workflows\/[^/]+$/,
    says: /\bredhat-actions\/buildah-build\b|\b(?:podman|buildah) (?:build|bud)\b/,
    along: /\bubuntu-2[02]\.04\b/,
  },
  {
    path: program,
    says: /\bcompose\/releases\/download\/v?1\.|\bdocker\/compose:1\.|\bpip3? install (?:-\S{1,20} )?docker-compose\b|\bbuild-push-action@v1\b/,
    unless: switchedOn,
  },
  { path: /\.py$/, says: /\.images\.build\(|\bDockerImage\(/ },
  // Azure Machine Learning has Azure's tasks build (its documentation, "Manage environments").
  { path: /\.py$/, says: /\bEnvironment\.from_dockerfile\(|\bazure\.ai\.ml\b.{0,80}\bBuildContext\b/ },
  {
    path: /(?:^|\/)(?:buildspec[^/]*\.ya?ml|jenkinsfile)$/i,
    ...dockerBuild,
    isUncertain: true,
  },
  { path: forReaders, says: /\bkaniko\b/i, isUncertain: true },
  // Its machines have had the one or the other.
  { path: /(?:^|\/)Dockerrun\.aws\.json$|^\.(?:elasticbeanstalk|ebextensions)\//, isUncertain: true },
  { path: program, says: /\bsm-docker build\b/, isUncertain: true },
];

/** Files of a repository that say so, by their names. */
export const builderFiles =
  /^(?:\.travis\.yml|bitbucket-pipelines\.yml|\.gitlab-ci\.yml|\.drone\.ya?ml|\.woodpecker\.ya?ml|cloudbuild[^/]*\.ya?ml|skaffold\.ya?ml|azure\.yaml|template\.ya?ml|buildspec[^/]*\.ya?ml|jenkinsfile|dockerrun\.aws\.json|app\.json)$/i;
