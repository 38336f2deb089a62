import type { BuildContext } from '../../facts/build-context.ts';
import { sentFilesOf } from '../../facts/context-sources.ts';
import { ignoringPattern } from '../../facts/faults-elsewhere.ts';
import { projectInstalls } from '../../facts/project-installs.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

const messages = {
  ignored:
    'pyproject.toml names `{file}`, which .dockerignore keeps out of the build, so the project cannot be built in the image. Let it through.',
} as const;

export default defineRule({
  code: 'readme-left-out',
  name: 'readme-left-out',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'project',
  summary: 'A readme or licence that the build backend needs is kept out of the build',
  why: 'A build backend reads the file behind `readme` and those of `license-files` when it makes the wheel. Templates of ignore files list `*.md`, and then `uv sync` or `pip install .` in the image ends with "Readme file does not exist" or the like.',
  messages,
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.13-slim\nCOPY . .\nRUN pip install --no-cache-dir .',
        context: {
          'pyproject.toml': '[project]\nname = "bikes"\nreadme = "README.md"\n',
          'README.md': '# Bikes',
          '.dockerignore': '*.md\n!README.md\n',
        },
      },
      {
        code: 'FROM python:3.13-slim\nCOPY dist/*.whl .\nRUN pip install --no-cache-dir *.whl',
        context: {
          'pyproject.toml': '[project]\nname = "bikes"\nreadme = "README.md"\n',
          'README.md': '',
          '.dockerignore': '*.md\n',
        },
        note: 'the wheel was built outside',
      },
      {
        code: 'FROM python:3.13-slim\nCOPY . .\nRUN uv sync --locked --no-install-project',
        context: {
          'pyproject.toml': '[project]\nname = "bikes"\nreadme = "README.md"\n',
          'README.md': '',
          '.dockerignore': '*.md\n',
        },
      },
    ],
    bad: [
      {
        code: 'FROM python:3.13-slim\nCOPY . .\nRUN ⟦pip⟧ install --no-cache-dir .',
        context: {
          'pyproject.toml': '[project]\nname = "bikes"\nreadme = "README.md"\n',
          'README.md': '# Bikes',
          '.dockerignore': '*.md\n',
        },
      },
      {
        code: 'FROM ghcr.io/astral-sh/uv:python3.13-bookworm\nCOPY . .\nRUN ⟦uv⟧ sync --locked',
        context: {
          'pyproject.toml':
            '[project]\nname = "bikes"\nreadme = { file = "docs/about.rst" }\nlicense-files = ["LICENSE"]\n\n[build-system]\nrequires = ["hatchling"]\n',
          'docs/about.rst': '',
          '.dockerignore': 'docs\n',
        },
      },
    ],
  },
  create() {
    let isReported = false;
    return {
      RUN(run, { facts, report }) {
        const file = isReported ? undefined : lostFile(facts.context);
        if (file === undefined) return;
        // Without a build system uv takes the project for no package, and pip for one of setuptools.
        const isPackage = facts.context?.project?.hasBuildSystem === true;
        const install = projectInstalls(facts, run).find(
          ({ buildsProject, from }) => buildsProject && (isPackage || from === 'source'),
        );
        if (!install?.command.nameWord) return;
        isReported = true;
        const letThrough = (): Fix => ({
          title: `Add !${file} to the ignore file`,
          safety: 'unsafe',
          edits: [],
          ignoreLines: [`!${file}`],
        });
        report(run.at(install.command.nameWord), 'ignored', { file }, letThrough, {
          elsewhere: () => ignoringPattern(facts.context, file),
        });
      },
    };
  },
});

/** A file that the manifest names, and that is there but does not reach the builder. */
function lostFile(context: BuildContext | undefined): string | undefined {
  const { project, files, ignoreFile } = context ?? {};
  if (!context || !project || !files || !ignoreFile) return undefined;
  return [project.readme, ...project.licenseFiles].find(
    (file) =>
      file !== undefined &&
      !/[*?[]/.test(file) &&
      files.files.some(({ path }) => path === file) &&
      sentFilesOf(context, file).length === 0,
  );
}
