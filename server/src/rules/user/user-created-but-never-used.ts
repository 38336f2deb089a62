import { unusedAccount } from '../../facts/accounts.ts';
import { staysRoot } from '../../facts/base-images.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { type Edit, insertLineAbove, likeKeyword, lineEnding } from '../../text/edit.ts';

export default defineRule({
  code: 'user-created-but-never-used',
  name: 'user-created-but-never-used',
  aliases: ['tally/user-created-but-never-used'],
  since: '0.2.0',
  severity: 'warning',
  recommended: {
    level: 'info',
    because: 'Some images offer the user to whoever starts them with `--user`.',
  },
  family: 'user',
  summary: 'A user is created, and the container runs as root all the same',
  why: '`useradd` only writes a line into `/etc/passwd`: without USER the container still starts as root, and what it writes to a mounted folder belongs to root on the host. Whoever created the user meant otherwise. The rule is silent where anything is done with the user besides creating it (`chown`, `su`, a password), where gosu or the like drops root at start, where the container starts with a script or with a server that drops to its own account, as nginx does, and where the base image is not known to stay root.',
  messages: {
    unused:
      '`{name}` is created and never used, so the container runs as root. Write `USER {name}` {place}, below the last step that needs root.',
  },
  options: {},
  examples: {
    good: [
      {
        code: 'FROM debian:12\nRUN useradd app\nswitch_to(app)dnl\nCMD ["server"]',
        note: 'what m4 makes of it is not known',
      },
      { code: 'FROM python:3.12\nRUN useradd --create-home app\nUSER app\nCMD ["python", "app.py"]' },
      { code: 'FROM debian:12\nRUN useradd app && chown app /data\nCMD ["server", "--user", "app"]' },
      { code: 'FROM debian:12\nRUN useradd app && apt-get install gosu\nENTRYPOINT ["/start"]' },
      {
        code: 'FROM debian:12\nRUN useradd app\nENTRYPOINT ["/entrypoint.sh"]',
        note: 'the script may switch',
      },
      {
        code: 'FROM debian:12\nRUN useradd web && apt-get install -y nginx\nCMD ["nginx", "-g", "daemon off;"]',
        note: 'nginx.conf may name it',
      },
      {
        code: 'FROM debian:12\nRUN useradd -r www-data\nCMD ["python3", "app.py"]',
        note: 'an account of servers',
      },
      { code: 'FROM debian:12\nRUN useradd munge\nCMD ["munged", "-F"]' },
      {
        code: 'FROM debian:12\nRUN useradd app && apt-get install -y cron\nENTRYPOINT ["bash", "-l", "-c"]',
        note: 'cron starts as root and switches',
      },
      { code: 'FROM team/base:1\nRUN useradd app', note: 'the base may have a user of its own' },
      { code: 'FROM debian:12 AS build\nRUN useradd app\nFROM debian:12\nRUN true' },
      {
        code: 'FROM debian:12\nRUN useradd --create-home vscode',
        note: 'devcontainer.json switches to this one',
      },
      { code: 'FROM debian:12\nRUN adduser app video', note: 'adds a user that is there to a group' },
    ],
    bad: [
      {
        code: 'FROM python:3.12\nRUN groupadd app && useradd -g app --create-home ⟦app⟧\nWORKDIR /home/app\nCMD ["python", "app.py"]',
        fixed:
          'FROM python:3.12\nRUN groupadd app && useradd -g app --create-home app\nWORKDIR /home/app\nUSER app\nCMD ["python", "app.py"]',
      },
      {
        code: 'FROM alpine:3.22\nRUN adduser -D -u 1000 ⟦runner⟧\n',
        fixed: 'FROM alpine:3.22\nRUN adduser -D -u 1000 runner\nUSER runner\n',
      },
      {
        code: 'FROM debian:12 AS base\nRUN useradd ⟦app⟧\nFROM base\nCOPY . /app\nENTRYPOINT ["/app/server"]',
        fixed:
          'FROM debian:12 AS base\nRUN useradd app\nFROM base\nCOPY . /app\nUSER app\nENTRYPOINT ["/app/server"]',
      },
    ],
  },
  create: () => ({
    end({ facts, report }) {
      const stage = facts.finalStage;
      const account = stage && staysRoot(stage) ? unusedAccount(facts, stage) : undefined;
      if (!stage || !account) return;
      const { name, nameWord, run } = account;
      const start = stage.instructions.find(
        ({ node, index }) => /^(?:CMD|ENTRYPOINT)$/.test(node.keyword) && index > run.index,
      );
      const place = start ? `above ${start.node.keyword}` : 'at the end';
      report(run.at(nameWord), 'unused', { name, place }, (): Fix => {
        const { text } = facts.file;
        const line = `${likeKeyword('USER', run.node.keywordWord.raw)} ${name}`;
        const end = (stage.instructions.at(-1) ?? stage.from).span.end;
        const edit: Edit = start
          ? insertLineAbove(text, start.span.start, line)
          : { span: { start: end, end }, text: lineEnding(text) + line };
        return { title: `Switch to ${name}`, safety: 'unsafe', edits: [edit] };
      });
    },
  }),
});
