import type { Ports } from '../ports/ports.ts';
import { type Configuration, defaultConfiguration } from './configuration.ts';

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

const fileNames = ['.hadolint.yaml', '.hadolint.yml'];

/** URIs at which a Dockerfile's configuration may lie, nearest first: its own folder, then each folder above. */
export function hadolintYamlCandidates(dockerfileUri: string): string[] {
  const match = /^([a-z][a-z0-9+.-]*:(?:\/\/[^/]*)?)(\/.*)$/i.exec(dockerfileUri);
  if (!match) return []; // untitled documents have no folder
  const [, origin, path = ''] = match;
  const parts = path.split('/').slice(0, -1);
  const folders = parts.map((_, i) => parts.slice(0, parts.length - i).join('/'));
  return folders.flatMap((folder) => fileNames.map((name) => `${origin}${folder}/${name}`));
}

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
    // YAML and schemas take longer to load than a file to lint, and most folders have no such file.
    const { readHadolintYaml } = await import('./hadolint-yaml.ts');
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
