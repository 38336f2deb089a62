import { archiveName } from '../../data/archives.ts';
import { plainWords } from '../../facts/command-flags.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { lastWhere, type Stage } from '../../facts/stages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';
import type { Copy, Instruction, Word } from '../../syntax/tree.ts';
import { likeKeyword, removeLines } from '../../text/edit.ts';
import { groupBy } from '../../text/group-by.ts';
import { trimEnd } from '../../text/trim.ts';

/** What unpacks the archive that is among its words, besides tar. */
const unpackers = new Set([
  'unzip',
  'gunzip',
  'bunzip2',
  'unlzma',
  'unxz',
  'zgz',
  'uncompress',
  'zcat',
  'gzcat',
]);

export default defineRule({
  code: 'DL3010',
  name: 'copied-archive-unpacked',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  recommended: { level: 'hint', because: 'ADD would do in one step what COPY and tar do in two.' },
  family: 'copy',
  summary: 'An archive is copied and then unpacked',
  why: 'The layer of COPY keeps the archive, and the layer of RUN gets its content: a dataset of 2 GB takes its size twice, and removing the archive in the RUN gives nothing back. ADD unpacks a local tar archive, compressed by gzip, bzip2 or xz or not at all, into one layer (Dockerfile reference, "Adding local tar archives"). A mount does so as well: `RUN --mount=type=bind,source=data.tar.gz,target=/tmp/data.tar.gz tar -xf /tmp/data.tar.gz`.',
  messages: {
    unpacked:
      '`{name}` is unpacked by a RUN below, so the image holds it packed and unpacked. Write `ADD {name} <folder>`, which unpacks it, in place of both, or mount it in that RUN.',
    mounted:
      '`{name}` is unpacked by a RUN below, so the image holds it packed and unpacked. Delete this COPY, and write `RUN --mount=type=bind,source={name},target=/tmp/{name} …` there.',
  },
  options: {
    everySpelling: {
      default: true,
      description: 'Know the letters of tar without a dash, `tar xzf`.',
      hadolint: {
        value: false,
        reason:
          'tar takes its letters without a dash as well, and more people write them so; hadolint asks for the dash.',
        issue: 'hadolint#679',
        example: 'FROM debian:12\nCOPY data.tar.gz /tmp/\nRUN tar xzf /tmp/data.tar.gz -C /data\n',
      },
    },
  },
  examples: {
    good: [
      { code: 'FROM debian:12\nADD data.tar.gz /data/' },
      { code: 'FROM debian:12\nCOPY x.tar.gz /data/\nRUN tar tzf /data/x.tar.gz', note: 'lists it' },
      { code: 'FROM debian:12\nCOPY data.tar.gz /data/\nRUN tar -tf /data/data.tar.gz' },
      { code: 'FROM debian:12\nCOPY --from=build data.tar.gz /tmp/\nRUN tar -xf /tmp/data.tar.gz' },
      {
        code: 'FROM debian:12 AS a\nCOPY a.tar /tmp/\nRUN tar -xf /tmp/a.tar\nFROM debian:12\nCOPY --from=a /a /a',
        note: 'only the final stage is judged',
      },
    ],
    bad: [
      {
        code: 'FROM debian:12\nCOPY --chown=app ⟦data.tar.gz⟧ /tmp/\nENV A=1\nRUN tar -xzf /tmp/data.tar.gz -C /data\nRUN true',
        fixed: 'FROM debian:12\nADD --chown=app data.tar.gz /data/\nENV A=1\nRUN true',
      },
      {
        code: 'FROM debian:12\nCOPY ⟦local.tgz⟧ /opt/\nRUN tar xzf /opt/local.tgz -C /opt && rm /opt/local.tgz',
      },
      {
        code: 'FROM debian:12\nCOPY ⟦local.tgz⟧ /opt/\nRUN tar xzf /opt/local.tgz -C /opt',
        fixed: 'FROM debian:12\nADD local.tgz /opt/\n',
      },
      { code: 'FROM debian:12\nCOPY a ⟦b.tgz⟧ /tmp/\nRUN ls && tar --extract -f /tmp/b.tgz && make' },
      { code: 'FROM debian:12\nCOPY model ⟦/tmp/model.tar⟧\nRUN ["tar", "-x", "-f", "/tmp/model.tar"]' },
      {
        code: 'FROM debian:12\nCOPY ⟦log.gz⟧ /tmp/\nRUN gunzip /tmp/log.gz',
        note: 'no fix, as ADD unpacks tar archives only',
      },
    ],
  },
  create: () => ({
    COPY(copy, { facts, options, report }) {
      const { node } = copy;
      if (node.flags.some(({ name }) => name === 'from')) return;
      const stage = facts.stageOf(copy);
      if (!stage?.isFinal) return;
      const target = node.destination;
      const words = target && isArchive(target) ? [target] : node.sources.filter(isArchive);
      if (words.length === 0) return;
      for (const word of words) {
        const name = fileName(word.value);
        const runs = unpackersOf(facts, stage, options.everySpelling).get(name) ?? [];
        const run = runs[lastWhere(runs, ({ index }) => index < copy.index) + 1];
        if (!run) continue;
        // ADD unpacks tar alone, from the build context.
        const messageId = isTar.test(name) ? 'unpacked' : 'mounted';
        report(copy.at(word), messageId, { name }, () => useAdd(copy, run, facts));
        return;
      }
    },
  }),
});

function isArchive({ value }: Word): boolean {
  const name = fileName(value);
  return archiveName.test(name) && !name.endsWith('zst');
}

function fileName(path: string): string {
  return trimEnd(path, /\//).replace(/^.*\//s, '');
}

/** The RUNs of a stage that unpack, by the name of each file that they may do it to. */
type Unpackers = ReadonlyMap<string, readonly Instruction[]>;
const known = new WeakMap<Stage, Map<boolean, Unpackers>>();

function unpackersOf(facts: FileFacts, stage: Stage, everySpelling: boolean): Unpackers {
  const ofStage = known.get(stage) ?? new Map<boolean, Unpackers>();
  const found = ofStage.get(everySpelling) ?? readUnpackers(facts, stage, everySpelling);
  known.set(stage, ofStage.set(everySpelling, found));
  return found;
}

function readUnpackers(facts: FileFacts, stage: Stage, everySpelling: boolean): Unpackers {
  const pairs = (stage.byKeyword.get('RUN') ?? []).flatMap((run) => {
    const args = facts
      .commands(run)
      .filter((command) => unpacks(command, everySpelling))
      .flatMap((command) => command.args);
    const names = new Set(args.map(({ value }) => fileName(value)));
    return [...names].map((name) => ({ name, run }));
  });
  return new Map(
    [...groupBy(pairs, ({ name }) => name)].map(([name, of]) => [name, of.map(({ run }) => run)]),
  );
}

function unpacks({ name, args }: ShellCommand, everySpelling: boolean): boolean {
  // Old letters stand first (tar(1), "Traditional usage").
  if (everySpelling && name === 'tar' && /^[a-wyzA-Z]*x[A-Za-z]*$/.test(args[0]?.value ?? '')) return true;
  return name === 'tar' ? args.some(({ value }) => /^-.*x|^--get$/.test(value)) : unpackers.has(name);
}

/** In a longer file the name is not looked for everywhere. */
const mostInstructions = 2000;

/** What ADD unpacks. */
const isTar = /\.(?:tar(?:\.(?:gz|bz2|xz))?|tgz|tbz2?|txz)$/;

/** ADD in the place of COPY and of a RUN that does nothing but unpack the archive. */
function useAdd(copy: Instruction<Copy>, run: Instruction, facts: FileFacts): Fix | undefined {
  const { node } = copy;
  const [source, ...others] = node.sources;
  const [tar, ...rest] = facts.commands(run);
  if (tar?.name !== 'tar' || rest.length > 0 || others.length > 0 || node.json || !node.destination)
    return undefined;
  if (node.flags.some(({ name }) => name !== 'chown' && name !== 'chmod')) return undefined;
  if (!source || !isTar.test(source.value) || source.value.includes('$')) return undefined;
  const words = tar.args.map(({ value }) => value);
  const at = words.indexOf('-C');
  const folder = words[at + 1] ?? '';
  const isOld = /^[xzjJvf]+$/.test(words[0] ?? '');
  const flags = words.filter((word, i) => word.startsWith('-') && i !== at);
  if (at < 0 || !/^\/[\w./-]*$/.test(folder) || !flags.every((flag) => /^-[xzjJvf]+$/.test(flag)))
    return undefined;
  if (plainWords(tar).length !== (isOld ? 3 : 2) || run.node.flags.length > 0 || run.node.comments.length > 0)
    return undefined;
  if (facts.file.instructions.length > mostInstructions) return undefined;
  const isMentioned = facts.file.instructions.some(
    (it) => it !== copy && it !== run && it.node.text.includes(fileName(source.value)),
  );
  if (isMentioned) return undefined;
  return {
    title: 'Let ADD unpack it',
    safety: 'unsafe',
    edits: [
      { span: copy.at(node.keywordWord), text: likeKeyword('ADD', node.keywordWord.raw) },
      { span: copy.at(node.destination), text: `${trimEnd(folder, /\//)}/` },
      removeLines(facts.file.text, run.span),
    ],
  };
}
