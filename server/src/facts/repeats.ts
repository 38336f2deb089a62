import type { CommandLine, Healthcheck, Instruction } from '../syntax/tree.ts';
import { removeLines } from '../text/edit.ts';
import type { FileFacts } from './file-facts.ts';
import type { OptionTable } from './option-table.ts';

type Single = (CommandLine | Healthcheck)['keyword'];

/** The option of the rules on instructions of which a stage has one. */
export const repeatOptions = (keyword: Single, argument: string) =>
  ({
    markLater: {
      default: false,
      description: `Report the later ${keyword}, which takes effect, instead of the earlier, which does not.`,
      hadolint: {
        value: true,
        reason: `The earlier ${keyword} is the one without effect and the one to delete, so it is marked, as BuildKit does; hadolint marks the later.`,
        example: `FROM debian:12\n${keyword} ${argument}\n${keyword} ${argument}\n`,
      },
    },
  }) as const satisfies OptionTable;

/**
 * What to say of an instruction of which only the last one in a stage counts; undefined where it is the only one, or the
 * one that is right.
 */
export function repeatOf(
  facts: FileFacts,
  instruction: Instruction,
  { markLater }: { readonly markLater: boolean },
) {
  const all = facts.alike(instruction);
  const dead = markLater ? all[all.indexOf(instruction) - 1] : instruction;
  const last = all.at(-1);
  if (!dead || !last || dead === last) return undefined;
  const { keyword } = instruction.node;
  return {
    messageId: markLater ? ('later' as const) : ('earlier' as const),
    fix: () => ({
      title: `Delete the ${keyword} that has no effect`,
      // A comment between its lines would go with it.
      safety: dead.node.comments.length > 0 ? ('unsafe' as const) : ('safe' as const),
      edits: [removeLines(facts.file.text, dead.span)],
    }),
    extras: markLater
      ? { related: [{ span: dead.span, message: `This ${keyword} has no effect.` }] }
      : {
          tag: 'unnecessary' as const,
          related: [{ span: last.span, message: `This ${keyword} takes its place.` }],
        },
  };
}
