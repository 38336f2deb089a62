// What goes wrong between pyproject.toml and a wheel. Wordings: uv 0.13 and course-workflow.md section 1.
import * as l10n from '@vscode/l10n';
import type { Failure, Pattern } from '../runtime/failures.ts';
import { inLine } from '../runtime/sign.ts';

export function noPyproject(): Failure {
  return {
    id: 'no-pyproject',
    message: l10n.t('No pyproject.toml with a [project] table was found.'),
    remedy: l10n.t('Open the folder of a Python package, or make one with "uv init --package".'),
    action: { label: l10n.t('Open Folder'), command: 'vscode.openFolder' },
  };
}

export function projectNotMade(): Failure {
  return {
    id: 'project-not-made',
    message: l10n.t('uv ended without an error, but the folder has no project.'),
    remedy: l10n.t('Look at what uv said in the log.'),
  };
}

export const initPatterns: readonly Pattern[] = [
  {
    // Of uv 0.4 and 0.13.
    id: 'project-there',
    when: [/already initialized in/i, inLine(/cannot initialize a project/i, /already exists/i)],
    say: () => ({
      message: l10n.t('The folder has a pyproject.toml already, and uv leaves it as it is.'),
      remedy: l10n.t('Give it a [project] table, or open an empty folder.'),
    }),
  },
];

export function wheelNotMade(detail: string): Failure {
  return {
    id: 'wheel-not-made',
    message: l10n.t('uv ended without an error, but the wheel is not there ({0}).', detail),
    remedy: l10n.t('Look at the build backend in pyproject.toml and at the log.'),
  };
}

export const wheelPatterns: readonly Pattern[] = [
  {
    id: 'no-pyproject',
    when: [/does not appear to be a Python project/i, /neither .?setup\.py.? nor .?pyproject\.toml/i],
    say: () => noPyproject(),
  },
  {
    id: 'pyproject-invalid',
    when: [
      /TOML parse error at line (\d+)/i,
      inLine(/failed to parse/i, /pyproject\.toml/i),
      /invalid pyproject\.toml/i,
    ],
    say: (match) => ({
      message: match[1]
        ? l10n.t('pyproject.toml cannot be read: there is an error in line {0}.', match[1])
        : l10n.t('pyproject.toml cannot be read.'),
      remedy: l10n.t('Correct the file, then build again.'),
    }),
  },
  {
    id: 'python-missing',
    when: [
      inLine(/failed to download/i, /python-build-standalone/i),
      /no interpreter found for (?:python )?([^\s]+)/i,
      /no download found for/i,
    ],
    say: () => ({
      message: l10n.t(
        'The Python version that the project asks for is not installed, and uv could not fetch it.',
      ),
      remedy: l10n.t('Connect to the network, install that Python, or change requires-python.'),
    }),
  },
  {
    id: 'hashes-missing',
    when: [/require-hashes/i, /hash mismatch for/i, /no hashes (?:were )?provided/i],
    say: () => ({
      message: l10n.t('The build dependencies do not match the hashes of the constraints file.'),
      remedy: l10n.t('Compile the constraints again with "uv pip compile --generate-hashes".'),
    }),
  },
  {
    id: 'index-unreachable',
    when: [
      /failed to fetch:? .?(https?:[^\s`]+)/i,
      /error sending request for url/i,
      /dns error|failed to lookup address/i,
      inLine(/because (\S+) was not found in/i, /the (?:package registry|cache)/i),
      /network connectivity is disabled/i,
    ],
    say: () => ({
      message: l10n.t('uv could not fetch the build backend from the package index.'),
      remedy: l10n.t('Check the network, the proxy and the index in the settings of uv.'),
    }),
  },
  {
    id: 'readme-missing',
    when: [
      inLine(/readme|license/i, /does not exist|not found|no such file/i),
      inLine(/failed to open file /i, /README/i),
    ],
    say: () => ({
      message: l10n.t('A file that pyproject.toml names (readme or license) does not exist.'),
      remedy: l10n.t('Add the file, or remove its line from pyproject.toml.'),
    }),
  },
  {
    id: 'module-missing',
    when: [
      /expected a python module at:? ?(.+)/i,
      /unable to determine which files to ship/i,
      /multiple top-level packages discovered/i,
    ],
    say: () => ({
      message: l10n.t('The build backend did not find the package that the project is named after.'),
      remedy: l10n.t(
        'Put the code under src/ in a folder with the name of the project, or name it in pyproject.toml.',
      ),
    }),
  },
];
