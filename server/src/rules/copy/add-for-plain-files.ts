import { archiveName, olderArchive } from '../../data/archives.ts';
import { resolveWord } from '../../facts/scope.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { likeKeyword } from '../../text/edit.ts';

/** Flags that only ADD has: whoever writes one means ADD. */
const addOnly = new Set(['checksum', 'keep-git-dir', 'unpack']);

export default defineRule({
  code: 'DL3020',
  name: 'add-for-plain-files',
  aliases: [],
  since: '0.1.0',
  severity: 'error',
  recommended: {
    level: 'hint',
    because: 'ADD of a plain file does the same as COPY; the build and the image stay as they are.',
  },
  family: 'copy',
  summary: 'ADD is used where COPY would do',
  why: 'ADD also downloads, clones and unpacks, depending on what its source happens to be: a folder and a tar archive of the same content give different images. COPY only copies, which is what the reader expects for plain files (Dockerfile best practices, "ADD or COPY"). URLs, repositories, archives and sources held in a variable are left alone.',
  messages: {
    plain: '`{source}` is a plain file or folder, and ADD may do more than copy. Use COPY.',
  },
  options: {
    variables: {
      default: false,
      description: 'Judge a source that is held in a variable by what is written.',
      hadolint: {
        value: true,
        reason:
          'The source of `ADD ${URL} /models/` is whatever the variable holds: its default decides, and without one the source is left alone; hadolint sees no `http://` and reports it.',
        issue: 'hadolint#769',
        example: 'FROM debian:12\nARG MODEL_URL\nADD ${MODEL_URL} /models/\n',
      },
    },
    addOnlyUses: {
      default: false,
      description:
        'Also report repositories, zstd archives and the flags that only ADD has, all of which COPY cannot replace.',
      hadolint: {
        value: true,
        reason:
          'ADD clones `git@github.com:team/model.git`, unpacks `model.tar.zst` and takes `--checksum`; COPY does none of it. hadolint knows `http://`, `https://` and the older archives only.',
        example: 'FROM debian:12\nADD git@github.com:team/model.git#v1 /src\n',
      },
    },
  },
  examples: {
    good: [
      { code: 'FROM debian:12\nCOPY app /app' },
      { code: 'FROM debian:12\nADD rootfs.tar.gz /' },
      {
        code: 'FROM debian:12\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.org/model.bin /models/',
      },
      { code: 'FROM debian:12\nADD git@github.com:team/model.git#v1 /src' },
      { code: 'FROM debian:12\nARG MODEL_URL\nADD ${MODEL_URL} /models/' },
      { code: 'FROM debian:12\nADD <<EOF /etc/app.conf\nport = 1\nEOF' },
      { code: 'FROM debian:12\nADD rootfs.tar.zst /' },
    ],
    bad: [
      { code: 'FROM debian:12\n⟦ADD⟧ . /app', fixed: 'FROM debian:12\nCOPY . /app' },
      {
        code: 'FROM debian:12\n⟦ADD⟧ --chown=app:app \\\n    ["my app.py", "/app/"]',
        fixed: 'FROM debian:12\nCOPY --chown=app:app \\\n    ["my app.py", "/app/"]',
      },
      {
        code: 'FROM debian:12\n⟦ADD⟧ config.json data.tar.gz /app/',
        note: 'no fix, as COPY would not unpack the archive',
      },
      { code: 'FROM debian:12\nARG U=https://example.org/x\n⟦ADD⟧ $U /x', options: { variables: true } },
      { code: 'FROM debian:12\n⟦ADD⟧ --unpack=true x.zst /x', options: { addOnlyUses: true } },
    ],
  },
  create: () => ({
    ADD(add, { facts, options, report }) {
      const { node } = add;
      const { addOnlyUses, variables } = options;
      if (!addOnlyUses && node.flags.some(({ name }) => addOnly.has(name))) return;
      const stage = facts.stageOf(add);
      const isPlain = (word: { value: string }) => {
        const source = stage && !variables ? resolveWord(facts.file, stage, add, word) : word.value;
        if (source === undefined || olderArchive.test(source) || /^https?:\/\//.test(source)) return false;
        return addOnlyUses || !(archiveName.test(source) || isRemote(source));
      };
      const first = node.sources.find(isPlain);
      if (!first) return;
      report(add.at(node.keywordWord), 'plain', { source: first.value }, (): Fix | undefined => {
        if (node.flags.some(({ name }) => addOnly.has(name))) return undefined;
        const isReplaceable = (word: { value: string }) =>
          isPlain(word) && !/\$/.test(word.value) && !archiveName.test(word.value) && !isRemote(word.value);
        if (!node.sources.every(isReplaceable)) return undefined;
        // A pattern may match an archive as well.
        const safety = node.sources.some(({ value }) => /[*?[]/.test(value)) ? 'unsafe' : 'safe';
        const text = likeKeyword('COPY', node.keywordWord.raw);
        return { title: 'Replace ADD by COPY', safety, edits: [{ span: add.at(node.keywordWord), text }] };
      });
    },
  }),
});

function isRemote(source: string): boolean {
  return (
    /^[a-z][a-z+.-]*:\/\//i.test(source) || /^[\w.-]+@[\w.-]+:/.test(source) || /\.git(?:#|$)/.test(source)
  );
}
