import { credentialFiles } from '../../data/secret-values.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';

const messages = {
  copied:
    '`{file}` holds credentials, and whoever has the image can read it. Copy it no more: mount it for the RUN that needs it, by `--mount=type=secret,id=…` or `--mount=type=ssh`, or into the container, by `docker run -v`.',
} as const;

export default defineRule({
  code: 'credential-file-copied',
  name: 'credential-file-copied',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'secrets',
  summary: 'A file that holds credentials is copied into the image',
  why: 'A file that is copied stays in its layer, even where a later RUN removes it, and everyone who can pull the image can read it. `kaggle.json`, `.netrc` and SSH keys are needed for one download: a secret mount gives them to that RUN and leaves nothing behind (Docker documentation, "Build secrets"). `.env` is for the container: `docker run --env-file .env`. List such files in `.dockerignore`, so that `COPY . .` does not take them either.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12\nCOPY .env.example settings.json /app/' },
      {
        code: 'FROM python:3.12\nRUN --mount=type=secret,id=kaggle,target=/root/.kaggle/kaggle.json kaggle datasets download a/b',
      },
      { code: 'FROM python:3.12\nCOPY id_rsa.pub /root/.ssh/authorized_keys' },
      {
        code: 'FROM python:3.12 AS a\nFROM python:3.12\nCOPY --from=a /app/.env /app/',
        note: 'not from the build context',
      },
    ],
    bad: [
      { code: 'FROM python:3.12\nCOPY ⟦kaggle.json⟧ /root/.kaggle/' },
      { code: 'FROM python:3.12\nCOPY --chown=app app.py ⟦./.env⟧ /app/' },
      { code: 'FROM python:3.12\nADD [⟦"config/service-account.json"⟧, "/app/"]' },
    ],
  },
  create: () => {
    const check = ({ node, at }: Instruction<Copy>, { report }: RuleContext<typeof messages>) => {
      if (node.flags.some(({ name }) => name === 'from')) return;
      const file = node.sources.find(({ value }) => credentialFiles.some((pattern) => pattern.test(value)));
      if (file) report(at(file), 'copied', { file: file.value });
    };
    return { ADD: check, COPY: check };
  },
});
