import type { FileFacts } from '../../facts/file-facts.ts';
import { pathAt, pathBelow } from '../../facts/paths.ts';
import { effective, lastWhere, type Stage } from '../../facts/stages.ts';
import { isRoot, userName } from '../../facts/users.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';

/** Folders whose files belong to root everywhere. */
const ofRoot = /^\/(?:usr|etc|bin|sbin|lib\w*|boot)(?:\/|$)/;

const messages = {
  root: 'COPY and ADD ignore USER, so these files belong to root and `{user}` cannot change them. Add `--chown={user}` where it has to.',
} as const;

export default defineRule({
  code: 'copy-after-user-without-chown',
  name: 'copy-after-user-without-chown',
  aliases: ['tally/copy-after-user-without-chown'],
  since: '0.2.0',
  severity: 'info',
  recommended: {
    level: 'hint',
    because: 'Code and settings that are only read are well off with root as their owner.',
  },
  family: 'copy',
  summary: 'Files copied behind USER belong to root',
  why: 'COPY and ADD write files as root whatever USER says (Dockerfile reference, "COPY --chown"), so behind `USER app` a notebook cannot be saved and `pip install -e .` fails, each with "Permission denied". A `chown` in a later RUN would double the files in the image, `--chown` does not. Code that the program only reads is well off with root as its owner: ignore the rule there. System folders and copies that a later RUN gives away are left alone.',
  messages,
  options: {},
  examples: {
    good: [
      {
        code: 'FROM python:3.12\nUSER app\nCOPY a.lock /tmp/a.lock\nRUN install -f /tmp/a.lock && rm /tmp/a.lock',
        note: 'it is gone afterwards',
      },
      { code: 'FROM python:3.12\nUSER app\nCOPY --chown=app . /app' },
      { code: 'FROM python:3.12\nCOPY . /app\nUSER app' },
      { code: 'FROM python:3.12\nUSER app\nUSER root\nCOPY . /app' },
      { code: 'FROM python:3.12\nUSER app\nCOPY tool /usr/local/bin/' },
      { code: 'FROM python:3.12\nWORKDIR /app\nUSER app\nCOPY . src\nUSER root\nRUN chown -R app /app' },
      { code: 'FROM python:3.12\nARG APP_USER\nUSER $APP_USER\nCOPY . /app', note: 'it may be root' },
    ],
    bad: [
      {
        code: 'FROM python:3.12\nUSER app\n⟦COPY⟧ . /app',
        fixed: 'FROM python:3.12\nUSER app\nCOPY --chown=app . /app',
      },
      {
        code: 'FROM jupyter/base-notebook:2025-06-30\nUSER $NB_UID\n⟦COPY⟧ --link *.ipynb work/',
        fixed:
          'FROM jupyter/base-notebook:2025-06-30\nUSER $NB_UID\nCOPY --chown=$NB_UID --link *.ipynb work/',
      },
      {
        code: 'FROM debian:12 AS base\nUSER 1000:100\nFROM base\n⟦ADD⟧ data.tar /data\nRUN chown -R 1000 /models',
        fixed:
          'FROM debian:12 AS base\nUSER 1000:100\nFROM base\nADD --chown=1000:100 data.tar /data\nRUN chown -R 1000 /models',
        note: 'another folder is given away',
      },
    ],
  },
  create: () => {
    const check = (copy: Instruction<Copy>, { facts, report }: RuleContext<typeof messages>) => {
      const { node } = copy;
      const stage = facts.stageOf(copy);
      const user = stage && effective(stage, 'USER', copy);
      const word = user?.node.args[0];
      if (!stage || !word || node.flags.some(({ name }) => name === 'chown')) return;
      const name = userName(facts.file, stage, user);
      // Jupyter's images set these two, and never to root.
      if (name === undefined ? !/\bNB_(?:UID|USER)\b/.test(word.value) : isRoot(name)) return;
      const target = node.destination && pathAt(facts.file, stage, copy, node.destination);
      if ((target && ofRoot.test(target)) || isGivenAway(facts, stage, copy, target)) return;
      report(copy.at(node.keywordWord), 'root', { user: word.value }, () => {
        const { end } = copy.at(node.keywordWord);
        return {
          title: `Add --chown=${word.value}`,
          safety: 'unsafe',
          edits: [{ span: { start: end, end }, text: ` --chown=${word.value}` }],
        };
      });
    };
    return { ADD: check, COPY: check };
  },
});

/** Whether a later RUN of the stage gives the files, or a folder above them, to somebody, or removes them; in doubt it does. */
function isGivenAway(facts: FileFacts, stage: Stage, copy: Instruction, target: string | undefined): boolean {
  const all = givenAway(facts, stage);
  const later = all.slice(lastWhere(all, ({ index }) => index < copy.index) + 1);
  // One more than are looked at may be any of them.
  return (
    all.length > mostFolders ||
    later.some(
      ({ folder }) => !folder || !target || folder === target || pathBelow(folder, target) !== undefined,
    )
  );
}

/** So many folders are compared with that of each COPY. */
const mostFolders = 500;

interface Given {
  readonly index: number;
  /** Undefined where it is not known. */
  readonly folder: string | undefined;
}
const known = new WeakMap<Stage, readonly Given[]>();

/** The folders that the RUNs of a stage give to somebody or remove, in the order of the file. */
function givenAway(facts: FileFacts, stage: Stage): readonly Given[] {
  const all =
    known.get(stage) ??
    (stage.byKeyword.get('RUN') ?? []).flatMap((run) =>
      facts.commands(run).flatMap(({ name, args }) => {
        const paths = args.filter(({ value }) => !value.startsWith('-')).slice(name === 'chown' ? 1 : 0);
        if (name !== 'chown' && name !== 'rm') return [];
        return paths.map((path) => ({ index: run.index, folder: pathAt(facts.file, stage, run, path) }));
      }),
    );
  known.set(stage, all);
  return all;
}
