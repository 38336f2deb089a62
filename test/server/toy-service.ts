import type { Rule } from '../../server/src/lint/rule.ts';
import { createService, type Service } from '../../server/src/service.ts';
import { loadTestShellParser } from './linter.ts';

const parseShell = await loadTestShellParser();

/** A service over files in memory: its ports are stand-ins, so no disk and no editor takes part. */
export function createToyService(
  rules?: readonly Rule[],
  files: Record<string, string> = {},
): { service: Service; log: string[]; reads: string[] } {
  const log: string[] = [];
  const reads: string[] = [];
  const service = createService({
    rules,
    parseShell,
    ports: {
      readFile: async (uri) => {
        reads.push(uri);
        return files[uri];
      },
      log: (level, message) => log.push(`${level}: ${message}`),
    },
  });
  return { service, log, reads };
}
