import { addableClone } from '../../facts/git-clones.ts';
import type { Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell.ts';
import { inOrder } from '../../text/in-order.ts';
import { trimEnd } from '../../text/trim.ts';

export default defineRule({
  code: 'source-clone-unpinned',
  name: 'source-clone-unpinned',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'reproducibility',
  summary: 'A repository is cloned without a tag or commit',
  why: 'The clone holds whatever its default branch holds on the day of the build, and Docker’s cache keeps that day’s code for as long as the line stays the same; on another machine the same Dockerfile gives another image. `git clone --branch` takes a tag (git-clone(1)), and `git checkout` any commit. Silent where something is checked out behind the clone, in its RUN or a later one of the stage, where a variable may hold the branch, and where ADD could fetch the repository, which prefer-add-git says.',
  messages: {
    unpinned:
      'This clones whatever the default branch of `{name}` holds on the day of the build. Add `--branch` with a tag, or check out a commit, unless the newest is what the image is for.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM python:3.12-slim\nADD --keep-git-dir=false https://github.com/ultralytics/yolov5.git#v7.0 /y',
      },
      {
        code: 'FROM python:3.12-slim\nRUN git clone --depth 1 -b v7.0 https://github.com/ultralytics/yolov5 /y && rm -rf /y/.git',
      },
      {
        code: 'FROM python:3.12-slim\nRUN git clone https://github.com/a/b && cd b && git checkout 46b73de && make',
      },
      {
        code: 'FROM python:3.12-slim\nRUN git clone git@github.com:a/b.git\nWORKDIR b\nRUN git checkout v2 && make',
      },
      { code: 'FROM python:3.12-slim\nARG REF\nRUN git clone $REF git@github.com:a/b.git' },
      {
        code: 'FROM python:3.12-slim\nRUN git clone https://github.com/a/b /b',
        note: 'prefer-add-git says it',
      },
      { code: 'FROM python:3.12-slim\nRUN --mount=target=/src git clone /src /b && rm -rf /b/.git' },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN git ⟦clone⟧ --depth=1 https://github.com/a/b && make -C b install && rm -rf b',
      },
      { code: 'FROM python:3.12-slim\nRUN git ⟦clone⟧ --recursive git@github.com:team/model.git /m' },
      {
        code: 'FROM python:3.12-slim\nRUN git clone -b v1 https://github.com/a/b && git -c http.sslVerify=false ⟦clone⟧ "https://github.com/a/c" && rm -rf b/.git',
      },
    ],
  },
  create: () => {
    const lastCheckouts = new Map<Stage, number>();
    return {
      RUN(run, { facts, report }) {
        if (!/\bclone\b/.test(run.node.text)) return;
        const addable = addableClone(facts, run);
        if (addable && addable.ref === undefined) return;
        const stage = facts.stageOf(run);
        const commands = facts.commands(run);
        const at = commands.findIndex((command) => unpinnedClone(command) !== undefined);
        const clone = commands[at] && unpinnedClone(commands[at]);
        if (!stage || !clone || commands.slice(at).some(({ name, args }) => name === 'git' && moves(args)))
          return;
        let last = lastCheckouts.get(stage);
        if (last === undefined) {
          last = stage.instructions.findLast(({ node }) => checksOut(node.text))?.index ?? -1;
          lastCheckouts.set(stage, last);
        }
        if (last <= run.index) report(run.at(clone.verb), 'unpinned', { name: clone.name });
      },
    };
  },
});

const checksOut = (text: string) =>
  inOrder(text, /[&;|\n]/, /\bgit\b/, /\s(?:checkout|switch|reset|fetch|pull|worktree|bisect)\b/);
const moves = (args: readonly ShellWord[]) =>
  args.some(({ value }) => /^(?:checkout|switch|reset|fetch|pull|worktree)$/.test(value));

/** The word `clone` and the repository of a clone from elsewhere that names no branch, tag or commit. */
function unpinnedClone({ name, args }: ShellCommand): { verb: ShellWord; name: string } | undefined {
  if (name !== 'git') return undefined;
  const at = args.findIndex(
    ({ value }, i) => !value.startsWith('-') && !/^-[cC]$/.test(args[i - 1]?.value ?? ''),
  );
  const verb = args[at];
  if (verb?.value !== 'clone') return undefined;
  const words = args.slice(at + 1).map(({ value }) => value);
  const isOpen = (word: string) =>
    /^(?:-b|--branch|--revision|--mirror|--bare)|^-(?:n|-no-checkout)$|^[$`]/.test(word);
  const url = words.find((word) => /^(?:(?:https?|git|ssh):\/\/|\w+@[\w.-]+:)/.test(word));
  if (url === undefined || words.some(isOpen)) return undefined;
  const repository = trimEnd(url, /\//)
    .replace(/\.git$/, '')
    .replace(/^.*[/:]/, '');
  return /[$`]/.test(repository) ? undefined : { verb, name: repository };
}
