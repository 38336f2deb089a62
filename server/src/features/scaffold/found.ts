import type { ScaffoldQuestion } from '../../protocol/requests.ts';

/** What the files of a project tell, the question whose answer they do not tell, or why nothing can be made of them. */
export type Found<T> =
  | { readonly value: T; readonly assumes?: readonly string[] }
  | { readonly question: ScaffoldQuestion }
  | { readonly refused: string };

/** The answers that a person gave, by the ids of the questions. */
export type Answers = Readonly<Record<string, string>>;

export const ask = (id: ScaffoldQuestion['id'], choices: ScaffoldQuestion['choices']) => ({
  question: { id, choices },
});
