// Commands on the contexts of Docker and the connections of Podman, as values. None of them changes which one the machine uses.
import * as z from 'zod';
import type { Command } from './exec.ts';
import { parseRecords } from './records.ts';

export type ContextRecord = {
  readonly name: string;
  readonly address: string;
  readonly description: string;
  /** The command line takes it by itself. */
  readonly current: boolean;
  /** Why it cannot be read. */
  readonly error?: string;
};

const ofDocker = z.object({
  Name: z.string(),
  DockerEndpoint: z.string().nullish(),
  Description: z.string().nullish(),
  Current: z.boolean().nullish(),
  Error: z.string().nullish(),
});
const ofPodman = z.array(z.object({ Name: z.string(), URI: z.string(), Default: z.boolean().nullish() }));

export const listContexts = (file: string): Command<readonly ContextRecord[]> => ({
  file,
  args: ['context', 'ls', '--format', '{{json .}}'],
  parse: async (stdout) =>
    (await parseRecords(stdout)).map((raw) => {
      const { Name, DockerEndpoint, Description, Current, Error } = ofDocker.parse(raw);
      return {
        name: Name,
        address: DockerEndpoint ?? '',
        description: Name === 'default' ? '' : (Description ?? ''),
        current: Current ?? false,
        error: Error || undefined,
      };
    }),
});

export const listConnections = (file: string): Command<readonly ContextRecord[]> => ({
  file,
  args: ['system', 'connection', 'list', '--format', 'json'],
  // Without any, Podman 4 writes nothing.
  parse: (stdout) =>
    ofPodman.parse(JSON.parse(stdout.trim() || '[]')).map(({ Name, URI, Default }) => ({
      name: Name,
      address: URI,
      description: '',
      current: Default ?? false,
    })),
});

export const inspectContext = (file: string, name: string): Command<unknown> => ({
  file,
  args: ['context', 'inspect', name],
  parse: async (stdout) => (await parseRecords(stdout))[0],
});

export type NewContext = {
  readonly name: string;
  readonly address: string;
  readonly description?: string;
  /** A folder with ca.pem, cert.pem and key.pem. */
  readonly certificates?: string;
};

export const createContext = (
  file: string,
  made: NewContext,
  join: (...parts: string[]) => string,
): Command => {
  const { name, address, description, certificates } = made;
  const parts = Object.entries({
    host: address,
    ...(certificates && {
      ca: join(certificates, 'ca.pem'),
      cert: join(certificates, 'cert.pem'),
      key: join(certificates, 'key.pem'),
    }),
  });
  return {
    file,
    args: [
      'context',
      'create',
      ...(description ? [`--description=${description}`] : []),
      '--docker',
      // A line of CSV.
      parts.map(([key, value]) => `"${`${key}=${value}`.replaceAll('"', '""')}"`).join(','),
      '--',
      name,
    ],
  };
};

export const removeContexts = (file: string, names: readonly string[]): Command => ({
  file,
  args: ['context', 'rm', '--', ...names],
});

export const removeConnections = (file: string, [name = '']: readonly string[]): Command => ({
  file,
  args: ['system', 'connection', 'remove', '--', name],
});
