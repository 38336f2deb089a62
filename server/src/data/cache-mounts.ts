import type { OsFamily } from './os-images.ts';

/** A folder that is worth keeping between builds. */
export interface CacheMount {
  readonly of: string;
  /** What tells in the text of a RUN that it is filled. */
  readonly filledBy: RegExp;
  /** `~` is the home folder. */
  readonly folders: readonly string[];
  /** The variable that says where it is instead. */
  readonly movedBy?: string;
  /** One build at a time, as the program locks its files or has none to lock. */
  readonly isLocked?: true;
  /** The only systems that have the program. */
  readonly os?: OsFamily;
  readonly about: string;
}

/**
 * In the order of their use. Sources: `pip cache dir` of pip 25, `uv cache dir` of uv 0.13.9, `poetry config cache-dir` of
 * poetry 2.2, `npm config get cache`, HF_HOME of huggingface_hub (each asked as root, 2026-11-25); Dockerfile reference,
 * "RUN --mount=type=cache", for apt; dnf.conf(5) (`cachedir`, `keepcache`) of DNF 4 and 5; zypper(8); apk-cache(5); conda documentation,
 * "pkgs_dirs", and the images of miniforge, miniconda and micromamba; pixi documentation, "Environment variables", for the
 * folder of rattler; torch.hub documentation; ccache(1) of ccache 4.
 */
export const cacheMounts: readonly CacheMount[] = [
  {
    of: 'uv',
    filledBy: /\buv\b/,
    folders: ['~/.cache/uv'],
    movedBy: 'UV_CACHE_DIR',
    about:
      'Packages that uv downloaded or built. Set `UV_LINK_MODE=copy` as well: the mount is a file system of its own, which links do not leave.',
  },
  {
    of: 'pip',
    filledBy: /(?<!\buv )\bpip[\d.]*\b/,
    folders: ['~/.cache/pip'],
    movedBy: 'PIP_CACHE_DIR',
    about:
      'Wheels that pip downloaded or built. `--no-cache-dir` and `PIP_NO_CACHE_DIR` would keep it empty.',
  },
  {
    of: 'apt',
    filledBy: /\bapt(?:-get|itude)?\b/,
    folders: ['/var/cache/apt', '/var/lib/apt'],
    isLocked: true,
    os: 'debian',
    about:
      'Packages and lists of apt. Images of Debian and Ubuntu remove what was downloaded: delete `/etc/apt/apt.conf.d/docker-clean` first. Lists in the mount need no `rm -rf /var/lib/apt/lists/*`.',
  },
  {
    of: 'Hugging Face',
    filledBy: /\bhf\b|huggingface|from_pretrained|snapshot_download/,
    folders: ['~/.cache/huggingface'],
    movedBy: 'HF_HOME',
    about:
      'Models and data sets that are needed while the image is built. What is in the mount does not get into the image.',
  },
  {
    of: 'conda',
    filledBy: /\b(?:conda|mamba|micromamba)\b/,
    folders: ['/opt/conda/pkgs'],
    movedBy: 'CONDA_PKGS_DIRS',
    isLocked: true,
    about: 'Packages that conda downloaded and unpacked, where it is installed in `/opt/conda`.',
  },
  {
    of: 'poetry',
    filledBy: /\bpoetry\b/,
    folders: ['~/.cache/pypoetry'],
    movedBy: 'POETRY_CACHE_DIR',
    about: 'Packages that poetry downloaded, and its virtual environments unless they are in the project.',
  },
  {
    of: 'pixi',
    filledBy: /\bpixi\b/,
    folders: ['~/.cache/rattler'],
    movedBy: 'PIXI_CACHE_DIR',
    about: 'Packages that pixi downloaded.',
  },
  {
    of: 'PyTorch Hub',
    filledBy: /torch\.hub|torchvision|timm/,
    folders: ['~/.cache/torch'],
    movedBy: 'TORCH_HOME',
    about:
      'Weights that PyTorch downloads while the image is built. What is in the mount does not get into the image.',
  },
  {
    of: 'ccache',
    filledBy: /\bccache\b|\bD?CMAKE_\w+_LAUNCHER/,
    folders: ['~/.cache/ccache'],
    movedBy: 'CCACHE_DIR',
    about: 'Object files of C, C++ and CUDA, for a build that goes through ccache.',
  },
  {
    of: 'npm',
    filledBy: /\bnpm\b/,
    folders: ['~/.npm'],
    movedBy: 'npm_config_cache',
    about: 'Packages that npm downloaded.',
  },
  {
    of: 'apk',
    filledBy: /\bapk\b/,
    folders: ['/etc/apk/cache'],
    isLocked: true,
    os: 'alpine',
    about:
      'Packages and indexes of apk, which keeps them where this folder is there. `--no-cache` would not.',
  },
  {
    of: 'dnf',
    filledBy: /\b(?:micro)?dnf\b|\byum\b/,
    folders: ['/var/cache/dnf'],
    isLocked: true,
    os: 'redhat',
    about: 'Metadata of DNF 4, and with `--setopt=keepcache=1` its packages.',
  },
  {
    of: 'dnf5',
    filledBy: /\bdnf5\b/,
    folders: ['/var/cache/libdnf5'],
    isLocked: true,
    os: 'redhat',
    about: 'Metadata of DNF 5, as in Fedora from 41 on, and with `--setopt=keepcache=1` its packages.',
  },
  {
    of: 'zypper',
    filledBy: /\bzypper\b/,
    folders: ['/var/cache/zypp'],
    isLocked: true,
    about: 'Metadata of zypper, and its packages where the repository says `keeppackages`.',
  },
];

/** Files of a project that an install reads and that need no layer of their own. */
export const boundFiles: readonly string[] = ['uv.lock', 'pyproject.toml'];
