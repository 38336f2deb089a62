import type { FileFacts } from '../../facts/file-facts.ts';
import { pythonPackages } from '../../facts/python-packages.ts';
import { systemPackages } from '../../facts/system-packages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellWord } from '../../syntax/shell.ts';
import type { Instruction } from '../../syntax/tree.ts';

export default defineRule({
  code: 'packages-not-sorted',
  name: 'packages-not-sorted',
  aliases: ['tally/sort-packages'],
  since: '0.2.0',
  severity: 'style',
  offByDefault: true,
  family: 'style',
  dependsOn: 'instruction',
  summary: 'The packages of an install are not in alphabetical order',
  why: 'In a sorted list a package that stands twice shows, and two branches that add packages meet less often in the same line (Docker documentation, "Building best practices", sort multi-line arguments). The rule looks at installs by apt, apk, dnf, yum, zypper, pip and uv, and goes by the names without versions; a list with variables is left alone. It is off until a configuration gives it a level.',
  messages: {
    order: '`{name}` stands out of alphabetical order. Sort the packages of this install.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN apt-get install -y ca-certificates curl git=1:2.39 wget' },
      { code: 'FROM debian:12\nRUN apt-get install -y $MORE b a', note: 'a variable may hold any' },
      { code: 'FROM python:3.12\nRUN pip install torch && pip install numpy' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN apt-get update && apt-get install -y wget=1.21 ⟦curl⟧ git',
        fixed: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl git wget=1.21',
      },
      {
        code: 'FROM python:3.12\nRUN pip install --no-cache-dir \\\n    torch==2.7.1 \\\n    ⟦"numpy>=2"⟧ \\\n    pandas',
        fixed:
          'FROM python:3.12\nRUN pip install --no-cache-dir \\\n    "numpy>=2" \\\n    pandas \\\n    torch==2.7.1',
      },
      {
        code: 'FROM alpine:3.22\nRUN apk add git ⟦curl⟧ && apk add b ⟦a⟧',
        fixed: 'FROM alpine:3.22\nRUN apk add curl git && apk add a b',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      for (const list of packageLists(facts, run)) {
        const sorted = [...list].sort((a, b) => compare(a.name, b.name));
        const at = list.findIndex(({ name }, i) => i > 0 && compare(list[i - 1]?.name ?? '', name) > 0);
        const first = list[at];
        if (!first || list.some(({ word }) => /[$`*{]/.test(word.value))) continue;
        report(run.at(first.word), 'order', { name: first.name }, (): Fix | undefined => {
          // A comment beside a package would stay where it is.
          const { from } = (list[0] ?? first).word;
          const { to } = (list.at(-1) ?? first).word;
          if (run.node.comments.some((comment) => comment.from > from && comment.to < to)) return undefined;
          const edits = list.map(({ word }, i) => ({
            span: run.at(word),
            text: sorted[i]?.word.raw ?? word.raw,
          }));
          // pip prefers what it is asked for first where versions conflict.
          const isSafe = systemPackages(facts, run).some(({ word }) => word.from === first.word.from);
          return { title: 'Sort the packages', safety: isSafe ? 'safe' : 'unsafe', edits };
        });
      }
    },
  }),
});

type Named = { readonly word: ShellWord; readonly name: string };

/** The packages of a RUN, those of each command apart. */
function packageLists(facts: FileFacts, run: Instruction): Named[][] {
  const all: Named[] = [...systemPackages(facts, run), ...pythonPackages(facts, run)];
  const commands = facts.commands(run);
  return commands.map(({ from, to }) => all.filter(({ word }) => word.from >= from && word.to <= to));
}

/** By code units, alike in every locale. */
const compare = (a: string, b: string) => {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : 0;
};
