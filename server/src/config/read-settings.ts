import * as z from 'zod';
import { severities } from '../lint/rule.ts';
import { presets } from './configuration.ts';
import type { Settings } from './settings.ts';

const level = z.enum(['default', 'off', ...severities]);
const ruleSetting = z.union([level, z.looseObject({ severity: level.optional() })]);

const shellcheckDefaults = { enable: true, path: '' };

const schema = z
  .object({
    lint: z
      .object({
        enable: z.boolean().catch(true),
        preset: z.enum(presets).optional().catch(undefined),
      })
      .catch({ enable: true }),
    rules: z.record(z.string(), ruleSetting.catch('default')).catch({}),
    shellcheck: z
      .object({ enable: z.boolean().catch(true), path: z.string().catch('') })
      .catch(shellcheckDefaults),
    completion: z
      .object({ dockerHub: z.boolean().catch(true) })
      .optional()
      .catch(undefined),
  })
  .catch({ lint: { enable: true }, rules: {}, shellcheck: shellcheckDefaults });

/** The editor's settings below `wheelhouse`; what does not fit its type counts as not set. */
export function readSettings(value: unknown): Settings {
  return schema.parse(value ?? {});
}
