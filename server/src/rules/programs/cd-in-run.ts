import type { FileFacts } from '../../facts/file-facts.ts';
import { workdirAt } from '../../facts/paths.ts';
import { isInSubshell, removesWorkFolder } from '../../facts/work-folders.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import { type Edit, insertLineAbove, likeKeyword, lineEnding } from '../../text/edit.ts';

export default defineRule({
  code: 'DL3003',
  name: 'cd-in-run',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  recommended: {
    level: 'hint',
    because:
      '15 of the 21 repositories in which it finds something silence it: `cd` in a RUN does what it says.',
  },
  family: 'programs',
  summary: 'A RUN changes the folder with cd',
  why: '`cd` holds until its RUN ends, so the reader has to keep track of two folders, and a path in a later instruction that counts on it points elsewhere. WORKDIR holds for all instructions below it, is shown by `docker inspect` and makes the folder where it is missing (Dockerfile reference, "WORKDIR"). A `cd` in a subshell is left alone, as it says itself how far it reaches, and so is one into a folder that the same RUN removes again: split by WORKDIR, what it fetched would stay in a layer.',
  messages: {
    cd: 'This folder holds for this RUN only. Write `WORKDIR {folder}` above in its place, or put `cd` and the commands that need it into parentheses.',
    several:
      'This RUN goes through several folders, each of which holds for a part of it. Put each `cd` into parentheses with the commands that need it, as in `(cd {folder} && …)`.',
  },
  options: {
    subshells: {
      default: false,
      description: 'Also report `cd` in a subshell.',
      hadolint: {
        value: true,
        reason:
          'A `cd` in a subshell ends with it and leaves no folder behind to keep in mind, which is what the rule asks for; hadolint reports every `cd`.',
        issue: 'hadolint#422',
        example: 'FROM debian:12\nRUN (cd /src && make)\n',
      },
    },
    removedFolders: {
      default: false,
      description: 'Also report `cd` in a RUN that removes the folder in the end.',
      hadolint: {
        value: true,
        reason:
          'Fetch, build and remove have to stand in one RUN, or the sources stay in a layer: WORKDIR cannot take the place of `cd` there. hadolint reports every `cd`.',
        issue: 'hadolint#70',
        example:
          'FROM debian:12\nRUN git clone u /tmp/x && cd /tmp/x && make install && cd / && rm -rf /tmp/x\n',
      },
    },
  },
  examples: {
    good: [
      { code: 'FROM debian:12\nWORKDIR /src\nRUN make' },
      { code: 'FROM debian:12\nRUN make -C /src && (cd /docs && make) && x="$(cd /lib && pwd)"' },
      {
        code: 'FROM debian:12\nRUN git clone https://github.com/jpmens/jo.git /tmp/jo && cd /tmp/jo && make install && cd /tmp && rm -rf ./jo',
      },
      {
        code: 'FROM debian:12\nWORKDIR /tmp\nRUN tar xf Python-3.12.tar.xz && cd Python-3.12 && make install && cd .. && rm -rf Python-3.12*',
      },
      { code: 'FROM debian:12\nRUN mkdir $TMP && cd $TMP && wget -q u && sh u && rm -fr "$TMP"' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nWORKDIR /\nRUN ⟦cd⟧ /src && make\nCOPY a b',
        fixed: 'FROM debian:12\nWORKDIR /\nWORKDIR /src\nRUN make\nWORKDIR /\nCOPY a b',
      },
      {
        code: 'FROM debian:12\nRUN ⟦cd⟧ /src && make\nWORKDIR /app\nCOPY . .',
        fixed: 'FROM debian:12\nWORKDIR /src\nRUN make\nWORKDIR /app\nCOPY . .',
        note: 'the next WORKDIR is absolute',
      },
      { code: 'FROM debian:12\nRUN apt-get update && ⟦cd⟧ /src && make && rm -rf /var/lib/apt/lists/*' },
      {
        code: 'FROM debian:12\nRUN ⟦cd⟧ /src && make\nCOPY a b',
        note: 'no fix, as the folder before is not known',
      },
      {
        code: 'FROM debian:12\nRUN (⟦cd⟧ /src && make)',
        options: { subshells: true },
        note: 'with `subshells: true`',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      const commands = facts.commands(run);
      const shell = facts.shellText(run);
      if (!shell || !commands.some(({ name }) => name === 'cd')) return;
      const { from } = shell.script;
      const text = shellSource(run, shell.form).slice(from);
      const cd = commands.find(
        ({ name, from: at }) => name === 'cd' && (options.subshells || !isInSubshell(text, at - from)),
      );
      if (!cd?.nameWord) return;
      const stage = facts.stageOf(run);
      const start = (stage && workdirAt(facts.file, stage, run)) ?? '.';
      if (!options.removedFolders && removesWorkFolder(commands, start)) return;
      const folder = cd.args[0]?.value.replace(/\$\{(\w+)\}(?!\w)/g, '$$$1') ?? '<folder>';
      const others = commands.some((command) => command !== cd && command.name === 'cd');
      report(run.at(cd.nameWord), others ? 'several' : 'cd', { folder }, () => useWorkdir(run, facts, cd));
    },
  }),
});

/** The text that the shell reads, continuations blanked. */
function shellSource({ node }: Instruction<Run>, form: 'shell' | 'exec' | 'heredoc'): string {
  return form === 'heredoc' ? node.text : node.plain;
}

/** WORKDIR above in the place of a `cd` that comes first, and the former folder below. */
function useWorkdir(run: Instruction<Run>, facts: FileFacts, cd: ShellCommand): Fix | undefined {
  const shell = facts.shellText(run);
  const stage = facts.stageOf(run);
  const folder = cd.args[0]?.value ?? '';
  if (!shell || shell.form === 'exec' || !stage || cd.args.length !== 1) return undefined;
  if (facts.commands(run).some((command) => command !== cd && command.name === 'cd')) return undefined;
  const source = shellSource(run, shell.form);
  const { text } = facts.file;
  const joint = /^\s*&&/.exec(source.slice(cd.to, shell.script.to))?.[0];
  if (!/^\/[\w./@+-]*$/.test(folder) || source.slice(shell.script.from, cd.from).trim() || !joint)
    return undefined;

  const workdir = (path: string) => `${likeKeyword('WORKDIR', run.node.keywordWord.raw)} ${path}`;
  // Word by word, so that line breaks and comments between them stay.
  const drop = (from: number, to: number): Edit => {
    const blanks = /^ */.exec(run.node.text.slice(to))?.[0].length ?? 0;
    return { span: run.at({ from, to: to + blanks }), text: '' };
  };
  const end = cd.to + joint.length;
  const edits = [
    insertLineAbove(text, run.span.start, workdir(folder)),
    drop(cd.from, cd.to),
    drop(end - '&&'.length, end),
  ];
  const next = stage.instructions.find(
    ({ index, node }) => index > run.index && dependsOnFolder.has(node.keyword),
  );
  if (next && !(next.node.keyword === 'WORKDIR' && /^["']?\//.test(next.node.args[0]?.raw ?? ''))) {
    const before = workdirAt(facts.file, stage, run);
    if (!before?.startsWith('/')) return undefined;
    const below = run.span.end;
    edits.push({ span: { start: below, end: below }, text: lineEnding(text) + workdir(before) });
  }
  return { title: 'Set the folder with WORKDIR', safety: 'unsafe', edits };
}

const dependsOnFolder = new Set([
  'RUN',
  'COPY',
  'ADD',
  'WORKDIR',
  'CMD',
  'ENTRYPOINT',
  'HEALTHCHECK',
  'ONBUILD',
]);
