import { hasSecretName, isSecret } from '../../facts/secret-variables.ts';
import { shippedStage } from '../../facts/shipped-stages.ts';
import type { Stage } from '../../facts/stages.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction, KeyValues } from '../../syntax/tree.ts';
import { remember } from '../../text/remember.ts';

const messages = {
  inImage:
    '`{name}` looks like a secret, and whoever has the image can read it. Delete this, and give it to the container with `docker run --env {name}`, or to the RUN that needs it: `RUN --mount=type=secret,id={name},env={name}`.',
  inHistory:
    '`{name}` looks like a secret, and its value stays in the history of the image. Delete the ARG, mount it for each RUN that needs it: `RUN --mount=type=secret,id={name},env={name}`, and build with `--secret id={name}`.',
  written:
    '`{name}` looks like a secret; its value stays in the history of the image, and a RUN writes it into a file of it. Delete the ARG and that file, and mount the secret where it is read: `RUN --mount=type=secret,id={name},target=<file>`, with `--secret id={name}` for the build.',
  passedOn:
    '`{name}` looks like a secret, and this ARG and the ENV below put it into the image. Delete both, mount it for the RUN that needs it: `RUN --mount=type=secret,id={name},env={name}`, and give it to the container with `docker run --env {name}`.',
  inFile:
    '`{name}` looks like a secret, and whoever has this file can read it. Delete this ARG, mount it for each RUN that needs it: `RUN --mount=type=secret,id={name},env={name}`, and build with `--secret id={name}`.',
  inCache:
    '`{name}` looks like a secret, and its value stays in the cache and the records of the build. Delete this line, mount it for each RUN that needs it: `RUN --mount=type=secret,id={name},env={name}`, and build with `--secret id={name}`.',
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
  byValue: {
    default: true,
    description:
      'Leave out what is no secret by the end of its name or by its value, such as paths, numbers and fingerprints, and report each secret of an instruction.',
    hadolint: {
      value: false,
      reason:
        '`HF_TOKEN_PATH=/run/hf/token` names a place and `PAD_TOKEN_ID=0` a number, and beside them `OPENAI_API_KEY` in the same ENV is a secret; hadolint asks for the name alone, takes no notice of `DB_PASS`, and reports the first of an instruction.',
      example: 'FROM python:3.12\nENV HF_TOKEN_PATH=/run/hf/token\n',
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
  why: 'The value of an ENV is part of the image and that of an ARG part of its history: `docker history --no-trunc` and `docker inspect` show both to whoever can pull the image. A token for Hugging Face or a private index belongs into a secret mount, which leaves nothing behind (Docker documentation, "Build secrets"): `RUN --mount=type=secret,id=HF_TOKEN,env=HF_TOKEN huggingface-cli download …`, and `docker build --secret id=HF_TOKEN`. What the program needs at run time is given to `docker run`. The rule goes by the words of the name, as BuildKit does, and by its end (`DB_PASS`); it leaves out what the value or the end of the name shows to be no secret: paths, numbers, switches, public keys and fingerprints, an ENV without a value. An ARG above the first FROM gets into no image: only a value in the file is reported there.',
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
      {
        code: 'FROM python:3.12\nENV HF_TOKEN_PATH=/run/hf/token SSH_AUTH_SOCK=/tmp/s SSL_CERT_KEY=/etc/ssl/k.pem',
      },
      {
        code: 'FROM python:3.12\nENV TOKEN_LIMIT=4096 PAD_TOKEN_ID=0 AUTH_MODE=basic ALLOW_EMPTY_PASSWORD=yes',
      },
      { code: 'FROM python:3.12\nENV API_KEY="" EOS_TOKEN="</s>" OPENAI_API_KEY=EMPTY', note: 'no value' },
      {
        code: 'FROM python:3.12\nENV GPG_KEY=7169605F62C751356D054A26A821E680E5FA6305',
        note: 'a fingerprint',
      },
      { code: 'ARG HF_TOKEN\nFROM python:3.12', note: 'is in no image unless a stage declares it' },
      { code: 'FROM python:3.12\nRUN --mount=type=secret,id=HF_TOKEN,env=HF_TOKEN python download.py' },
    ],
    bad: [
      { code: 'FROM python:3.12\nARG ⟦HF_TOKEN⟧' },
      { code: 'FROM python:3.12\nENV MODEL=x ⟦OPENAI_API_KEY⟧=sk-1 ⟦AWS_SECRET_ACCESS_KEY⟧=2/x' },
      { code: 'FROM python:3.12\nENV AUTH_PATH=/x ⟦OPENAI_API_KEY⟧=sk-abc', note: 'behind one that is none' },
      { code: 'FROM python:3.12\nENV ⟦DB_PASS⟧=hunter2 ⟦MYSQL_ROOT_PASSWORD⟧=123456' },
      { code: 'FROM postgres:17\nENV ⟦PGPASSWORD⟧ hunter2' },
      { code: 'FROM python:3.12\nARG ⟦HF_TOKEN⟧\nENV ⟦HF_TOKEN⟧=$HF_TOKEN' },
      { code: 'ARG ⟦pip_password⟧=hunter2\nFROM python:3.12' },
      {
        code: 'FROM python:3.12 AS build\nARG ⟦NPM_TOKEN⟧=""\nFROM python:3.12',
        note: 'to be given to the build',
      },
      {
        code: 'FROM python:3.12\nENV ⟦TOKENIZERS_PARALLELISM⟧=false API_KEY=x',
        options: { matchSubstrings: true, byValue: false },
      },
      { code: 'FROM python:3.12\nENV ⟦HF_TOKEN_PATH⟧=/x', options: { byValue: false } },
    ],
  },
  create: () => {
    const check = (
      it: Instruction<KeyValues>,
      { facts, options, report }: RuleContext<typeof messages, typeof table>,
    ) => {
      const { matchSubstrings, byValue } = options;
      const { keyword, pairs } = it.node;
      const isGlobal = facts.stageOf(it) === undefined;
      const secrets = pairs.filter(({ key, value }) => {
        if (!byValue) return hasSecretName(key.value, matchSubstrings);
        const given = value?.value || undefined;
        // An ENV without a value holds nothing, and an ARG above the first FROM is in no image.
        if (given === undefined && (keyword === 'ENV' || isGlobal)) return false;
        return isSecret(key.value, given, matchSubstrings);
      });
      const messageId = messageOf(keyword, isGlobal, shippedStage(facts, it) !== undefined);
      const stage = facts.stageOf(it);
      for (const { key } of matchSubstrings && !byValue ? secrets.slice(0, 1) : secrets) {
        const isPassedOn = messageId === 'inHistory' && stage && passedOn(stage).has(key.value);
        const isWritten = messageId === 'inHistory' && stage && writtenTo(stage).has(key.value);
        report(it.at(key), isPassedOn ? 'passedOn' : isWritten ? 'written' : messageId, { name: key.value });
      }
    };
    return { ARG: check, ENV: check };
  },
});

/** The variables that the ENVs of a stage are made of. */
const passedOn = remember(({ byKeyword }: Stage) => {
  const texts = (byKeyword.get('ENV') ?? []).map(({ node }) => node.text);
  return new Set(texts.flatMap((text) => [...text.matchAll(/\$\{?(\w+)/g)].map(([, name]) => name)));
});

/** The variables that RUNs of a stage write into a file by `echo` or `printf`. */
const writtenTo = remember(({ byKeyword }: Stage) => {
  const texts = (byKeyword.get('RUN') ?? []).map(({ node }) => node.plain);
  const lines = texts
    .flatMap((text) => text.split(/[;|\n]|&&/))
    .filter((line) => /\b(?:echo|printf)\b/.test(line) && /> *"?[\w./$-]*\//.test(line));
  return new Set(lines.flatMap((line) => [...line.matchAll(/\$\{?(\w+)/g)].map(([, name]) => name)));
});

function messageOf(keyword: string, isGlobal: boolean, isShipped: boolean): keyof typeof messages {
  if (isGlobal) return 'inFile';
  if (!isShipped) return 'inCache';
  return keyword === 'ENV' ? 'inImage' : 'inHistory';
}
