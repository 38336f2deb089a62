// What a fix may do beyond its instruction, and what it may bring to light. All else is a defect of the fix.

/** Rules whose fixes reach beyond the instruction that they are about, and where to. */
export const reaching: Readonly<Record<string, string>> = {
  DL3010: 'takes the RUN that unpacks the archive away',
  DL3059: 'joins a RUN to the one above it',
  InvalidDefaultArgInFrom: 'gives a value to the ARG that a FROM uses',
  'alpine-with-ml-wheels': 'changes the image that the FROM of its stage names',
  StageNameCasing: 'renames the stage where it is used as well',
  'cuda-libs-installed-twice': 'changes the image that the FROM of its stage names',
  'no-unreachable-stages': 'takes a whole stage away',
  'prefer-copy-chmod': 'writes the mode of the RUN below into the COPY',
  'source-copied-before-deps': 'moves the COPY below the installation, or puts the installation above it',
  'python-unbuffered': 'sets the variable behind the last layer, above CMD and its comments',
  'unterminated-heredoc': 'puts the terminator behind the last line',
  'user-created-but-never-used': 'puts a USER above CMD',
};

/** A finding that was there all the time and that a fix makes visible. */
export interface Revelation {
  readonly fix: string;
  /** Codes of what is found then. */
  readonly found: RegExp;
  readonly why: string;
}

export const revelations: readonly Revelation[] = [
  {
    fix: 'cuda-tag-removed',
    found: /^cuda-wheel-major-mismatch$/,
    why: 'the tag that is there is of another CUDA than what the file installs for the one that is gone',
  },
  {
    fix: 'python-eol',
    found: /^(?:apt-renamed-package|python-eol)$/,
    why: 'the newer image has another Debian, or another line of the file brings the old Python too',
  },
  {
    fix: 'prefer-add-git',
    found: /^(?:copy-of-unset-arg|editable-install-in-final|many-pip-layers)$/,
    why: 'the variable of the clone is one of an ADD now, the sources are those of the project, and installs stand beside each other',
  },
  {
    fix: 'editable-install-in-final',
    found: /^DL3013$/,
    why: 'hadolint takes a variable that holds a path for a package',
  },
  {
    fix: 'DL3019',
    found: /^DL3059$/,
    why: 'without the list of packages that was fetched before it, an install stands alone in its RUN, as the one below does',
  },
  {
    fix: 'DL3059',
    found: /^installer-unverified$/,
    why: 'a download and what runs it come together',
  },
  {
    fix: 'undeclared-variable-in-from',
    found: /^InvalidDefaultArgInFrom$/,
    why: 'the ARG that is declared now has no default yet, which only its author knows',
  },
  {
    fix: 'dead-pip-package',
    found: /^torch-unpinned$/,
    why: 'the package that takes its place is a framework, and has no version either',
  },
  {
    fix: 'DL3027',
    found: /^DL30(?:08|15)$/,
    why: 'the rules of apt-get look at apt-get alone, and apt becomes it',
  },
  {
    fix: 'DL3020',
    found: /^(?:DL3045|prefer-copy-chmod)$/,
    why: 'the rules of COPY do not look at ADD, which becomes it',
  },
  {
    fix: 'DL3004',
    found: /^(?:DL3(?:00[89]|013|015|042)|SC)$/,
    why: 'hadolint and ShellCheck do not look behind sudo',
  },
  {
    fix: 'DL3042',
    found: /^pip-cache-mount-defeated$/,
    why: 'another install of the same RUN does without the cache that is mounted now',
  },
  {
    fix: 'uv-cache-not-mounted',
    found: /^uv-link-mode$/,
    why: 'uv copies out of the mount that is there now, and warns until it is told so; one fix cannot set the variable for several RUNs',
  },
  {
    fix: 'source-copied-before-deps',
    found: /^uv-/,
    why: 'the `uv sync` that stands above the COPY now has the flaws of the one below it',
  },
  {
    fix: 'uv-sync-single-layer',
    found: /^uv-/,
    why: 'the `uv sync` that stands above the COPY now has the flaws of the one below it',
  },
  {
    fix: 'DL3059',
    found: /^prefer-add-unpack$/,
    why: 'a download and the RUN that unpacks it come together',
  },
  {
    fix: 'unknown-instruction',
    found: /^DL30(?:13|42)$/,
    why: 'a misspelt RUN is not looked into',
  },
  {
    fix: 'unused-ignore',
    found: /^DL3/,
    why: 'hadolint judges some rules otherwise (differences.md) and needs the comment, which is why the fix is not safe',
  },
  {
    fix: 'no-unreachable-stages',
    found: /^build-tools-in-final$/,
    why: 'with one stage left the tools could have stayed in another',
  },
  {
    fix: 'user-created-but-never-used',
    found: /^DL3066$/,
    why: 'the name gets used, and the file gives it no number',
  },
  {
    fix: 'InvalidDefaultArgInFrom',
    found: /^DL3007$/,
    why: 'the default that BuildKit asks for is the tag latest, the only one that is known to exist',
  },
  {
    fix: 'cuda-tag-removed',
    found: /^python-eol$/,
    why: 'on the newer Ubuntu, or one that is named, the Python is no longer that of the distribution',
  },
  {
    fix: 'UndefinedArgInFrom',
    found: /^InvalidDefaultArgInFrom$/,
    why: 'the ARG is declared, and its value is for the user to give',
  },
  {
    fix: 'NoEmptyContinuation',
    found: /^SC$/,
    why: 'the instruction that was swallowed by the RUN above comes apart from it',
  },
];

/** A finding of hadolint that a fix does not end, as hadolint does not see what it does. */
export interface Unseen {
  readonly fix: string;
  /** What the fixed file says then. */
  readonly text: RegExp;
  readonly why: string;
}

export const unseen: readonly Unseen[] = [
  {
    fix: 'DL3042',
    text: /install .*--no-cache(?!-)/,
    why: 'another install of the same RUN has `--no-cache`, which pip takes for `--no-cache-dir`',
  },
  {
    fix: 'DL3032',
    text: /--mount=type=cache/,
    why: 'it asks for `yum clean all` beside a cache mount as well',
  },
  {
    fix: 'DL3040',
    text: /--mount=type=cache/,
    why: 'it asks for `dnf clean all` beside a cache mount as well',
  },
  {
    fix: 'DL3032',
    text: /yum install[^&]*\byum clean all/,
    why: 'the one file that installs packages with the names yum, clean and all',
  },
  {
    fix: 'DL3025',
    text: /\[.*\\\\\\"/,
    why: 'it takes an array with a quoted quote for text',
  },
];
