import * as z from 'zod';
import { severities } from '../lint/rule.ts';
import {
  type Configuration,
  defaultConfiguration,
  type Level,
  type Preset,
  presets,
} from './configuration.ts';

const level = z.enum(['default', 'off', ...severities]);
const ruleSetting = z.union([level, z.looseObject({ severity: level.optional() })]);

const shellcheckDefaults = { enable: true, path: '' };

/** The editor's settings below `wheelhouse`; what does not fit its type counts as not set. */
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

export interface Settings {
  readonly lint: { readonly enable: boolean; readonly preset?: Preset };
  readonly rules: Readonly<Record<string, z.infer<typeof ruleSetting>>>;
  readonly shellcheck: {
    readonly enable: boolean;
    /** The program; empty means `shellcheck` on PATH. */
    readonly path: string;
  };
  /** Whether Docker Hub is asked for the tags of its images, as it is where nothing is said. */
  readonly completion?: { readonly dockerHub: boolean };
}

export function readSettings(value: unknown): Settings {
  return schema.parse(value ?? {});
}

/** The settings' part of a configuration. */
export function configurationOf(settings: Settings): Configuration {
  const levels = new Map<string, Level>();
  const options = new Map<string, Record<string, unknown>>();
  for (const [id, setting] of Object.entries(settings.rules)) {
    const { severity = 'default', ...rest } = typeof setting === 'string' ? { severity: setting } : setting;
    if (severity !== 'default') levels.set(id, severity);
    if (Object.keys(rest).length > 0) options.set(id, rest);
  }
  return { ...defaultConfiguration, levels, options, preset: settings.lint.preset };
}
