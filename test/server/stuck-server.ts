// A fake: the server with one rule more, which hangs, wants all memory or takes long where a file says so. Real files that
// do that are mended when they are found, so none is left to test with.
import {
  createConnection,
  PortMessageReader,
  PortMessageWriter,
  ProposedFeatures,
} from 'vscode-languageserver/node';
import { ownEnd, startThread } from '../../server/src/adapters/thread.ts';
import { serveInThreads } from '../../server/src/lsp/front.ts';
import { createMark, markSize } from '../../server/src/lsp/mark.ts';
import { serve } from '../../server/src/lsp/server.ts';
import { rules } from '../../server/src/rules/index.ts';
import { createService } from '../../server/src/service.ts';
import { loadTestShellParser } from './linter.ts';
import { stuckRule } from './toy-rules.ts';

// Where others never move, what waits for a document waits until that is given up.
const isStubborn = process.argv.includes('--stubborn');
const patience = {
  beforeOthersMove: isStubborn ? Number.POSITIVE_INFINITY : 150,
  beforeOthersMoveAtStart: isStubborn ? Number.POSITIVE_INFINITY : 300,
  beforeGivenUp: 2_000,
};
const front = ownEnd();
if (!front)
  serveInThreads(
    createConnection(ProposedFeatures.all),
    () => startThread(import.meta.url, markSize),
    patience,
  );
else {
  const { port, memory } = front;
  serve(createConnection(ProposedFeatures.all, new PortMessageReader(port), new PortMessageWriter(port)), {
    version: '0',
    mark: createMark(memory),
    readFileUri: async () => undefined,
    readUnpackedUri: async () => undefined,
    listFolderUri: async () => undefined,
    isOwnFile: async () => false,
    existsUri: async () => false,
    findShellcheck: async () => undefined,
    createDockerHub: () => async () => undefined,
    start: async (ports) =>
      createService({ ports, parseShell: await loadTestShellParser(), rules: [...rules, stuckRule] }),
  });
}
