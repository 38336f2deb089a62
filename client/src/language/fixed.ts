// Says what fixing all did, and what is left for a person.
import * as z from 'zod';
import { type FoundParams, type FoundResult, foundRequest } from '../../../server/src/protocol/requests.ts';
import type { AskServer } from '../ui/ask-server.ts';
import { tellQuietly } from '../ui/say.ts';
import type { Workbench } from '../ui/workbench.ts';
import { fixedWords } from './fixed-words.ts';

export const fixedCommand = 'wheelhouse.language.fixed';

/** What is left takes a while to read. */
const toldMs = 10_000;

/** A link may give it as well. */
const given = z.object({ uri: z.string(), fixed: z.int().min(0) });

export function registerFixed(workbench: Workbench, askServer: AskServer): void {
  workbench.command(
    fixedCommand,
    async (argument) => {
      const { uri, fixed } = given.parse(argument);
      // Asked once the edit is made, so that the lines are those of the text as it is.
      const left = await askServer<FoundResult | null>(foundRequest, { uri } satisfies FoundParams);
      if (left) tellQuietly(fixedWords(fixed, left), toldMs);
    },
    { untrusted: true },
  );
}
