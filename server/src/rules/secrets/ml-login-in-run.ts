import { isInMount } from '../../facts/mounts.ts';
import { secretValues } from '../../facts/secret-values.ts';
import { shippedStage } from '../../facts/shipped-stages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';
import { inOrder } from '../../text/in-order.ts';

/** Where each program keeps the token that it was given. */
const stores = { hf: '~/.cache/huggingface/token', wandb: '~/.netrc' } as const;

export default defineRule({
  code: 'ml-login-in-run',
  name: 'ml-login-in-run',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'secrets',
  summary: 'A login of Hugging Face or Weights & Biases writes its token into the image',
  why: '`hf auth login` writes the token to `~/.cache/huggingface/token` and `wandb login` writes it to `~/.netrc`; both files stay in the layer, also where the token came from a secret mount, and `docker history` shows the command line with the value of an ARG in it. The download itself needs no login: `RUN --mount=type=secret,id=hf,env=HF_TOKEN hf download …` reads the variable and keeps nothing. A token that stands in the file itself is found by `secret-value`.',
  messages: {
    login:
      'This login keeps the token in the image, at `{file}`. Delete it, and give the token to the container with `docker run --env {variable}`, or to a RUN that downloads by `--mount=type=secret,id={variable},env={variable}`.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12\nRUN --mount=type=secret,id=hf,env=HF_TOKEN hf auth whoami' },
      {
        code: 'FROM python:3.12\nRUN --mount=type=secret,id=hf,env=HF_TOKEN hf download a/b --revision 5c38ec7',
      },
      { code: 'FROM python:3.12\nRUN hf auth login --token $T && hf download a/b && hf auth logout' },
      { code: 'FROM python:3.12\nRUN wandb login --help; wandb offline' },
      {
        code: 'FROM python:3.12 AS fetch\nARG T\nRUN hf auth login --token $T && hf download a/b --local-dir /m\nFROM python:3.12\nCOPY --from=fetch /m /m',
      },
      {
        code: 'FROM python:3.12\nARG T\nRUN --mount=type=tmpfs,target=/root/.cache/huggingface hf auth login --token $T && hf download a/b --local-dir /m',
      },
      { code: 'FROM python:3.12\nCMD ["sh", "-c", "wandb login $WANDB_API_KEY && python train.py"]' },
    ],
    bad: [
      { code: 'FROM python:3.12\nARG T\nRUN hf auth ⟦login⟧ --token $T' },
      {
        code: 'FROM python:3.12\nARG HF\nRUN pip install huggingface_hub && huggingface-cli ⟦login⟧ --token ${HF} --add-to-git-credential',
      },
      { code: 'FROM python:3.12\nRUN --mount=type=secret,id=wandb,env=KEY wandb ⟦login⟧ "$KEY"' },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!/\blogin\b/.test(run.node.text) || secretValues(run.node).length > 0) return;
      const { text } = run.node;
      if (/\blogout\b/.test(text) || inOrder(text, /[&;\n]/, /\brm\b/, /huggingface|netrc|token/)) return;
      // What a stage before keeps does not get into the image by itself.
      if (!shippedStage(facts, run)) return;
      if (isInMount(run.node, ['/root/.cache/huggingface', '/root/.huggingface'])) return;
      for (const command of facts.commands(run)) {
        const kind = loginOf(command);
        const verb = command.args.find(({ value }) => value === 'login');
        if (!kind || !verb) continue;
        const variable = kind === 'hf' ? 'HF_TOKEN' : 'WANDB_API_KEY';
        return report(run.at(verb), 'login', { file: stores[kind], variable });
      }
    },
  }),
});

/** Whose login a command is, where it is given a token. */
function loginOf({ name, args }: ShellCommand): keyof typeof stores | undefined {
  const words = args.map(({ value }) => value);
  const isHf =
    (name === 'hf' && words[0] === 'auth' && words[1] === 'login') ||
    (name === 'huggingface-cli' && words[0] === 'login');
  if (isHf) return words.some((word) => /^--token(?:=|$)/.test(word)) ? 'hf' : undefined;
  const key = words.slice(1).find((word) => !word.startsWith('-'));
  return name === 'wandb' && words[0] === 'login' && key !== undefined ? 'wandb' : undefined;
}
