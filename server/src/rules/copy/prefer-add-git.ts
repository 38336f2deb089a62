import type { FileFacts } from '../../facts/file-facts.ts';
import { addableClone, type GitClone } from '../../facts/git-clones.ts';
import { replaceRun } from '../../facts/run-edits.ts';
import { variablesAt } from '../../facts/scope.ts';
import { stageSays } from '../../facts/stage-text.ts';
import { runsAsRoot } from '../../facts/users.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';

export default defineRule({
  code: 'prefer-add-git',
  name: 'prefer-add-git',
  aliases: ['tally/prefer-add-git'],
  since: '0.2.0',
  severity: 'info',
  recommended: { level: 'hint', because: 'It proposes another way to do the same.' },
  family: 'copy',
  summary: 'A RUN clones a repository that ADD could fetch',
  why: 'Docker takes `RUN git clone` from its cache as long as the line is the same, however much the branch has moved; ADD asks for the newest commit in each build and fetches it anew when it changed. git need not be in the image either, and `.git` with the whole history stays out (Dockerfile reference, "Adding files from a Git repository"; BuildKit, syntax 1.1). The rule is silent where the RUN removes the clone again, and where git needs a login or has more to do with it.',
  messages: {
    clone:
      'This takes whatever commit is newest when the layer is built, so the next build may differ. Name one: write `ADD {flag}{url}#<commit> {folder}` above in place of the clone.',
    pinned:
      'This clone needs git in the image, and the cache keeps it even where `{ref}` has moved. Write `ADD {flag}{url}#{ref} {folder}` in its place.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.12\nADD https://github.com/ultralytics/yolov5.git#v7.0 /yolov5' },
      { code: 'FROM python:3.12\nRUN git clone https://github.com/a/b && make -C b install && rm -rf b' },
      { code: 'FROM python:3.12\nRUN git clone https://$TOKEN@github.com/a/b' },
      {
        code: 'FROM python:3.12\nRUN --mount=type=secret,id=netrc,target=/root/.netrc git clone https://github.com/a/b',
      },
      { code: 'FROM python:3.12\nRUN git clone https://github.com/a/b && cd b && git apply /x.patch' },
    ],
    bad: [
      {
        code: 'FROM python:3.12\nWORKDIR /app\nRUN git ⟦clone⟧ --depth 1 -b v7.0 https://github.com/ultralytics/yolov5',
        fixed: 'FROM python:3.12\nWORKDIR /app\nADD https://github.com/ultralytics/yolov5.git#v7.0 yolov5',
      },
      {
        code: 'FROM python:3.12\nRUN git ⟦clone⟧ -b v0.11.0 --depth 1 https://github.com/vllm-project/vllm.git /opt/vllm\nRUN pip install -e /opt/vllm',
        fixed:
          'FROM python:3.12\nADD --keep-git-dir=true https://github.com/vllm-project/vllm.git#v0.11.0 /opt/vllm\nRUN pip install -e /opt/vllm',
        note: 'setuptools-scm asks git for the version',
      },
      {
        code: 'FROM python:3.12\nARG REF=main\nRUN git ⟦clone⟧ --branch ${REF} "https://github.com/a/b.git" /src',
        fixed: 'FROM python:3.12\nARG REF=main\nADD https://github.com/a/b.git#${REF} /src',
      },
      {
        code: 'FROM python:3.12\nRUN git ⟦clone⟧ https://github.com/a/b && pip install ./b',
        note: 'more than the clone is in the RUN, so it is not rewritten',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const first = addableClone(facts, run);
      if (!first) return;
      const fix = () => (facts.commands(run).length === 1 ? useAdd(facts, run, first) : undefined);
      const { address: url, ref, folder } = first;
      const data = { url, folder, flag: keepFlag(facts, run) };
      if (ref === undefined) report(run.at(first.verb), 'clone', data, fix);
      else report(run.at(first.verb), 'pinned', { ...data, ref: ref.replace(/\$\{(\w+)\}/, '$$$1') }, fix);
    },
  }),
});

/** Builds of Python packages, and what else may ask git for a version, read `.git`. */
const readsGit =
  /\bpip[\d.]*\s+(?:install|wheel)|\bpython[\d.]*\s+-m\s+build|setup\.py|setuptools|\bmake\b|\bgit\s+(?:-C|describe|rev-parse|log|submodule|lfs|checkout)\b/;

/** What has ADD keep `.git`, where something in the stage may read it. */
function keepFlag(facts: FileFacts, run: Instruction): string {
  const stage = facts.stageOf(run);
  return stage && stageSays(stage, readsGit) ? '--keep-git-dir=true ' : '';
}

function useAdd(facts: FileFacts, run: Instruction<Run>, clone: GitClone): Fix | undefined {
  const stage = facts.stageOf(run);
  const { address, ref, folder, isPlain } = clone;
  if (!stage || !isPlain) return undefined;
  const text = `${keepFlag(facts, run)}${address}${ref === undefined ? '' : `#${ref}`} ${folder}`;
  const known = variablesAt(facts.file, stage, run);
  const names = [...text.matchAll(/\$\{?(\w+)\}?/g)].map(([, name]) => name as string);
  const isReadable = names.every((name) => known.has(name)) && !/[~"'`*?\\]|\$\(/.test(text);
  if (!isReadable || !runsAsRoot(facts.file, stage, run)) return undefined;
  const edit = replaceRun(facts, run, 'ADD', text);
  return edit && { title: 'Fetch it with ADD', safety: 'unsafe', edits: [edit] };
}
