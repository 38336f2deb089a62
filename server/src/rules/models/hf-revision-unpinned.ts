import { callIn, inlinePython } from '../../facts/inline-python.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  main: 'This downloads whatever is newest, and the layer cache keeps it until something above changes. Name a commit: `{how}`.',
  variable:
    'This takes the newest files on the day of the build, and later builds reuse that copy from the cache. Write `ARG REVISION=main` above and `{how}` here, and build with `--build-arg REVISION=<commit>`.',
} as const;
type Context = RuleContext<typeof messages>;

const mainUrl = /https:\/\/huggingface\.co\/[\w./-]+?\/resolve\/(main|master)(?=\/)/;
/** Calls that download by the name of a repository. */
const calls = /\b(?:snapshot_download|hf_hub_download)\s*\(/;
/** The shell puts the name of the repository in. */
const givenRepository = /_download\((?:repo_id=)?["']?\$/;

export default defineRule({
  code: 'hf-revision-unpinned',
  name: 'hf-revision-unpinned',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'models',
  dependsOn: 'instruction',
  summary: 'A download from the Hugging Face Hub names no revision',
  why: 'Repositories on the Hub are changed as code is: weights, tokenizers and the code of a model move on `main`. Two builds of one Dockerfile then hold different models, and which one is decided by the age of the layer cache. `--revision` takes a commit, and the address of a file may hold one in place of `main` (huggingface_hub documentation, "Download files from the Hub").',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM python:3.12\nRUN hf download BAAI/bge-small-en-v1.5 --revision 5c38ec7c405e --local-dir /m',
      },
      { code: 'FROM python:3.12\nARG REV\nRUN hf download BAAI/bge-small-en-v1.5 --revision=${REV}' },
      { code: 'FROM python:3.12\nADD https://huggingface.co/a/b/resolve/5c38ec7c405e/model.onnx /m/' },
      {
        code: `FROM python:3.12\nRUN python -c "from huggingface_hub import snapshot_download; snapshot_download('a/b', revision='5c38ec7')"`,
      },
      { code: 'FROM python:3.12\nRUN hf auth whoami && hf --help' },
      { code: 'FROM python:3.12\nRUN hf download --help' },
      {
        code: `FROM python:3.12\nADD --checksum=sha256:${'0'.repeat(64)} https://huggingface.co/a/b/resolve/main/w.onnx /m/`,
      },
    ],
    bad: [
      { code: 'FROM python:3.12\nRUN hf ⟦download⟧ BAAI/bge-small-en-v1.5 --local-dir /m' },
      { code: 'FROM python:3.12\nADD https://huggingface.co/a/b/resolve/⟦main⟧/model.onnx /m/' },
      {
        code: 'FROM python:3.12\nRUN wget -q https://huggingface.co/a/b/resolve/⟦main⟧/model.onnx',
      },
      {
        code: `FROM python:3.12\nRUN python -c "from huggingface_hub import snapshot_download; ⟦snapshot_download⟧('a/b')"`,
      },
    ],
  },
  create: () => ({
    ADD(add, { report }) {
      if (!add.node.text.includes('huggingface.co') || add.node.flags.some(({ name }) => name === 'checksum'))
        return;
      add.node.args.some(({ from, to }) => checkUrl(add, report, from, to));
    },
    RUN(run, { facts, report }) {
      // A sum holds the file to one version.
      if (!/\bhf\b|hugging_?face/i.test(run.node.text) || /sha\d+sum|shasum|md5sum/.test(run.node.text))
        return;
      // One of a RUN says it for all.
      facts.commands(run).some((command) => {
        const isDownload = /^(?:wget|curl|aria2c)$/.test(command.name);
        if (isDownload) return command.args.some(({ from, to }) => checkUrl(run, report, from, to));
        return checkCli(run, command, report) || checkCalls(run, command, report);
      });
    },
  }),
});

function checkUrl({ node, at }: Instruction, report: Context['report'], from: number, to: number): boolean {
  const match = mainUrl.exec(node.text.slice(from, to));
  const branch = match?.[1];
  if (!match || !branch) return false;
  const end = from + match.index + match[0].length;
  report(at({ from: end - branch.length, to: end }), 'main', { how: '…/resolve/<commit>/…' });
  return true;
}

function checkCli(run: Instruction, { name, args }: ShellCommand, report: Context['report']): boolean {
  const [verb] = args;
  if (!/^(?:hf|huggingface-cli)$/.test(name) || verb?.value !== 'download') return false;
  const words = args.slice(1).map(({ value }) => value);
  const isHelp = words.some((word) => /^(?:-h|--help)$/.test(word));
  const namesOne = words.some((word) => !word.startsWith('-'));
  if (isHelp || !namesOne || words.some((word) => /^--revision(?:=|$)/.test(word))) return false;
  const isGiven = words.find((word) => !word.startsWith('-'))?.startsWith('$');
  if (isGiven) report(run.at(verb), 'variable', { how: '--revision "$REVISION"' });
  else report(run.at(verb), 'main', { how: '--revision <commit>' });
  return true;
}

function checkCalls(run: Instruction, command: ShellCommand, report: Context['report']): boolean {
  const code = inlinePython(command);
  const call = code && !/revision|local_files_only/.test(code.value) ? callIn(run, code, calls) : undefined;
  if (code && call && givenRepository.test(code.value))
    report(run.at(call), 'variable', { how: "revision='$REVISION'" });
  else if (call) report(run.at(call), 'main', { how: "revision='<commit>'" });
  return call !== undefined;
}
