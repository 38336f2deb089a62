import { readMounts } from '../../facts/mounts.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

export default defineRule({
  code: 'secret-mount-missing',
  name: 'secret-mount-missing',
  aliases: ['tally/require-secret-mounts'],
  since: '0.2.0',
  severity: 'warning',
  offByDefault: true,
  family: 'secrets',
  dependsOn: 'instruction',
  summary: 'A command that needs a secret runs without its mount',
  why: 'Where packages come from a private index, a RUN that forgets the secret works on the machine of its author, whose cache has them, and fails elsewhere, or tempts to put the token into an ARG. Which commands need which secret is a matter of the project: name them in the option `commands`, such as `pip=type=secret,id=pip-conf,target=/etc/pip.conf`, and raise the level of the rule.',
  messages: {
    missing:
      'The settings of the linter say that `{command}` needs the secret `{id}`. Write `RUN --mount={mount} …`, and build with `--secret id={id},{source}`.',
  },
  options: {
    commands: {
      default: [],
      description:
        'Commands and the mounts that they need, as `COMMAND=MOUNT`: `hf=type=secret,id=hf,env=HF_TOKEN`.',
    },
  },
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12\nRUN pip install -r requirements.txt', note: 'nothing is configured' },
      {
        code: 'FROM python:3.12\nRUN --mount=type=secret,id=pip-conf,target=/etc/pip.conf pip install app',
        options: { commands: ['pip=type=secret,id=pip-conf,target=/etc/pip.conf'] },
      },
    ],
    bad: [
      {
        code: 'FROM python:3.12\nRUN mkdir /app && ⟦pip⟧ install app',
        options: { commands: ['pip=type=secret,id=pip-conf,target=/etc/pip.conf'] },
        fixed:
          'FROM python:3.12\nRUN --mount=type=secret,id=pip-conf,target=/etc/pip.conf mkdir /app && pip install app',
      },
      {
        code: 'FROM python:3.12\nRUN [⟦"hf"⟧, "download", "a/b"]',
        options: { commands: ['hf=type=secret,id=hf,env=HF_TOKEN', 'nothing'] },
        fixed: 'FROM python:3.12\nRUN --mount=type=secret,id=hf,env=HF_TOKEN ["hf", "download", "a/b"]',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      const mounted = readMounts(run.node).flatMap(({ options: of }) => of.get('id') ?? []);
      for (const entry of options.commands) {
        const [, command, mount] = /^([^=\s]+)=(\S+)$/.exec(entry) ?? [];
        const id = mount && [...mount.matchAll(/\bid=([^,]+)/g)].at(-1)?.[1];
        if (!command || !mount || !id || mounted.includes(id)) continue;
        const use = facts.commands(run).find(({ name }) => name === command);
        if (!use?.nameWord) continue;
        const variable = /\benv=(\w+)/.exec(mount)?.[1];
        const source = variable ? `env=${variable}` : 'src=<file>';
        report(run.at(use.nameWord), 'missing', { command, id, mount, source }, (): Fix => {
          const { end } = run.at(run.node.keywordWord);
          const edits = [{ span: { start: end, end }, text: ` --mount=${mount}` }];
          return { title: `Mount the secret ${id}`, safety: 'safe', edits };
        });
      }
    },
  }),
});
