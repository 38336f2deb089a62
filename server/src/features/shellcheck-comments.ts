import * as z from 'zod';
import { type Severity, severities } from '../lint/rule.ts';

const position = { line: z.number(), column: z.number(), endLine: z.number(), endColumn: z.number() };
const commentSchema = z.object({
  ...position,
  level: z.enum(severities as [Severity, ...Severity[]]),
  code: z.number(),
  message: z.string(),
  fix: z
    .object({
      replacements: z.array(z.object({ ...position, replacement: z.string() })),
    })
    .nullish()
    .catch(undefined),
});

/** Lines and columns count from 1. */
export type ShellcheckPlace = { readonly [K in keyof typeof position]: number };
export type ShellcheckReplacement = ShellcheckPlace & { readonly replacement: string };
export type ShellcheckComment = z.infer<typeof commentSchema>;

/** What ShellCheck said, in its format `json1`; what is of another shape is left out. */
export function readComments(said: readonly unknown[]): ShellcheckComment[] {
  return said.flatMap((entry) => commentSchema.safeParse(entry).data ?? []);
}
