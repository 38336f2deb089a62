import type { FileFacts } from '../../facts/file-facts.ts';
import { joinPath, pathAt } from '../../facts/paths.ts';
import type { Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';
import { removeLines } from '../../text/edit.ts';
import { trimEnd } from '../../text/trim.ts';

export default defineRule({
  code: 'prefer-copy-chmod',
  name: 'prefer-copy-chmod',
  aliases: ['tally/prefer-copy-chmod'],
  since: '0.2.0',
  severity: 'info',
  recommended: {
    level: 'hint',
    because: 'It proposes another way to do the same; what it spares is a second copy of the file.',
  },
  family: 'copy',
  summary: 'A RUN only to change the mode of the file just copied',
  why: 'A file whose mode changes in a later layer is in the image twice, and the RUN starts a container for it. `COPY --chmod=755` writes the file with its mode at once; it needs BuildKit, which has built by default since Docker 23.',
  messages: {
    chmod:
      'This RUN only changes the mode of the file copied above. Copy it with `--chmod={mode}`, and leave the RUN out.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nCOPY --chmod=755 start.sh /start.sh' },
      { code: 'FROM debian:12\nCOPY start.sh /start.sh\nRUN chmod +x /start.sh && /start.sh' },
      { code: 'FROM debian:12\nCOPY start.sh /start.sh\nRUN chmod +x /other.sh' },
      {
        code: 'FROM debian:12\nCOPY a.sh b.sh /bin/\nRUN chmod +x /bin/a.sh',
        note: '--chmod is for all files of a COPY',
      },
      { code: 'FROM debian:12\nCOPY start.sh /start.sh\nRUN chmod u+s /start.sh' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nCOPY start.sh /start.sh\nRUN ⟦chmod⟧ +x /start.sh\nCMD ["/start.sh"]',
        fixed: 'FROM debian:12\nCOPY --chmod=755 start.sh /start.sh\nCMD ["/start.sh"]',
      },
      {
        code: 'FROM debian:12\nWORKDIR /app\nCOPY --chown=app a.sh b.sh ./bin/\nRUN ⟦chmod⟧ 0550 bin/b.sh bin/a.sh\nCMD ["bin/a.sh"]',
        fixed:
          'FROM debian:12\nWORKDIR /app\nCOPY --chmod=0550 --chown=app a.sh b.sh ./bin/\nCMD ["bin/a.sh"]',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const before = facts.file.instructions[run.index - 1];
      const stage = facts.stageOf(run);
      if (!stage || before?.node.keyword !== 'COPY') return;
      const copy = before as Instruction<Copy>;
      const [chmod, ...others] = facts.commands(run);
      if (chmod?.name !== 'chmod' || !chmod.nameWord || others.length > 0) return;
      if (run.node.flags.length > 0 || copy.node.flags.some(({ name }) => name === 'chmod')) return;
      const [modeWord, ...targets] = chmod.args;
      const mode = modeWord && readMode(modeWord.value);
      const copied = copiedFiles(facts, stage, copy);
      const changed = targets.map((target) => pathAt(facts.file, stage, run, target));
      if (!mode || !copied || !sameSet(copied, changed)) return;
      report(run.at(chmod.nameWord), 'chmod', { mode }, () => {
        if (run.node.comments.length > 0) return undefined;
        const { end } = copy.at(copy.node.keywordWord);
        return {
          title: `Copy it with --chmod=${mode}`,
          safety: 'unsafe',
          edits: [
            { span: { start: end, end }, text: ` --chmod=${mode}` },
            removeLines(facts.file.text, run.span),
          ],
        };
      });
    },
  }),
});

/** An octal mode as written; 755 for what makes a program executable for all. */
function readMode(mode: string): string | undefined {
  if (/^0?[0-7]{3}$/.test(mode)) return mode;
  return /^(?:a|ugo)?\+r?x$/.test(mode) ? '755' : undefined;
}

/** Where the files of a COPY come to lie, as far as the text tells. */
function copiedFiles(
  { file }: FileFacts,
  stage: Stage,
  copy: Instruction<Copy>,
): (string | undefined)[] | undefined {
  const { sources, destination, heredocs } = copy.node;
  if (!destination || sources.length === 0 || heredocs.length > 0) return undefined;
  const target = pathAt(file, stage, copy, destination);
  if (!target) return undefined;
  const isFolder = sources.length > 1 || /(?:^|\/)\.{0,2}$/.test(destination.value);
  if (!isFolder) return [target];
  return sources.map(({ value }) => {
    const name = trimEnd(value, /\//).replace(/^.*\//, '');
    return /^[\w.-]+$/.test(name) ? joinPath(target, name) : undefined;
  });
}

function sameSet(a: readonly (string | undefined)[], b: readonly (string | undefined)[]): boolean {
  return !a.includes(undefined) && new Set(a).size === new Set([...a, ...b]).size && b.length === a.length;
}
