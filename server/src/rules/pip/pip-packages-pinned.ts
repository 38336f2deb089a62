import { firstUnpinned, pinOptions } from '../../facts/package-installs.ts';
import { pinMessage, pinMessages } from '../../facts/pin-messages.ts';
import { readPipInstall, readPipTargets, readPipWords } from '../../facts/pip.ts';
import { readUv } from '../../facts/uv.ts';
import { readUvTargets } from '../../facts/uv-targets.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';

export default defineRule({
  code: 'DL3013',
  name: 'pip-packages-pinned',
  aliases: [],
  since: '0.1.0',
  severity: 'warning',
  recommended: {
    level: 'hint',
    because:
      '31 of the 41 repositories in which it finds something silence it. What changes an ML image most, the frameworks, has rules of its own, such as `torch-unpinned`.',
  },
  family: 'pip',
  summary: 'pip or uv installs packages without a version',
  why: 'pip and uv take the newest release of the day, so a rebuild may install another numpy or torch than the image that was tested, and torch alone decides which CUDA comes along. A version, a constraints file or a requirements file says what was meant. Repositories count as pinned when they name a tag or commit. Words that hold a variable without a value in the file, local paths and archives are left alone.',
  messages: {
    ...pinMessages('=='),
    named:
      '`{name}` has no version, so a rebuild may install another one. Write `{name}==<version>`, or use a requirements file.',
    branch: '`{name}` is whatever the default branch holds. Write `@` and a tag or commit after its address.',
  },
  options: {
    ...pinOptions('FROM python:3.12\nRUN pip install $PACKAGES\n', 'hadolint#1175'),
    everyFlag: {
      default: true,
      description:
        'Know every flag of pip and pipx that takes a value, also in one word with others: `-Ur a.txt`.',
      hadolint: {
        value: false,
        reason:
          'hadolint knows the values of about half of the flags of pip and takes the others for packages: the `100` of `--timeout 100`, the file of `-Ur requirements.txt`.',
        issue: 'hadolint#1067',
        example: 'FROM python:3.12\nRUN pip install --timeout 100 torch==2.7.1\n',
      },
    },
    localPaths: {
      default: true,
      description:
        'Leave `..`, `.[extra]` and archives such as `app.zip` alone, as they come from the build itself.',
      hadolint: {
        value: false,
        reason:
          'Code of the project has no version to write: `.[serve]` installs the same folder as `.`, which hadolint accepts.',
        example: 'FROM python:3.12\nRUN pip install ".[serve]"\n',
      },
    },
    everyRepository: {
      default: true,
      description: 'Ask for a tag or commit behind the host of a repository, also in `name @ git+https://…`.',
      hadolint: {
        value: false,
        reason:
          'The `@` of `git+ssh://git@host/repo` names a user and the one of `name @ git+https://host/repo` belongs to the name; hadolint takes both for a version, and pip installs what the branch holds that day.',
        example: 'FROM python:3.12\nRUN pip install git+ssh://git@github.com/team/model.git\n',
      },
    },
    uv: {
      default: true,
      description: 'Judge `uv pip install`, `uv add` and `uv tool install` like `pip install`.',
      hadolint: {
        value: false,
        reason: 'uv takes the newest release of the day as pip does; hadolint does not look at it.',
        example: 'FROM python:3.12\nRUN uv pip install --system torch\n',
      },
    },
  },
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12\nRUN pip install torch==2.7.1 "numpy>=2,<3"' },
      { code: 'FROM python:3.12\nRUN pip install -r requirements.txt && pip3 install -Ur more.txt' },
      { code: 'FROM python:3.12\nRUN pip install -c constraints.txt torch' },
      { code: 'FROM python:3.12\nRUN pip install . && pip install ".[serve]" && pip install -e ./lib' },
      {
        code: 'FROM python:3.12\nRUN pip install --default-timeout 100 --index-url https://pypi.example.org/simple torch==2.7.1',
      },
      {
        code: 'FROM python:3.12\nRUN pipx install --python "$(which python3)" --backend uv "poetry==1.8.5"',
      },
      {
        code: 'FROM python:3.12\nRUN pip install $PACKAGES "torch${TORCH_VERSION}"',
        note: 'variables may hold the version',
      },
      { code: 'FROM python:3.12\nARG TORCH="torch==2.7.1 torchvision==0.22.1"\nRUN pip install $TORCH' },
      {
        code: 'FROM python:3.12\nRUN pip install git+https://github.com/huggingface/peft@v0.15.2 dist/app-1.0-py3-none-any.whl',
      },
      { code: 'FROM python:3.12\nRUN uv pip install torch', options: { uv: false } },
      {
        code: 'FROM python:3.12\nRUN uv pip install --system -r pyproject.toml && uv pip install -e . && uv pip sync requirements.txt && uv sync --locked && uv tool install ruff@0.14.2 && uv add --tag v0.15.2 git+https://github.com/huggingface/peft',
      },
      {
        code: 'FROM python:3.12\nENV UV_EXCLUDE_NEWER=2026-10-01\nRUN uv pip install --system torch',
        note: 'the newest release of a day that is named',
      },
      { code: 'FROM python:3.12\nRUN pip install app-1.0-py3-none-any.whl[serve]', note: 'its name says it' },
      {
        code: 'FROM python:3.12\nRUN pip install git+ssh://git@github.com/team/model.git',
        options: { everyRepository: false },
        note: 'with `everyRepository: false`',
      },
    ],
    bad: [
      { code: 'FROM python:3.12\nRUN pip install --no-cache-dir ⟦torch⟧' },
      {
        code: 'FROM python:3.12\nRUN python3 -m pip install -U \\\n    numpy==2.1.0 \\\n    ⟦"transformers[torch]"⟧ \\\n    accelerate',
        note: 'one finding for each command, on its first unpinned package',
      },
      { code: 'FROM python:3.12\nRUN pip install ⟦git+ssh://git@github.com/team/model.git⟧' },
      { code: 'FROM python:3.12\nRUN pip install ⟦"peft @ git+https://github.com/huggingface/peft"⟧' },
      {
        code: 'FROM python:3.12\nRUN pip install -r a.txt && pip3 install ⟦wheel⟧ && pip install ⟦torch⟧ > /log',
      },
      {
        code: 'FROM python:3.12\nRUN uv pip install --system --torch-backend cu128 numpy==2.1.0 ⟦torch⟧\nRUN uv --no-cache tool install --with pytest ⟦ruff@latest⟧\nRUN uv add --optional serve ⟦fastapi⟧',
      },
      { code: 'FROM python:3.12\nARG PACKAGES="torch numpy"\nRUN pip install ⟦$PACKAGES⟧' },
      {
        code: 'FROM python:3.12\nRUN pip install ⟦$PACKAGES⟧',
        options: { resolveVariables: false },
        note: 'with `resolveVariables: false`',
      },
      {
        code: 'FROM python:3.12\nRUN pip install --timeout ⟦100⟧ torch==2.7.1',
        options: { everyFlag: false },
        note: 'with `everyFlag: false`',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      for (const command of facts.commands(run)) {
        const uv = options.uv ? readUv(command) : undefined;
        const targets = uv ? readUvTargets(facts.stageOf(run), uv) : pipTargets(command, options);
        if (!targets) continue;
        if (targets.requirementFiles.length > 0 || targets.constraintFiles.length > 0) continue;
        if (targets.packages.some(({ value }) => value === '.')) continue;
        const isPinned = (word: string) => {
          // hadolint reads a substitution of one command like other text, and nothing of one with a pipe or backticks.
          const name = withoutPipes(word);
          if (uv && atVersion.test(name)) return true;
          const repository = options.everyRepository ? namesVersion(name) : hasAt(name);
          return repository ?? (hasVersion.test(name) || (options.localPaths && isLocal.test(name)));
        };
        const suspects = targets.packages.filter(({ value }) => !isPinned(value));
        const unpinned = firstUnpinned(facts, run, suspects, isPinned, options);
        if (!unpinned) continue;
        const name = unpinned.value.replace(/^(\w+\+\w+:\/\/).*\/(?=[^/]+$)/, '$1…/').replace(/@latest$/, '');
        const isPip = !uv || uv.verb === 'pip install';
        const message = unpinned.value.includes('://') ? 'branch' : isPip ? 'named' : 'unpinned';
        const { id, data } = pinMessage(facts, run, unpinned, isPinned);
        if (id === 'listed' || id === 'unseen') report(run.at(unpinned), id, data);
        else report(run.at(unpinned), message, { name });
      }
    },
  }),
});

function pipTargets(command: ShellCommand, { everyFlag }: { readonly everyFlag: boolean }) {
  const install = readPipInstall(command);
  return install && (everyFlag ? readPipTargets(install.args) : readPipWords(install));
}

/** `ruff@0.14.2`, as `uv tool install` and `uv add` take it. */
const atVersion = /^[\w.-]+(?:\[[^\]]*\])?@\d/;

/** A word with its first substitution of a pipe or list, or in backticks, as one of nothing. */
function withoutPipes(word: string): string {
  const tick = word.indexOf('`');
  const isTicked = tick >= 0 && word.indexOf('`', tick + 1) > 0;
  for (let at = word.indexOf('$('); at >= 0; ) {
    if (isTicked && tick < at) break;
    const close = word.indexOf(')', at);
    if (close < 0) break;
    if (/[|;&]/.test(word.slice(at, close)))
      return `${word.slice(0, at)}$()${word.slice(word.lastIndexOf(')') + 1)}`;
    at = word.indexOf('$(', close);
  }
  return isTicked ? `${word.slice(0, tick)}$()${word.slice(word.lastIndexOf('`') + 1)}` : word;
}

const hasVersion = /[=!~]=|[<>]|\/|\.(?:whl|tar\.gz)$/;
const isLocal = /^(?:\.\.?|\{\})(?:\[.*\])?$|\.(?:whl|zip|tgz|tar\.\w+)(?:\[[^\][]*\])?$/;

/** Whether a repository names a version: an `@` behind its host. Undefined where it is none. */
function namesVersion(name: string): boolean | undefined {
  const path = /(?:^|@\s*)(?:(?:git|hg|svn|bzr)\+[^:@]+|git):\/\/[^/]*(\/.*)/s.exec(name)?.[1];
  return path?.includes('@');
}

/** The same as hadolint sees it: any `@`. */
const hasAt = (name: string) =>
  /^(?:(?:git|hg|svn|bzr)\+|git:\/\/)/.test(name) ? name.includes('@') : undefined;
