import { basePython } from '../../facts/base-python.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { pythonPackages } from '../../facts/python-packages.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

/** The sub-commands that `hf` has as well, and what it calls them. */
const renamed: Readonly<Record<string, string>> = {
  download: 'download',
  upload: 'upload',
  login: 'auth login',
  logout: 'auth logout',
  whoami: 'auth whoami',
};
/** Options of the old program that `hf` refuses. */
const dropped = /^--(?:local-dir-use-symlinks|resume-download)(?:=|$)/;

export default defineRule({
  code: 'hf-cli-renamed',
  name: 'hf-cli-renamed',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'models',
  summary: 'huggingface-cli does nothing any more',
  why: 'From release 1.0 of `huggingface_hub` on the program `huggingface-cli` is gone, or says that it no longer works and ends with exit code 1; `hf` has taken its place (tried with 0.36, 1.0, 1.5, 1.33, 2.0 and 2.4 in November 2026). A build that installs the package without a version below 1 stops there. Silent where something else decides over the version: other packages, files of requirements and constraints, and a Python before 3.9, for which 0.36 is the newest.',
  messages: {
    renamed: '`huggingface-cli` is replaced by `hf`, and ends with an error in new releases. Write `{use}`.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.12\nRUN hf download gpt2 --revision 607a30d' },
      {
        code: 'FROM python:3.12\nRUN pip install --no-cache-dir huggingface_hub==0.36.0 && huggingface-cli download gpt2',
      },
      {
        code: 'FROM python:3.12\nRUN pip install "huggingface_hub[cli]<1"\nRUN huggingface-cli download gpt2',
      },
      {
        code: 'FROM python:3.12\nRUN pip install transformers==4.57.3\nRUN huggingface-cli download gpt2',
        note: 'its releases 4.x ask for huggingface_hub below 1',
      },
      {
        code: 'FROM python:3.12\nRUN pip install -r requirements.txt\nRUN huggingface-cli download gpt2',
        note: 'which version the file asks for is not known',
      },
      { code: 'FROM team/base:1\nRUN huggingface-cli download gpt2', note: 'the base may have an older one' },
      { code: 'FROM python:3.8\nRUN pip install huggingface_hub && huggingface-cli download gpt2' },
      { code: 'FROM python:3.12\nRUN pip install -c c.txt huggingface_hub && huggingface-cli download gpt2' },
      {
        code: 'FROM python:3.12\nRUN pip install huggingface_hub && huggingface-cli scan-cache',
        note: 'hf has no such command',
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12\nRUN pip install huggingface_hub && ⟦huggingface-cli⟧ download gpt2',
        fixed: 'FROM python:3.12\nRUN pip install huggingface_hub && hf download gpt2',
      },
      {
        code: 'FROM python:3.12\nRUN uv pip install --system "huggingface-hub[cli]>=1.2"\nRUN ⟦huggingface-cli⟧ whoami',
        fixed:
          'FROM python:3.12\nRUN uv pip install --system "huggingface-hub[cli]>=1.2"\nRUN hf auth whoami',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!run.node.text.includes('huggingface-cli')) return;
      for (const command of facts.commands(run)) {
        const word = command.nameWord;
        if (command.name !== 'huggingface-cli' || !word || !isNew(facts, run)) continue;
        const verb = command.args[0];
        const name = verb && (Object.hasOwn(renamed, verb.value) ? renamed[verb.value] : undefined);
        if (!verb || !name) continue;
        const isRefused = command.args.some(({ value }) => dropped.test(value));
        const fix = (): Fix => ({
          title: 'Use hf',
          safety: 'unsafe',
          edits: [
            { span: run.at(word), text: 'hf' },
            { span: run.at(verb), text: name },
          ],
        });
        report(run.at(word), 'renamed', { use: `hf ${name} …` }, isRefused ? undefined : fix);
      }
    },
  }),
});

/** Whether the file installs a `huggingface_hub` that may be 1.0 or later, and nothing that decides otherwise. */
function isNew(facts: FileFacts, run: Instruction): boolean {
  const stage = facts.stageOf(run);
  const python = stage && basePython(stage);
  if (python && python.minor < 9) return false;
  const runs = stage ? lineage(stage).map((one) => hubOf(facts, one)) : [readHub(facts, [run])];
  return (
    runs.some(({ installed }) => installed <= run.index) && runs.every(({ decided }) => decided > run.index)
  );
}

/** The first RUNs of a stage that install a `huggingface_hub`, and that decide over its version. */
interface Hub {
  readonly installed: number;
  readonly decided: number;
}

const known = new WeakMap<Stage, Hub>();
function hubOf(facts: FileFacts, stage: Stage): Hub {
  const hub = known.get(stage) ?? readHub(facts, stage.byKeyword.get('RUN') ?? []);
  known.set(stage, hub);
  return hub;
}

function readHub(facts: FileFacts, runs: readonly Instruction[]): Hub {
  const isHub = ({ name }: { name: string }) => name === 'huggingface-hub';
  const first = (holds: (run: Instruction) => boolean) => runs.find(holds)?.index ?? Number.POSITIVE_INFINITY;
  return {
    installed: first((run) => pythonPackages(facts, run).some(isHub)),
    decided: first(
      (run) =>
        decides.test(run.node.text) ||
        pythonPackages(facts, run).some((one) =>
          isHub(one) ? !mayBeNew.test(one.specifier) : isOver.test(one.name),
        ),
    ),
  };
}

const decides = /(?:-r|-c|--requirements?|--constraints?)[ =]|\.txt/;
const mayBeNew = /^(?:$|(?:>=?|==|~=)[1-9])/;
/** These decide over the version as well. */
const isOver = /^(?:transformers|diffusers|datasets|sentence-transformers|vllm|tokenizers)$/;
