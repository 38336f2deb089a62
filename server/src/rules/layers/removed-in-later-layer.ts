import { readDownload } from '../../facts/downloads.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import { joinPath, pathAt } from '../../facts/paths.ts';
import { shippedStage } from '../../facts/shipped-stages.ts';
import { lineage, type Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';

type How = 'copied' | 'added' | 'fetched';
/** Files of some size. */
const large =
  /\.(?:tar|tgz|txz|tbz2?|gz|bz2|xz|zst|zip|7z|deb|rpm|whl|run|iso|safetensors|ckpt|pth?|onnx|h5)$|(?:^|\/)(?:mini|ana|mamba)(?:conda|forge)[^/]*\.sh$/i;

export default defineRule({
  code: 'removed-in-later-layer',
  name: 'removed-in-later-layer',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'layers',
  summary: 'A file is removed in a later layer than the one that brought it',
  why: 'Each COPY, ADD and RUN makes a layer, and layers are only added to: what a later RUN removes is hidden, not gone, so the image is as large as before and whoever has it can take the file out (OCI image specification, "Layer Filesystem Changeset"). Fetch, use and remove in one RUN; a file of the build context need not be copied at all, as `RUN --mount=type=bind` shows it to one RUN. The rule looks at archives, packages, installers, weights and clones of the last stage.',
  messages: {
    fetched:
      '`{path}` stays in the layer of the RUN that fetched it, so removing it here saves nothing. Fetch, use and remove it in one RUN, joined by `&&`.',
    added:
      '`{path}` stays in the layer of the ADD, so removing it here saves nothing. Delete the ADD, and download it by curl or wget, which the image needs for that, in the RUN that uses and removes it.',
    copied:
      '`{path}` stays in the layer of its COPY, so removing it here saves nothing. Delete the COPY and this `rm`, and write `RUN --mount=type=bind,source=…,target={path} …` where it is used.',
    archive:
      '`{path}` stays in the layer of its COPY, so removing it here saves nothing. Write `ADD <archive> <folder>` in place of COPY, tar and `rm`: it unpacks the archive and keeps none.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN wget -q https://example.org/a.tar.gz && tar xf a.tar.gz && rm a.tar.gz' },
      {
        code: 'FROM debian:12 AS build\nCOPY a.tar.gz /tmp/\nRUN rm /tmp/a.tar.gz\nFROM debian:12\nCOPY --from=build /x /x',
        note: 'a stage that is not shipped',
      },
      {
        code: 'FROM debian:12\nCOPY requirements.txt /tmp/\nRUN pip install -r /tmp/requirements.txt && rm /tmp/requirements.txt',
        note: 'a few bytes',
      },
      {
        code: 'FROM debian:12\nRUN wget -q https://example.org/a.zip -O /tmp/a.zip && unzip /tmp/a.zip && rm /tmp/a.zip\nRUN rm -rf /tmp/*',
      },
      {
        code: 'FROM debian:12\nRUN git clone https://example.org/x.git /tmp/x\nRUN wget -q https://example.org/a.zip -O /tmp/a.zip && unzip /tmp/a.zip -d /a && rm -rf /tmp/*',
        note: 'the archive goes with it',
      },
      { code: 'FROM debian:12\nADD a.tar.gz /tmp/\nRUN rm -f /tmp/a.tar.gz', note: 'ADD unpacks it' },
    ],
    bad: [
      { code: 'FROM debian:12\nCOPY a.tar.gz /tmp/\nRUN tar xf /tmp/a.tar.gz && rm ⟦/tmp/a.tar.gz⟧' },
      {
        code: 'FROM debian:12\nWORKDIR /src\nRUN curl -fLO https://example.org/a.zip\nRUN unzip a.zip\nRUN rm -f ⟦a.zip⟧',
      },
      {
        code: 'FROM debian:12\nRUN git clone https://example.org/x.git /tmp/x\nRUN make -C /tmp/x\nRUN rm -rf ⟦/tmp/x⟧',
      },
      {
        code: 'FROM debian:12\nADD https://example.org/cuda_12.run /tmp/\nRUN sh /tmp/cuda_12.run && rm -rf ⟦/tmp/*⟧',
      },
    ],
  },
  create: () => {
    /** What each stage brought so far, by its path. */
    const brought = new Map<Stage, Map<string, How>>();
    const note = (stage: Stage, paths: readonly (string | undefined)[], how: How) => {
      const all = brought.get(stage) ?? new Map();
      brought.set(stage, all);
      for (const path of paths) if (path?.startsWith('/')) all.set(path, how);
    };
    const copy = (it: Instruction<Copy>, { facts }: { facts: FileFacts }) => {
      const stage = shippedStage(facts, it);
      if (!stage) return;
      const isRemote = it.node.sources.some(({ value }) => value.includes('://'));
      note(stage, copiedPaths(facts, stage, it), isRemote ? 'added' : 'copied');
    };
    return {
      COPY: copy,
      ADD: copy,
      RUN(run, { facts, report }) {
        const stage = shippedStage(facts, run);
        if (!stage || !/\b(?:rm|wget|curl|git)\b/.test(run.node.text)) return;
        const commands = facts.commands(run);
        const isMoved = commands.some(({ name }) => name === 'cd' || name === 'pushd');
        const place = (value: string) =>
          isMoved && !value.startsWith('/') ? undefined : pathAt(facts.file, stage, run, { value });
        const removed: { readonly word: ShellWord; readonly path: string; readonly isInside: boolean }[] = [];
        let isClear = true;
        for (const word of commands.flatMap(({ name, args }) => (name === 'rm' ? args : []))) {
          if (word.value.startsWith('-')) continue;
          const path = place(word.value.replace(/(?<=.)\/\*?$/, ''));
          if (path) removed.push({ word, path, isInside: word.value.endsWith('*') });
          else isClear = false;
        }
        const here = commands.flatMap((command) => fetchedPaths(command).map(place));
        for (const { word, path, isInside } of removed) {
          // What this RUN brought goes with the rest.
          const isOfUse = isInside && here.some((one) => one?.startsWith(`${path}/`));
          const how = takeOut(brought, stage, path, isInside);
          if (!how || isOfUse) continue;
          const name = word.value.split('/').at(-1) ?? '';
          const isUnpacked = commands.some(
            (one) => one.name === 'tar' && one.args.some(({ value }) => value.endsWith(name)),
          );
          const isArchive =
            how === 'copied' && isUnpacked && /\.(?:tar(?:\.(?:gz|bz2|xz))?|tgz|txz|tbz2?)$/.test(name);
          report(run.at(word), isArchive ? 'archive' : how, { path: word.value });
        }
        // Where it is not known what goes, nothing is known to stay.
        const fetched = isClear ? here : [];
        const staying = fetched.filter(
          (path) => !removed.some((one) => path === one.path || path?.startsWith(`${one.path}/`)),
        );
        note(stage, staying, 'fetched');
      },
    };
  },
});

/** Forgets a path, and says how it had come; one in a folder whose content is removed counts, too. */
function takeOut(
  brought: ReadonlyMap<Stage, Map<string, How>>,
  stage: Stage,
  path: string,
  isInside: boolean,
): How | undefined {
  let found: How | undefined;
  for (const one of lineage(stage)) {
    const all = brought.get(one);
    found ??= all?.get(path);
    all?.delete(path);
    if (!isInside) continue;
    for (const [known, by] of all ?? []) {
      if (!known.startsWith(`${path}/`)) continue;
      found ??= by;
      all?.delete(known);
    }
  }
  return found;
}

/** Where a COPY or ADD may put its large files. */
function copiedPaths(
  facts: FileFacts,
  stage: Stage,
  { node, index }: Instruction<Copy>,
): (string | undefined)[] {
  const it = stage.instructions.find((one) => one.index === index);
  const { destination, sources } = node;
  if (!it || !destination || node.flags.some(({ name }) => name === 'from')) return [];
  const target = pathAt(facts.file, stage, it, destination);
  if (target === undefined) return [];
  return sources.flatMap(({ value }) => {
    const isUnpacked = node.keyword === 'ADD' && /\.(?:tar|t[gx]z|tbz2?|gz|bz2|xz)$/.test(value);
    const name = value.split('/').at(-1) ?? '';
    if (!large.test(name) || /[*?$]/.test(name) || (isUnpacked && !value.includes('://'))) return [];
    return [joinPath(target, name), ...(sources.length === 1 && large.test(target) ? [target] : [])];
  });
}

/** What a command fetches, as its words name it. */
function fetchedPaths(command: ShellCommand): string[] {
  const words = command.args.map(({ value }) => value).filter((word) => !word.startsWith('-'));
  const nameOf = (url: string) =>
    url
      .replace(/[?#].*$/s, '')
      .split('/')
      .at(-1) ?? '';
  if (command.name === 'git' && words[0] === 'clone') {
    const at = words.findIndex((word) => /:\/\/|^git@/.test(word));
    return at < 0 ? [] : [words[at + 1] ?? nameOf(words[at] ?? '').replace(/\.git$/, '')];
  }
  const download = readDownload(command);
  if (!download || command.args.some(({ value }) => /^(?:-P|--directory-prefix|--output-dir)/.test(value)))
    return [];
  const names = download.keepsName
    ? download.urls.map(({ value }) => nameOf(value))
    : [download.output?.value ?? ''];
  return names.filter((name) => large.test(name));
}
