// A fake: a thread of the command line with one rule more, which hangs or wants all memory where a file says so.
import { serveThread } from '../../server/src/cli/serve-thread.ts';
import { createService } from '../../server/src/service.ts';
import { loadTestShellParser } from './linter.ts';
import { stuckRule } from './toy-rules.ts';

await serveThread(
  () => {},
  async (log) =>
    createService({
      ports: { readFile: async () => undefined, log: (_, message) => log?.(message) },
      parseShell: await loadTestShellParser(),
      rules: [stuckRule],
    }),
);
