// With which variables a container runs.
import { t } from '@vscode/l10n';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { showRawJson } from '../ui/raw-json.ts';
import { variablesOf } from './model-inside.ts';

/** As the engine started it; the values are hidden until a button shows them. */
export async function showEnvironment(container: ContainerDetails | undefined) {
  if (!container) return undefined;
  const variables = variablesOf(container.raw);
  await showRawJson(t('Environment of {0}', container.name), { Env: variables });
  return { names: Object.keys(variables) };
}
