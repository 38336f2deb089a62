import { effective } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { insertLineAbove, likeKeyword } from '../../text/edit.ts';

export default defineRule({
  code: 'DL3045',
  name: 'copy-to-relative-path',
  aliases: [],
  since: '0.1.0',
  severity: 'warning',
  family: 'copy',
  summary: 'COPY goes to a relative path though no WORKDIR is set',
  why: 'Without WORKDIR a relative destination counts from the folder that the base image left: `/` in most, `/workspace` or `/home/jovyan` in others. The files move when the base changes. A WORKDIR, in this stage or one that it builds on, or an absolute path says where they go.',
  messages: {
    relative:
      'Where `{path}` is depends on the base image, as no WORKDIR is set. Set WORKDIR above, or write an absolute path.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM python:3.12\nWORKDIR /app\nCOPY . .' },
      { code: 'FROM python:3.12\nCOPY . /app' },
      {
        code: 'FROM python:3.12 AS Base\nWORKDIR /app\nFROM base\nCOPY . ./',
        note: 'inherited from a stage',
      },
      { code: 'FROM python:3.12\nCOPY app ${APP_HOME}/' },
      { code: 'FROM python:3.12\nCOPY ["app", "C:\\\\app"]' },
    ],
    bad: [
      {
        code: 'FROM python:3.12\nRUN true\nCOPY requirements.txt ⟦.⟧',
        fixed: 'FROM python:3.12\nRUN true\nWORKDIR /app\nCOPY requirements.txt .',
      },
      {
        code: 'FROM python:3.12 AS a\nWORKDIR /app\nFROM python:3.12\nCOPY --from=a --chown=app \\\n    /app ⟦"app dir"⟧',
        fixed:
          'FROM python:3.12 AS a\nWORKDIR /app\nFROM python:3.12\nWORKDIR /app\nCOPY --from=a --chown=app \\\n    /app "app dir"',
        note: 'the WORKDIR of an unrelated stage does not count',
      },
    ],
  },
  create: () => ({
    COPY(copy, { facts, report }) {
      const { destination, keywordWord } = copy.node;
      const stage = facts.stageOf(copy);
      if (!destination || !stage || /^(?:[/\\$]|[A-Za-z]:)/.test(destination.value)) return;
      if (effective(stage, 'WORKDIR', copy)) return;
      report(copy.at(destination), 'relative', { path: destination.value }, (): Fix => {
        const line = `${likeKeyword('WORKDIR', keywordWord.raw)} /app`;
        const edit = insertLineAbove(facts.file.text, copy.span.start, line);
        return { title: 'Insert WORKDIR /app', safety: 'unsafe', edits: [edit] };
      });
    },
  }),
});
