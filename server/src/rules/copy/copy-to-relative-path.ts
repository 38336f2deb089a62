import type { Stage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { insertLineAbove, likeKeyword } from '../../text/edit.ts';

export default defineRule({
  code: 'DL3045',
  name: 'copy-to-relative-path',
  aliases: [],
  since: '0.1.0',
  severity: 'warning',
  recommended: {
    level: 'hint',
    because: 'Most base images leave `/` as the folder, where the files are found again.',
  },
  family: 'copy',
  summary: 'COPY goes to a relative path though no WORKDIR is set',
  why: 'Without WORKDIR a relative destination counts from the folder that the base image left: `/` in most, `/workspace` or `/home/jovyan` in others. The files move when the base changes. A WORKDIR, in this stage or one that it builds on, or an absolute path says where they go.',
  messages: {
    relative:
      '`{path}` counts from a folder that only the base image knows, as no WORKDIR is set. Write a WORKDIR such as `WORKDIR /app` above, or an absolute path here.',
  },
  options: {
    sameImage: {
      default: false,
      description:
        'Take the WORKDIR of an earlier stage for set in each stage without a name on the same image.',
      hadolint: {
        value: true,
        reason:
          'Two stages on `python:3.12` have nothing else in common: the WORKDIR of the first does not hold in the second. hadolint keeps WORKDIR by the name of the image, as long as the stage has no name of its own.',
        example: 'FROM debian:12\nWORKDIR /app\nFROM debian:12\nCOPY a .\n',
      },
    },
  },
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
        code: 'FROM python:3.12 AS a\nWORKDIR /app\nFROM python:3.12\nCOPY --from=a --chown=app \\\n    /app ⟦"app"⟧',
        fixed:
          'FROM python:3.12 AS a\nWORKDIR /app\nFROM python:3.12\nWORKDIR /app\nCOPY --from=a --chown=app \\\n    /app "app"',
        note: 'the WORKDIR of an unrelated stage does not count',
      },
    ],
  },
  create() {
    /** The stages in which a WORKDIR holds, by themselves or by name; '' before the first FROM. */
    const set = new Set<Stage | string>();
    const keyOf = (stage: Stage | undefined, sameImage: boolean) =>
      stage && sameImage ? (stage.name ?? stage.base.image.repository) : (stage ?? '');
    return {
      FROM(from, { facts, options }) {
        const stage = facts.stageOf(from);
        const base = options.sameImage ? stage?.base.image.repository : stage?.parent;
        const key = keyOf(stage, options.sameImage);
        if (base && set.has(base)) set.add(key);
        else set.delete(key);
      },
      WORKDIR(workdir, { facts, options }) {
        set.add(keyOf(facts.stageOf(workdir), options.sameImage));
      },
      COPY(copy, { facts, options, report }) {
        const { destination, keywordWord } = copy.node;
        if (!destination || /^["']?(?:[/$]|[A-Za-z]:)/.test(destination.raw)) return;
        if (set.has(keyOf(facts.stageOf(copy), options.sameImage))) return;
        report(
          copy.at(destination),
          'relative',
          { path: destination.value },
          (): Fix => {
            const line = `${likeKeyword('WORKDIR', keywordWord.raw)} /app`;
            const edit = insertLineAbove(facts.file.text, copy.span.start, line);
            return { title: 'Insert WORKDIR /app', safety: 'unsafe', edits: [edit] };
          },
          { repair: { name: 'WORKDIR', once: true } },
        );
      },
    };
  },
});
