import { hadolintSecrets, harmlessWords, secretNames, secretWords } from '../../data/secret-names.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction, KeyValues } from '../../syntax/tree.ts';

const messages = {
  secret:
    '`{name}` looks like a secret, and whoever has the image can read it. Mount it for the RUN that needs it: `RUN --mount=type=secret,id={name},env={name}`.',
} as const;

const table = {
  matchSubstrings: {
    default: false,
    description: 'Match parts such as `token` and `private` anywhere in a name instead of whole words.',
    hadolint: {
      value: true,
      reason:
        'By whole words, as BuildKit judges, `GITHUB_TOKEN` and `API_KEY` are found and `TOKENIZERS_PARALLELISM`, `GOPRIVATE`, `USERNAME` and `GITHUB_TOKEN_FILE` are left alone; hadolint looks for `token`, `private` and `username` anywhere in the name.',
      issue: 'hadolint#1245',
      example: 'FROM python:3.12\nENV TOKENIZERS_PARALLELISM=false\n',
    },
  },
} as const;

export default defineRule({
  code: 'DL3064',
  name: 'secret-in-variable',
  aliases: ['buildkit/SecretsUsedInArgOrEnv', 'ml-secret-in-env-or-arg'],
  since: '0.2.0',
  severity: 'warning',
  family: 'environment',
  summary: 'ARG or ENV with the name of a secret',
  why: 'The value of an ENV is part of the image and that of an ARG part of its history: `docker history --no-trunc` and `docker inspect` show both to whoever can pull the image. A token for Hugging Face or a private index belongs into a secret mount, which leaves nothing behind (Docker documentation, "Build secrets"): `RUN --mount=type=secret,id=HF_TOKEN,env=HF_TOKEN huggingface-cli download …`, and `docker build --secret id=HF_TOKEN`. What the program needs at run time is given to `docker run`.',
  messages,
  options: table,
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12\nENV TOKENIZERS_PARALLELISM=false' },
      {
        code: 'FROM python:3.12\nARG USERNAME=vscode\nENV GOPRIVATE=example.org HF_TOKEN_FILE=/run/secrets/hf',
      },
      { code: 'FROM python:3.12\nENV PUBLIC_KEY=abc TOKEN_VERSION=2 KEYBOARD=us' },
      { code: 'FROM python:3.12\nRUN --mount=type=secret,id=HF_TOKEN,env=HF_TOKEN python download.py' },
    ],
    bad: [
      { code: 'FROM python:3.12\nARG ⟦HF_TOKEN⟧' },
      { code: 'FROM python:3.12\nENV MODEL=x ⟦OPENAI_API_KEY⟧=sk-1 AWS_SECRET_ACCESS_KEY=2' },
      { code: 'FROM postgres:17\nENV ⟦PGPASSWORD⟧ hunter2' },
      { code: 'ARG ⟦pip_password⟧\nFROM python:3.12' },
      { code: 'FROM python:3.12\nENV ⟦TOKENIZERS_PARALLELISM⟧=false', options: { matchSubstrings: true } },
    ],
  },
  create: () => {
    const check = (
      { node, at }: Instruction<KeyValues>,
      { options, report }: RuleContext<typeof messages, typeof table>,
    ) => {
      const secret = node.pairs.find(({ key }) => isSecret(key.value, options.matchSubstrings));
      if (secret) report(at(secret.key), 'secret', { name: secret.key.value });
    };
    return { ARG: check, ENV: check };
  },
});

function isSecret(name: string, matchSubstrings: boolean): boolean {
  if (matchSubstrings) return hadolintSecrets.test(name);
  return (secretWords.test(name) && !harmlessWords.test(name)) || secretNames.test(name);
}
