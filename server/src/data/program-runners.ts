/** How a program that starts the program behind it is written, beyond those that every shell user knows. */
export interface Runner {
  /** The word that makes it a runner, as in `uv run`. */
  readonly sub?: string;
  /** Flags that take the next word as their value, without dashes. */
  readonly valueFlags?: readonly string[];
}

const uv = [
  ...['with', 'with-requirements', 'with-editable', 'extra', 'no-extra', 'group', 'only-group', 'no-group'],
  ...['package', 'project', 'directory', 'python', 'p', 'env-file', 'index', 'index-url', 'config-file'],
];
const conda = ['n', 'name', 'p', 'prefix', 'cwd', 'e', 'a', 'attach'];

/**
 * Programs that start the program behind them and hand its words over as they are. Source: the manuals of tini 0.19,
 * dumb-init 1.2, uv 0.9 ("uv run"), Poetry 2, PDM 2, conda 25 and micromamba 2 ("run"), pixi, xvfb-run, ddtrace,
 * OpenTelemetry for Python; NVIDIA's `nvidia_entrypoint.sh` and micromamba's `_entrypoint.sh` end in `exec "$@"`.
 * As known 2026-11.
 */
export const programRunners: Readonly<Record<string, Runner>> = {
  tini: { valueFlags: ['p', 'e'] },
  'tini-static': { valueFlags: ['p', 'e'] },
  'docker-init': { valueFlags: ['p', 'e'] },
  'dumb-init': { valueFlags: ['r', 'rewrite'] },
  catatonit: {},
  uv: { sub: 'run', valueFlags: uv },
  poetry: { sub: 'run', valueFlags: ['C', 'directory', 'P', 'project'] },
  pdm: { sub: 'run', valueFlags: ['p', 'project'] },
  conda: { sub: 'run', valueFlags: conda },
  mamba: { sub: 'run', valueFlags: conda },
  micromamba: { sub: 'run', valueFlags: conda },
  pixi: { sub: 'run', valueFlags: ['e', 'environment', 'manifest-path'] },
  'xvfb-run': { valueFlags: ['n', 's', 'e', 'f', 'p', 'w', 'server-num', 'server-args'] },
  'ddtrace-run': {},
  'opentelemetry-instrument': {},
  'nvidia_entrypoint.sh': {},
  '_entrypoint.sh': {},
};
