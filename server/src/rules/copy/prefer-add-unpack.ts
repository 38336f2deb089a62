import { archiveName } from '../../data/archives.ts';
import { readDownload } from '../../facts/downloads.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { frontendOf } from '../../facts/frontend.ts';
import { replaceRun } from '../../facts/run-edits.ts';
import { variablesAt } from '../../facts/scope.ts';
import { runsAsRoot } from '../../facts/users.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell.ts';
import type { Instruction, Run } from '../../syntax/tree.ts';
import { trimEnd } from '../../text/trim.ts';

/** What may stand beside the download; where there is more, files are checked, built, or removed again. */
const beside = /^(?:curl|wget|tar|bsdtar|mkdir|cd|rm|gunzip|gzip|ln|chmod|chown|set|echo|true|)$/;

export default defineRule({
  code: 'prefer-add-unpack',
  name: 'prefer-add-unpack',
  aliases: ['tally/prefer-add-unpack'],
  since: '0.2.0',
  severity: 'info',
  recommended: { level: 'hint', because: 'It proposes another way to do the same.' },
  family: 'copy',
  summary: 'A RUN downloads and unpacks an archive, which ADD could do',
  why: '`ADD --unpack=true URL FOLDER` downloads and unpacks in one step, without curl, wget or tar in the image, and looks in each build whether the file has changed; a RUN is taken from the cache as long as its line is the same (Dockerfile reference, "ADD --unpack", syntax 1.17). `--checksum` checks the file as well. The rule is silent where the RUN checks, builds or removes what it unpacked, or strips folders from it.',
  messages: {
    unpack:
      'The cache keeps this download even where the file has changed. Write `ADD --unpack=true {url} {folder}` in place of this RUN (Dockerfile syntax 1.17 or later), which looks each time.',
    kept: 'The archive stays in the image beside what was unpacked. Write `ADD --unpack=true {url} {folder}` in place of this RUN (Dockerfile syntax 1.17 or later), or remove the archive at its end.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nADD --unpack=true https://example.org/x.tgz /opt' },
      { code: 'FROM debian:12\nRUN curl -L https://example.org/x.tgz | tar xz --strip-components=1 -C /opt' },
      { code: 'FROM debian:12\nRUN curl -LO https://example.org/x.tgz && sha256sum -c sums && tar xf x.tgz' },
      {
        code: 'FROM debian:12\nRUN wget https://example.org/x.tgz && tar xf x.tgz && ./x/configure && rm -rf x',
      },
      {
        code: '# syntax=docker/dockerfile:1.7\nFROM debian:12\nRUN curl -L https://example.org/x.tgz | tar xz -C /opt',
      },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN ⟦curl⟧ -fsSL https://example.org/x.tgz | tar -xz -C /opt',
        fixed: 'FROM debian:12\nADD --unpack=true https://example.org/x.tgz /opt/',
      },
      {
        code: 'FROM debian:12\nARG V=1.0\nRUN ⟦wget⟧ -qO- https://example.org/x-${V}.tar.gz | tar xzf - -C /usr/local',
        fixed: 'FROM debian:12\nARG V=1.0\nADD --unpack=true https://example.org/x-${V}.tar.gz /usr/local/',
      },
      {
        code: 'FROM debian:12\nRUN ⟦curl⟧ -fLO https://example.org/x.tar.xz && tar xf x.tar.xz && rm x.tar.xz',
        note: 'it lies where the RUN works, which is not said',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const { minor, isDocker } = frontendOf(facts.file);
      if (!isDocker || (minor !== undefined && minor < 17)) return;
      const commands = facts.commands(run);
      const downloads = commands.flatMap((command) => readDownload(command) ?? []);
      const [download, second] = downloads;
      const url = download?.urls[0];
      if (!download?.command.nameWord || !url || second || download.urls.length > 1) return;
      if (
        !/^https?:/.test(url.value) ||
        !archiveName.test(url.value.replace(/[?#].*/s, '')) ||
        !isKnown(facts, run, url)
      )
        return;
      const tars = commands.filter(extracts);
      const isMore = commands.some((command) => !beside.test(command.name) || removesMore(command));
      if (tars.length !== 1 || isMore) return;
      const tar = tars[0] as ShellCommand;
      if (tar.args.some(({ value }) => /^--(?:strip|transform|wildcards|exclude)/.test(value))) return;
      const saved =
        download.output?.value ??
        url.value
          .replace(/[?#].*/s, '')
          .split('/')
          .at(-1) ??
        '';
      const folder = folderOf(tar, saved);
      const isKept =
        tar.args.some(({ value }) => archiveName.test(value)) && !commands.some(({ name }) => name === 'rm');
      const isMoved = commands.some(({ name }) => name === 'cd');
      const data = {
        url: url.value.length > 100 ? '<URL>' : url.value.replace(/\$\{(\w+)\}(?!\w)/g, '$$$1'),
        folder: folder ? `${trimEnd(folder, /\//)}/` : isMoved ? '<folder>' : './',
      };
      report(run.at(download.command.nameWord), isKept ? 'kept' : 'unpack', data, () =>
        folder && commands.length === 2 ? useAdd(facts, run, url, folder) : undefined,
      );
    },
  }),
});

/** Whether a command is a `tar` that unpacks. */
function extracts({ name, args }: ShellCommand): boolean {
  const first = args[0]?.value ?? '';
  return (
    (name === 'tar' || name === 'bsdtar') &&
    (/^[a-zA-Z]*x/.test(first) || args.some(({ value }) => /^-[a-zA-Z]*x|^--(?:extract|get)$/.test(value)))
  );
}

/** Whether a command removes more than an archive. */
function removesMore({ name, args }: ShellCommand): boolean {
  return name === 'rm' && args.some(({ value }) => !value.startsWith('-') && !archiveName.test(value));
}

/** The absolute folder behind `-C`, where it is all that the tar takes out. */
function folderOf({ args }: ShellCommand, saved: string): string | undefined {
  const at = args.findIndex(({ value }) => /^-[a-zA-Z]*C$|^--directory$/.test(value));
  const folder = args[at + 1]?.value;
  const others = args.filter(
    ({ value }, i) => i !== at && i !== at + 1 && i > 0 && !value.startsWith('-') && value !== saved,
  );
  return at >= 0 && folder?.startsWith('/') && others.length === 0 ? folder : undefined;
}

/** Whether every variable of a word is one of the file, which an ADD could read as well. */
function isKnown({ file, stageOf }: FileFacts, run: Instruction, { value }: ShellWord): boolean {
  const stage = stageOf(run);
  if (!value.includes('$')) return !value.includes('`');
  const known = stage && variablesAt(file, stage, run);
  const names = [...value.matchAll(/\$\{?(\w+)\}?/g)].map(([, name]) => name as string);
  return !/\$\(|`|\$\{\w+[^\w}]/.test(value) && names.every((name) => known?.has(name));
}

function useAdd(facts: FileFacts, run: Instruction<Run>, url: ShellWord, folder: string): Fix | undefined {
  const stage = facts.stageOf(run);
  if (!stage || !/^[\w/.-]+$/.test(folder) || !runsAsRoot(facts.file, stage, run)) return undefined;
  const edit = replaceRun(facts, run, 'ADD', `--unpack=true ${url.value} ${trimEnd(folder, /\//)}/`);
  return edit && { title: 'Unpack it with ADD', safety: 'unsafe', edits: [edit] };
}
