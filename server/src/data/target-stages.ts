/**
 * Words in the names of stages that are there to be built with `--target`, not to be taken from.
 * Source: the names of unused stages in 2,100 public Dockerfiles, read 2026-11.
 */
export const targetWords: readonly string[] = [
  ...[
    'test',
    'tests',
    'testing',
    'unittest',
    'check',
    'checks',
    'lint',
    'linter',
    'format',
    'ci',
    'coverage',
  ],
  ...['dev', 'devel', 'develop', 'development', 'devcontainer', 'local', 'debug', 'debugger', 'shell'],
  ...['prod', 'production', 'release', 'final', 'runtime', 'app', 'server', 'worker', 'docs', 'notebook'],
  ...[
    'export',
    'artifact',
    'artifacts',
    'output',
    'dist',
    'all',
    'target',
    'cpu',
    'gpu',
    'cuda',
    'rocm',
    'ec2',
    'sagemaker',
  ],
];
