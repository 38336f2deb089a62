import { pipArgs, readPipTargets } from '../../facts/pip.ts';
import { placeIn } from '../../facts/word-places.ts';
import { defineRule } from '../../lint/rule.ts';

/** `git+https://host/path@ref#fragment`, with or without `name @` before it and a user before the host. */
const repository = /(?:^|@\s*)git\+[a-z]+:\/\/[^/]+\/([^@#$\s]+)(?:@([^#]*))?(?:#.*)?$/s;
/** Names that stand for whatever was written last. */
const branches = /^(?:refs\/heads\/.+|(?:origin\/)?(?:main|master|develop|dev|trunk|HEAD))$/;

export default defineRule({
  code: 'pip-git-unpinned',
  name: 'pip-git-unpinned',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'reproducibility',
  dependsOn: 'instruction',
  summary: 'A package is installed from a branch of its repository',
  why: 'pip and uv install what the branch holds on the day of the build, and the cache of Docker keeps that for as long as the line stays the same, so the change shows in some later build on another machine (pip documentation, "VCS Support"). A commit never changes; a tag hardly does. Where pip gets a repository without any name behind it, DL3013 says so; this rule finds the branches that are named, the editable ones, those beside a requirements file, and those of uv.',
  messages: {
    none: 'This installs whatever the default branch of `{name}` holds. Append `@` and a tag or commit, unless the newest is what the image is for.',
    fragment:
      'This installs whatever the default branch of `{name}` holds. Write `@` and a tag or commit before the `#`, unless the newest is what the image is for.',
    branch:
      '`{ref}` is a branch of `{name}`, so a rebuild may install other code. Put a tag or commit in its place, unless the newest is what the image is for.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install git+https://github.com/huggingface/transformers@v4.57.3',
      },
      {
        code: 'FROM python:3.12-slim\nRUN uv pip install --system git+https://github.com/huggingface/peft@1f2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d#egg=peft',
      },
      {
        code: 'FROM python:3.12-slim\nARG REF=main\nRUN uv pip install --system "git+https://github.com/huggingface/peft@${REF}"',
        note: 'an ARG is there to be set',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install git+https://github.com/huggingface/transformers',
        note: 'DL3013 reports it',
      },
      { code: 'FROM python:3.12-slim\nRUN git clone https://github.com/huggingface/peft@main' },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN pip install ⟦git+https://github.com/huggingface/peft@main⟧ torch==2.9.0',
      },
      {
        code: 'FROM python:3.12-slim\nRUN uv pip install --system "⟦diffusers[torch] @ git+https://github.com/huggingface/diffusers.git⟧"',
      },
      {
        code: 'FROM python:3.12-slim\nRUN pip install -r requirements.txt -e ⟦git+ssh://git@github.com/team/model.git#egg=model⟧',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!run.node.text.includes('git+')) return;
      for (const command of facts.commands(run)) {
        const args = pipArgs(command);
        if (!args) continue;
        const targets = readPipTargets(args);
        // The installs whose packages DL3013 looks at.
        const isWatched =
          command.name !== 'uv' &&
          targets.requirementFiles.length + targets.constraintFiles.length === 0 &&
          !targets.packages.some(({ value }) => value === '.');
        for (const word of args) {
          const match = repository.exec(word.value.replace(/^(?:-e|--editable=)/, ''));
          if (!match) continue;
          const [, path = '', ref] = match;
          const name = path
            .replace(/\/$/, '')
            .replace(/\.git$/, '')
            .replace(/^.*\//, '');
          const span = run.at(placeIn(word));
          if (ref !== undefined) {
            if (branches.test(ref)) report(span, 'branch', { ref, name });
          } else if (!isWatched || !targets.packages.includes(word))
            report(span, word.value.includes('#') ? 'fragment' : 'none', { name });
        }
      }
    },
  }),
});
