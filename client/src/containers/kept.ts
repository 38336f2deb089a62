// What is known of the pages of containers that are open after a reload of the window.
import * as z from 'zod';
import { keptPages } from '../ui/kept-pages.ts';
import { checkContainerName } from './model.ts';

const container = z.object({
  id: z.string().regex(/^[0-9a-f]{12,64}$/),
  name: z.string().refine((name) => checkContainerName(name) === undefined),
});

const keptLog = z.object({
  title: z.string(),
  sources: z.array(container.extend({ hasTerminal: z.boolean() })).min(1),
  chosen: z.object({
    pattern: z.string().max(1_000),
    matchCase: z.boolean(),
    level: z.string(),
    since: z.string().regex(/^\d{0,6}$/),
    tail: z.string().regex(/^\d{1,6}$/),
  }),
});

export type KeptLog = z.infer<typeof keptLog>;

export const keptLogs = keptPages('containers.logs', keptLog);

export const keptProcesses = keptPages('containers.processes', container.extend({ title: z.string() }));
