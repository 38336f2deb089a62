/**
 * How Dockerfiles are named: as Docker and Podman look for them, as VS Code's language `dockerfile` and GitHub's Linguist
 * know them (both read in November 2026), and with a word behind a hyphen, as many projects do.
 */
const dockerfile =
  /^(?:dockerfile|containerfile)$|^(?:Dockerfile|Containerfile)[.-].+$|\.(?:dockerfile|containerfile)$/i;

/** `Dockerfile.*` that is no Dockerfile: ignore files of BuildKit and Buildah, templates, programs, notes, backups. */
const other =
  /\.(?:(?:docker|container)?ignore|j2|jinja2?|tmpl|tpl|template|erb|mustache|hbs|md|rst|txt|adoc|html?|json|ya?ml|toml|xml|lock|sh|py|go|rs|js|ts|java|rb|cs|php|orig|rej|bak|old|swp|patch|diff)$|~$/i;

export function isDockerfileName(name: string): boolean {
  return dockerfile.test(name) && !other.test(name);
}

/** Folders that hold what others wrote, or nothing that is built: of package managers, virtual environments, and version control. */
export const skippedFolders: ReadonlySet<string> = new Set([
  'node_modules',
  'bower_components',
  '.git',
  '.hg',
  '.svn',
  '.venv',
  'venv',
  '.tox',
  '.nox',
  '__pycache__',
  'site-packages',
]);
