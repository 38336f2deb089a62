import type { FileFacts } from '../../facts/file-facts.ts';
import { pythonPackages } from '../../facts/python-packages.ts';
import { lineage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';
import type { Instruction } from '../../syntax/tree.ts';

/** What `hf` calls the sub-commands of the old program that it has under another name. */
const renamed: Readonly<Record<string, string>> = {
  login: 'auth login',
  logout: 'auth logout',
  whoami: 'auth whoami',
};

export default defineRule({
  code: 'hf-cli-renamed',
  name: 'hf-cli-renamed',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'models',
  summary: 'huggingface-cli does nothing any more',
  why: 'In the releases 1.x of `huggingface_hub` the program `huggingface-cli` says that it no longer works and ends with exit code 1, and in 2.x it is gone; `hf` has taken its place (both tried with 1.33 and 2.4 in November 2026). A build that installs the package without a version below 1 stops there. Silent where such a version is named.',
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
        report(run.at(word), 'renamed', { use: use(command, name) }, () => ({
          title: 'Use hf',
          safety: 'unsafe',
          edits: [
            { span: run.at(word), text: 'hf' },
            ...(verb && name ? [{ span: run.at(verb), text: name }] : []),
          ],
        }));
      }
    },
  }),
});

const use = ({ args }: ShellCommand, name: string | undefined) =>
  `hf ${name ?? args[0]?.value ?? 'download'} …`;

/** Whether the file installs a `huggingface_hub` that may be 1.0 or later, and nothing that decides otherwise. */
function isNew(facts: FileFacts, run: Instruction): boolean {
  const stage = facts.stageOf(run);
  const before = (stage ? lineage(stage) : []).flatMap((one) =>
    (one.byKeyword.get('RUN') ?? []).filter((it) => it.index < run.index),
  );
  const named = [...before, run].flatMap((it) => pythonPackages(facts, it));
  const hub = named.filter(({ name }) => name === 'huggingface-hub');
  // transformers and others decide over the version as well.
  const isAlone = named.every(
    ({ name }) => !/^(?:transformers|diffusers|datasets|sentence-transformers|vllm|tokenizers)$/.test(name),
  );
  return (
    hub.length > 0 &&
    hub.every(({ specifier }) => specifier === '' || /^(?:>=?|==|~=)[1-9]/.test(specifier)) &&
    isAlone
  );
}
