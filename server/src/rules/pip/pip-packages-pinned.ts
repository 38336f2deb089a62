import { readPipInstall, readPipTargets } from '../../facts/pip.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3013',
  name: 'pip-packages-pinned',
  aliases: [],
  since: '0.1.0',
  severity: 'warning',
  family: 'pip',
  summary: 'pip installs packages without a version',
  why: 'pip takes the newest release of the day, so a rebuild may install another numpy or torch than the image that was tested, and torch alone decides which CUDA comes along. A version, a constraints file or a requirements file says what was meant. Repositories count as pinned when they name a tag or commit. Words that hold a variable, local paths and archives are left alone.',
  messages: {
    unpinned:
      '`{name}` has no version, so a rebuild may install another one. Write `{name}==<version>`, or use a requirements file.',
    branch: '`{name}` is whatever the default branch holds. Append `@` and a tag or commit.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12\nRUN pip install torch==2.7.1 "numpy>=2,<3"' },
      { code: 'FROM python:3.12\nRUN pip install -r requirements.txt' },
      { code: 'FROM python:3.12\nRUN pip install -c constraints.txt torch' },
      { code: 'FROM python:3.12\nRUN pip install . && pip install ".[serve]" && pip install -e ./lib' },
      {
        code: 'FROM python:3.12\nRUN pip install --default-timeout 100 --index-url https://pypi.example.org/simple torch==2.7.1',
      },
      {
        code: 'FROM python:3.12\nRUN pip install $PACKAGES "torch${TORCH_VERSION}"',
        note: 'variables may hold the version',
      },
      {
        code: 'FROM python:3.12\nRUN pip install git+https://github.com/huggingface/peft@v0.15.2 dist/app-1.0-py3-none-any.whl',
      },
      { code: 'FROM python:3.12\nRUN uv pip install torch', note: 'not pip' },
    ],
    bad: [
      { code: 'FROM python:3.12\nRUN pip install --no-cache-dir ⟦torch⟧' },
      {
        code: 'FROM python:3.12\nRUN python3 -m pip install -U \\\n    numpy==2.1.0 \\\n    ⟦"transformers[torch]"⟧ \\\n    accelerate',
        note: 'one finding for each command, on its first unpinned package',
      },
      { code: 'FROM python:3.12\nRUN pip install ⟦git+ssh://git@github.com/team/model.git⟧' },
      {
        code: 'FROM python:3.12\nRUN pip install -r a.txt && pip3 install ⟦wheel⟧ && pip install ⟦torch⟧ > /log',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      for (const command of facts.commands(run)) {
        const install = readPipInstall(command);
        if (!install) continue;
        const { packages, requirementFiles, constraintFiles } = readPipTargets(install.args);
        if (requirementFiles.length > 0 || constraintFiles.length > 0) continue;
        if (packages.some(({ value }) => value === '.')) continue;
        const unpinned = packages.find(({ value }) => !isPinned(value));
        if (!unpinned) continue;
        const name = unpinned.value.replace(/^(\w+\+\w+:\/\/).*\/(?=[^/]+$)/, '$1…/');
        report(run.at(unpinned), unpinned.value.includes('://') ? 'branch' : 'unpinned', { name });
      }
    },
  }),
});

function isPinned(word: string): boolean {
  // `git+ssh://git@host/repo@ref`: only an `@` behind the host names a version.
  const repository = /^(?:.*@\s*)?(?:git|hg|svn|bzr)\+[^:]+:\/\/[^/]*(\/.*)$/.exec(word)?.[1];
  if (repository !== undefined) return /@|\$/.test(repository);
  return /[=<>~$/]|^\.|^-$|\.(?:whl|zip|tar\.gz)$/.test(word);
}
