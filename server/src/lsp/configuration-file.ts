import type { Connection } from 'vscode-languageserver';
import type { ConfigurationFile } from '../config/find-configuration.ts';
import { type ConfigurationParams, configurationNotification } from '../protocol/requests.ts';

/** Tells the editor by which file a Dockerfile is judged, once until that changes. */
export function createConfigurationTeller(connection: Connection) {
  const told = new Map<string, string>();
  return {
    tell(uri: string, { used, passedOver }: ConfigurationFile): void {
      const params: ConfigurationParams = { uri, file: used ?? null, passedOver: passedOver ?? null };
      const said = JSON.stringify(params);
      if (told.get(uri) !== said) void connection.sendNotification(configurationNotification, params);
      told.set(uri, said);
    },
    closed: (uri: string) => void told.delete(uri),
  };
}
