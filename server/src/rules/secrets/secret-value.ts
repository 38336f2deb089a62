import { secretValues } from '../../facts/secret-values.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'secret-value',
  name: 'secret-value',
  aliases: ['tally/secrets-in-code'],
  since: '0.2.0',
  severity: 'error',
  recommended: { level: 'warning', because: 'The build goes on; whoever has the image has the secret.' },
  family: 'secrets',
  summary: 'A token, key or password stands in the file',
  why: 'What an instruction says is kept in the image: `docker history --no-trunc` shows every RUN, ENV, ARG and LABEL, and the repository shows the file. Of 345,000 public images, 8.5 % held private keys or secrets of APIs (Dahlmanns et al., "Secrets Revealed in Container Images", 2023). Taking the line out later does not help, as the old image and the old commit stay: revoke the secret first. The rule knows secrets by the look of their values, of Hugging Face, AWS, GitHub, OpenAI, Weights & Biases and others; DL3064 goes by the names of variables.',
  messages: {
    kept: '{what} stands here, and whoever has the image or the repository can read it. Revoke it, delete it here, and give the new one to the container with `docker run --env {variable}`, or to a RUN by `--mount=type=secret,id={variable},env={variable}`.',
    run: '{what} stands here, and whoever has the image or the repository can read it. Revoke it, write `RUN --mount=type=secret,id={variable},env={variable} …`, and `${variable}` in its place.',
    login:
      '{what} stands here, and whoever has the image or the repository can read it. Revoke it, leave the login out, and write `RUN --mount=type=secret,id={variable},env={variable} …` for what needs it.',
    file: '{what} stands here, and whoever has the image or the repository can read it. Replace it by a new one, and mount that for the RUN that needs it: `RUN --mount=type=secret,id=key,target=…`, or `--mount=type=ssh` for git.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12\nENV AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE',
        note: 'from the documentation of AWS',
      },
      { code: 'FROM python:3.12\nRUN --mount=type=secret,id=wandb,env=WANDB_API_KEY python train.py' },
      {
        code: 'FROM python:3.12\nRUN pip install --index-url https://user:${TOKEN}@pypi.example.org/simple app',
      },
      { code: 'FROM python:3.12\nENV GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D' },
      { code: 'FROM python:3.12\nENV HF_TOKEN=hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' },
    ],
    bad: [
      { code: 'FROM python:3.12\nENV AWS_ACCESS_KEY_ID=⟦AKIAT4RV7QXK2ZPL6MWD⟧' },
      {
        code: 'FROM python:3.12\nRUN wandb login ⟦5d0c1f94e7b23a68d4f0929e17c6ab358f2e40d7⟧ && python train.py',
      },
      {
        code: 'FROM python:3.12\nRUN pip install git+https://ci:⟦T7vRq2Zk9Lw4⟧@git.example.org/team/app.git',
        note: 'pip also writes the URL into the package’s metadata',
      },
      {
        code: 'FROM debian:12\nCOPY <<EOF /root/.ssh/id_rsa\n⟦-----BEGIN OPENSSH PRIVATE KEY-----⟧\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\nEOF',
      },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      for (const instruction of facts.file.instructions) {
        for (const secret of secretValues(instruction.node)) {
          const { kind, variable, from } = secret;
          const { keyword, text } = instruction.node;
          const isLogin = /\blogin[ \t](?:--\w+[ =])?$/.test(text.slice(Math.max(0, from - 100), from));
          const place = keyword === 'RUN' ? (isLogin ? 'login' : 'run') : 'kept';
          const what = `${/^[aeiou]/.test(kind) ? 'An' : 'A'} ${kind}`;
          report(instruction.at(secret), kind === 'private key' ? 'file' : place, { what, variable });
        }
      }
    },
  }),
});
