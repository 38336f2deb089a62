import type { Ports } from '../ports/ports.ts';
import { type Configuration, defaultConfiguration } from './configuration.ts';
import { hadolintYamlCandidates, readHadolintYaml } from './hadolint-yaml.ts';

export interface ConfigurationFinder {
  /** Configuration from the nearest `.hadolint.yaml`, or the default one. */
  find(dockerfileUri: string): Promise<Configuration>;
  /** Forgets what was read; call it when such a file changes. */
  forget(): void;
}

/** Reads each candidate file once and keeps it until told to forget. */
export function createConfigurationFinder(ports: Ports): ConfigurationFinder {
  let known = new Map<string, Promise<Configuration | undefined>>();
  const read = (uri: string) => {
    let entry = known.get(uri);
    if (!entry) {
      entry = load(uri);
      known.set(uri, entry);
    }
    return entry;
  };
  const load = async (uri: string) => {
    const text = await ports.readFile(uri);
    if (text === undefined) return undefined;
    const { configuration, problems } = readHadolintYaml(text);
    for (const { message } of problems) ports.log('warn', `${uri}: ${message}`);
    ports.reportProblems?.(uri, text, problems);
    return configuration;
  };
  return {
    async find(dockerfileUri) {
      for (const candidate of hadolintYamlCandidates(dockerfileUri)) {
        const found = await read(candidate);
        if (found) return found;
      }
      return defaultConfiguration;
    },
    forget() {
      known = new Map();
    },
  };
}
