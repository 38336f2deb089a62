import type { ClientCapabilities, Connection } from 'vscode-languageserver';
import { readSettings } from '../config/read-settings.ts';
import type { Settings } from '../config/settings.ts';
import { settingsSection } from '../protocol/requests.ts';

/** The client's settings: a client that can be asked is asked, another one tells them at the start and when they change. */
export interface ClientSettings {
  begin(capabilities: ClientCapabilities, initial: unknown): void;
  /** For a document, or for none in particular. */
  of(uri: string | undefined): Promise<Settings>;
  /** Takes what a change tells: all settings, ours below their section. */
  changed(told: unknown): void;
  /** Asks anew the next time. */
  forget(): void;
  closed(uri: string): void;
}

export function createClientSettings(connection: Connection): ClientSettings {
  let asks = false;
  let told: unknown;
  let known = new Map<string, Promise<Settings>>();

  const ask = (scopeUri: string | undefined): Promise<Settings> =>
    connection.workspace
      .getConfiguration({ scopeUri, section: settingsSection })
      // A client may have nothing to answer where it told its settings at the start.
      .then((answer) => readSettings(answer ?? told))
      .catch(() => readSettings(told));
  return {
    begin(capabilities, initial) {
      asks = capabilities.workspace?.configuration === true;
      told = initial;
    },
    of(uri) {
      if (!asks) return Promise.resolve(readSettings(told));
      const settings = known.get(uri ?? '') ?? ask(uri);
      known.set(uri ?? '', settings);
      return settings;
    },
    changed(settings) {
      const own = (settings as Record<string, unknown> | null | undefined)?.[settingsSection];
      if (own !== undefined && own !== null) told = own;
    },
    forget() {
      known = new Map();
    },
    closed: (uri) => void known.delete(uri),
  };
}
