import { isMap, isScalar } from 'yaml';
import type { ComposeService } from '../facts/build-context.ts';
import { parseYaml, valueIn } from '../text/yaml.ts';
import { stringOf, tableOf } from './pyproject.ts';

/** The names that Compose looks for, in its order (Compose documentation, "The Compose file"). */
export const composeNames = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

/** The services of a Compose file beside a Dockerfile that are built from it; none where it is no YAML. */
export function readCompose(uri: string, text: string, dockerfile: string): ComposeService[] {
  const document = parseYaml(text, { merge: true });
  const services = document.errors.length === 0 ? document.get('services') : undefined;
  if (!isMap(services)) return [];
  const values = tableOf(valueIn(document, services));
  return services.items.flatMap(({ key, value }) => {
    if (!isScalar(key) || !isMap(value) || !key.range) return [];
    const service = tableOf(values[String(key.value)]);
    if (!builds(service.build, dockerfile)) return [];
    const [start, end] = key.range;
    const volumes = JSON.stringify([service.volumes, service.tmpfs]);
    const hasSharedMemory =
      service.shm_size !== undefined || service.ipc !== undefined || volumes.includes('/dev/shm');
    return [{ name: String(key.value), hasSharedMemory, at: { uri, text, span: { start, end } } }];
  });
}

/** Whether `build` means the folder of the Compose file and this Dockerfile in it. */
function builds(build: unknown, dockerfile: string): boolean {
  const { context, dockerfile: named } = tableOf(build);
  const folder =
    stringOf(build) ?? (build === undefined || build === null ? undefined : (stringOf(context) ?? '.'));
  return (
    folder !== undefined &&
    /^\.?\/?$/.test(folder) &&
    (stringOf(named) ?? 'Dockerfile').replace(/^\.\//, '') === dockerfile
  );
}
