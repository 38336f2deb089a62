import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import manifest from '../../../package.json' with { type: 'json' };
import { loadBundledShellParser } from '../adapters/bundled-shell-parser.ts';
import { readFileUri } from '../adapters/node-files.ts';
import { createService } from '../service.ts';
import { serve } from './server.ts';

serve(createConnection(ProposedFeatures.all), {
  version: manifest.version,
  readFileUri,
  start: async (ports) => createService({ ports, parseShell: await loadBundledShellParser() }),
});
