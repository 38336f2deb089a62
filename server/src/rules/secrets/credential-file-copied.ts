import { credentialFiles } from '../../data/secret-values.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';

const messages = {
  copied:
    '`{file}` holds credentials, and whoever has the image can read it. Do not copy it; write `RUN --mount=type=secret,id={id},target={target} …` where it is needed, and build with `--secret id={id},src={file}`.',
  env: '`{file}` holds credentials, and whoever has the image can read it. Do not copy it; start the container with `docker run --env-file {file}`.',
  ssh: '`{file}` holds keys, and whoever has the image can read them. Delete this and what is done with it below; write `RUN --mount=type=ssh …` for git, or start the container with `docker run -v ~/.ssh:{target}:ro`.',
  folder:
    '`{file}` holds credentials, and whoever has the image can read them. Do not copy it; start the container with `docker run -v {source}:{target}:ro`.',
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
      if (!file) return;
      const path = file.value.replace(/\/\*?$/, '');
      const name = path.split('/').at(-1) ?? '';
      const to = node.destination?.value ?? '';
      const isFolder = /^\.(?:aws|ssh|kaggle|huggingface|gnupg)$/.test(name);
      // COPY of a folder takes what is in it.
      const whole = to.endsWith('/') && !isFolder ? to + name : to;
      const target = whole.startsWith('/') ? whole : '<path>';
      const data = { file: file.value, target };
      if (/^\.env(?:\.|$)/.test(name)) report(at(file), 'env', { file: file.value });
      else if (/^(?:\.ssh|id_\w+)$/.test(name))
        report(at(file), 'ssh', { file: file.value, target: isFolder ? target : '/root/.ssh' });
      else if (isFolder) report(at(file), 'folder', { ...data, source: `~/${name}` });
      else report(at(file), 'copied', { ...data, id: name.replace(/^\./, '').split('.', 1)[0] ?? '' });
    };
    return { ADD: check, COPY: check };
  },
});
