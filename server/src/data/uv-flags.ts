/** The release of uv whose `--help` this table was read from, and when: YYYY-MM-DD. */
export const uvOfFlags = '0.13.9';
export const readOn = '2026-11-25';

/** Commands of uv that stand in Dockerfiles and have many flags. */
export type UvCommand = 'sync' | 'pip install' | 'export' | 'run' | 'build';

export interface UvFlag {
  /** Without its dashes. */
  readonly name: string;
  readonly short: string | undefined;
  readonly about: string;
  /** Undefined where it has no value; those that can be chosen from, where they are few. */
  readonly values: readonly string[] | undefined;
  /** uv refuses it beside one of these. */
  readonly not: readonly string[];
}

type Make = (spec: string, about: string, not?: readonly string[]) => UvFlag;
const make = (spec: string, about: string, values: UvFlag['values'], not: UvFlag['not'] = []): UvFlag => {
  const [name = '', short] = spec.split(' -');
  return { name, short, about, values, not };
};
const toggle: Make = (spec, about, not) => make(spec, about, undefined, not);
const valued: Make = (spec, about, not) => make(spec, about, [], not);
const choice = (spec: string, about: string, values: string) => make(spec, about, values.split(' '));

const lock: readonly UvFlag[] = [
  toggle('locked', 'Stop where uv.lock does not fit pyproject.toml', ['frozen', 'upgrade']),
  toggle('frozen', 'Take uv.lock as it is, without a look whether it fits', ['locked', 'upgrade']),
];
const groups: readonly UvFlag[] = [
  toggle('no-dev', 'Leave out the dev group', ['only-dev']),
  toggle('no-default-groups', 'Leave out the groups that are on by default'),
  valued('group', 'Take a dependency group along', ['only-group', 'only-dev']),
  valued('no-group', 'Leave out a dependency group'),
  valued('only-group', 'Take a dependency group alone, without the project', [
    'group',
    'all-groups',
    'extra',
    'all-extras',
  ]),
  toggle('all-groups', 'Take every dependency group along', ['only-group']),
  valued('extra', 'Take an extra along', ['all-extras', 'only-group']),
  toggle('all-extras', 'Take every extra along', ['extra', 'only-group']),
];
const members: readonly UvFlag[] = [
  valued('package', 'Take one member of the workspace', ['all-packages']),
  toggle('all-packages', 'Take every member of the workspace', ['package']),
];
const noEditable = toggle(
  'no-editable',
  'Install the project as files, so that its sources need not be in the image',
);
const install: readonly UvFlag[] = [
  toggle('compile-bytecode', 'Compile modules now: a longer build and a faster start'),
  choice(
    'link-mode',
    'How files get out of the cache; copy where it is a mount, as links do not reach across',
    'copy clone hardlink symlink',
  ),
  toggle('no-build', 'Take wheels alone, and stop where there is none'),
  valued(
    'no-build-isolation-package',
    'Build a package among those that are installed, as flash-attn wants it',
  ),
  valued('reinstall-package', 'Install a package again'),
  choice(
    'python-platform',
    'Install for another platform than that of the build',
    'x86_64-manylinux_2_28 aarch64-manylinux_2_28 x86_64-unknown-linux-musl',
  ),
];
const indexes: readonly UvFlag[] = [
  valued('index', 'Look at another index first'),
  valued('default-index', 'Look at another index in the place of PyPI'),
  valued('find-links -f', 'Look at wheels in a folder or on a page as well'),
  toggle('no-index', 'Ask no index; for wheels that are there'),
  choice(
    'index-strategy',
    'Which index counts where several have a package',
    'first-index unsafe-first-match unsafe-best-match',
  ),
  valued('exclude-newer', 'Leave out what was uploaded after a date'),
  choice('prerelease', 'Whether pre-releases count', 'allow disallow if-necessary explicit'),
  toggle('no-sources', 'Leave [tool.uv.sources] aside'),
];
const general: readonly UvFlag[] = [
  valued('python -p', 'Which Python to use'),
  toggle('no-python-downloads', 'Stop where that Python is not installed'),
  toggle('no-cache -n', 'Keep no cache, where none is mounted'),
  valued('cache-dir', 'Where the cache is'),
  toggle('no-progress', 'Show no progress bars in the log of the build'),
  toggle('quiet -q', 'Say less'),
  valued('project', 'Find the project in another folder'),
  valued('directory', 'Go to another folder first'),
  toggle('no-config', 'Leave uv.toml and [tool.uv] aside'),
  toggle('system-certs', 'Trust the certificates of the system, as behind a proxy'),
  toggle('offline', 'Use no network'),
];

/**
 * The flags that matter in images, by use. Source: `uv help COMMAND` of the release above; which of them exclude each other
 * was tried with it.
 */
export const uvFlags: Readonly<Record<UvCommand, readonly UvFlag[]>> = {
  sync: [
    ...lock,
    toggle(
      'no-install-project',
      'Install the dependencies alone, in a layer that a change of the code leaves alone',
    ),
    toggle('no-install-workspace', 'The same for every member of the workspace'),
    toggle('no-install-local', 'Leave out whatever comes from a path'),
    valued('no-install-package', 'Leave out a package'),
    ...groups,
    noEditable,
    ...install.slice(0, 2),
    toggle('inexact', 'Keep what is installed and not in uv.lock'),
    toggle('active', 'Install into the environment that VIRTUAL_ENV names'),
    ...members,
    ...install.slice(2),
    valued('no-binary-package', 'Build a package from its sources'),
    ...indexes,
    ...general,
  ],
  'pip install': [
    toggle('system', 'Install into the Python of the image, as there is no virtual environment'),
    choice(
      'torch-backend',
      'Take PyTorch for this CUDA, or for the CPU',
      'cpu cu132 cu130 cu129 cu128 cu126 cu124 cu121 cu118 rocm7.2 xpu',
    ),
    valued('requirements -r', 'Install what a file asks for'),
    ...install.slice(0, 2),
    valued('constraints -c', 'Hold versions to those of a file'),
    valued('overrides', 'Put the requirements of a file in the place of others'),
    toggle('no-deps', 'Install the named packages alone'),
    toggle('require-hashes', 'Stop where a requirement has no hash'),
    valued('editable -e', 'Install a project so that its sources are used'),
    valued('group', 'Install a dependency group of pyproject.toml'),
    valued('extra', 'Take an extra of pyproject.toml along', ['all-extras']),
    toggle('all-extras', 'Take every extra of pyproject.toml along', ['extra']),
    toggle('break-system-packages', 'Install also where the distribution keeps the Python to itself'),
    valued('target -t', 'Install into a folder', ['prefix']),
    valued('prefix', 'Install below a folder, with bin and lib', ['target']),
    toggle('upgrade -U', 'Take the newest versions that fit'),
    ...install.slice(2),
    valued('only-binary', 'Take only wheels of a package, or of :all:'),
    valued('no-binary', 'Build a package, or :all:, from sources'),
    ...indexes,
    ...general,
  ],
  export: [
    ...lock,
    choice('format', 'What to write', 'requirements.txt pylock.toml cyclonedx1.5'),
    valued('output-file -o', 'Where to write it'),
    toggle('no-emit-project', 'Leave the project itself out, for a layer of dependencies'),
    toggle('no-emit-workspace', 'Leave every member of the workspace out'),
    toggle('no-emit-local', 'Leave out whatever comes from a path'),
    valued('no-emit-package', 'Leave out a package'),
    ...groups,
    toggle('no-hashes', 'Write no hashes'),
    toggle('no-annotate', 'Do not say what asked for a package'),
    valued('prune', 'Leave out a package and what it alone needs'),
    noEditable,
    ...members,
    ...indexes,
    ...general,
  ],
  run: [
    ...lock,
    toggle('no-sync', 'Leave the environment as it is, as it was installed before'),
    ...groups,
    toggle('no-project', 'Leave the project aside'),
    valued('with -w', 'Take a package along for this run'),
    valued('with-requirements', 'Take what a file asks for along'),
    toggle('module -m', 'Run a module, as python -m does'),
    toggle('script -s', 'Run the file as a script of its own'),
    toggle('active', 'Use the environment that VIRTUAL_ENV names'),
    valued('env-file', 'Read variables from a file'),
    noEditable,
    ...members,
    ...install,
    ...indexes,
    ...general,
  ],
  build: [
    toggle('wheel', 'Build a wheel'),
    valued('out-dir -o', 'Where to put what was built'),
    ...members,
    valued('build-constraints -b', 'Hold what builds to the versions of a file'),
    toggle('require-hashes', 'Stop where a build requirement has no hash'),
    toggle('clear', 'Empty the output folder first'),
    toggle('no-build-logs', 'Hide what the build backend says'),
    ...install.slice(3, 4),
    ...indexes,
    ...general,
  ],
};
