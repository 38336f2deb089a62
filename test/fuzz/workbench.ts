import https from 'node:https';
import type { Ports } from '../../server/src/ports/ports.ts';
import { createService, type Service } from '../../server/src/service.ts';
import { loadTestShellParser } from '../server/linter.ts';
import { isWithin, type Probe } from './probe.ts';

export const folder = 'file:///project';

/** A service over files in memory. */
export interface Workbench {
  readonly service: Service;
  /** Puts other files into the folder, and who hears what the service has to say of them. */
  lay(files: Readonly<Record<string, string>>, probe: Probe): void;
}

const parseShell = await loadTestShellParser();
// Completion of a tag would ask Docker Hub.
https.get = (() => {
  throw new Error('There is no network here.');
}) as typeof https.get;

// A library's warning would stand among the answers of the command line.
let onWarning: ((message: string) => void) | undefined;
process.emitWarning = (warning: string | Error) => onWarning?.(String(warning));

/** What ShellCheck could say, at places that a script has and at such as it has not. */
const comments = [1, 2, 3, 5, 1000].flatMap((line) =>
  [1, 4, 500].map((column) => ({
    ...{ line, endLine: line + (column % 3), column, endColumn: column + 3 },
    ...{ level: 'warning', code: 2086, message: 'Double quote to prevent globbing.' },
    fix: { replacements: [{ line, endLine: line, column, endColumn: column, replacement: '"' }] },
  })),
);

export function createWorkbench(): Workbench {
  let laid: ReadonlyMap<string, string> = new Map();
  let listener: Probe | undefined;
  const ports: Ports = {
    isLive: true,
    readFile: async (uri) => laid.get(uri),
    listFolder: async (uri) => list(laid, uri),
    log: (level, message) => {
      if (level === 'error') listener?.fail('rule failed', message);
    },
    reportProblems(_, text, problems) {
      for (const { start, end, message } of problems) {
        listener?.holds(
          isWithin(text, { start, end }),
          `A problem lies outside of its file, at ${start}-${end} of ${text.length}: ${message}`,
        );
        listener?.shows(`problem ${message.replace(/[\d`"'].*/s, '')}`);
      }
    },
    runShellcheck: async () => comments,
  };
  const service = createService({ ports, parseShell });
  return {
    service,
    lay(files, probe) {
      laid = new Map(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
      listener = probe;
      onWarning = (message) => probe.fail('broken', `A library warns: ${message}`);
      service.forgetFiles();
    },
  };
}

function list(laid: ReadonlyMap<string, string>, uri: string) {
  const below = [...laid].filter(([file]) => file.startsWith(`${uri}/`));
  const entries = below.map(([file, text], at) => {
    const [name = '', ...rest] = file.slice(uri.length + 1).split('/');
    const kind = rest.length > 0 ? ('folder' as const) : ('file' as const);
    return {
      name,
      kind,
      size: kind === 'file' ? text.length : 0,
      changed: kind === 'file' ? at * 60_000 : 0,
    };
  });
  return [...new Map(entries.map((entry) => [entry.name, entry])).values()];
}
