import { type Configuration, defaultConfiguration, type Level, type Preset } from './configuration.ts';

type LevelSetting = Level | 'default';
type RuleSetting = LevelSetting | { readonly severity?: LevelSetting; readonly [option: string]: unknown };

/** The editor's settings below `wheelhouse`. */
export interface Settings {
  readonly lint: { readonly enable: boolean; readonly preset?: Preset };
  readonly rules: Readonly<Record<string, RuleSetting>>;
  readonly shellcheck: {
    readonly enable: boolean;
    /** The program; empty means `shellcheck` on PATH. */
    readonly path: string;
  };
  /** Whether Docker Hub is asked for the tags of its images, as it is where nothing is said. */
  readonly completion?: { readonly dockerHub: boolean };
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
