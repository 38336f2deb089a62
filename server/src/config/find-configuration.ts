import type { Ports } from '../ports/ports.ts';
import { type Configuration, defaultConfiguration } from './configuration.ts';
import { hadolintYamlCandidates, readHadolintYaml } from './hadolint-yaml.ts';

/** Which file configures a Dockerfile; each is a URI. */
export interface ConfigurationFile {
  /** The one in use; undefined where there is none. */
  readonly used: string | undefined;
  /** A nearer one that may not be read. */
  readonly passedOver: string | undefined;
}

export interface ConfigurationFinder {
  /** Configuration from the nearest `.hadolint.yaml`, or the default one. It does not fail. */
  find(dockerfileUri: string): Promise<ConfigurationFile & { readonly configuration: Configuration }>;
  /** Forgets what was read; call it when such a file changes. */
  forget(): void;
}

/** Such a file is not larger, in bytes. */
const largest = 1_000_000;

/** Reads each candidate file once and keeps it until told to forget. */
export function createConfigurationFinder(ports: Ports): ConfigurationFinder {
  let known = new Map<string, Promise<Configuration | 'passed over' | undefined>>();
  const read = (uri: string) => {
    let entry = known.get(uri);
    if (!entry) {
      entry = load(uri).catch((error) => {
        ports.log('warn', `${uri} cannot be read: ${error}`);
        return undefined;
      });
      known.set(uri, entry);
    }
    return entry;
  };
  const load = async (uri: string) => {
    const text = await ports.readFile(uri, largest);
    if (text === undefined) return (await ports.isPassedOver?.(uri)) ? 'passed over' : undefined;
    const { configuration, problems } = readHadolintYaml(text);
    for (const { message } of problems) ports.log('warn', `${uri}: ${message}`);
    ports.reportProblems?.(uri, text, problems);
    return configuration;
  };
  return {
    async find(dockerfileUri) {
      let passedOver: string | undefined;
      for (const candidate of hadolintYamlCandidates(dockerfileUri)) {
        const found = await read(candidate);
        if (found === 'passed over') passedOver ??= candidate;
        else if (found) return { configuration: found, used: candidate, passedOver };
      }
      return { configuration: defaultConfiguration, used: undefined, passedOver };
    },
    forget() {
      known = new Map();
    },
  };
}
