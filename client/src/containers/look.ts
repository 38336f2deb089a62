// What runs in a container, and with which variables.
import { t } from '@vscode/l10n';
import { topProcesses } from '../runtime/container-commands.ts';
import type { ContainerDetails } from '../runtime/container-details.ts';
import { redact } from '../runtime/redact.ts';
import { html } from '../ui/plain-text.ts';
import { showRawJson } from '../ui/raw-json.ts';
import { showPage } from '../ui/static-page.ts';
import type { Workbench } from '../ui/workbench.ts';
import { containerPatterns } from './failures.ts';
import { processTable, variablesOf } from './model-inside.ts';

export async function showProcesses(workbench: Workbench, container: ContainerDetails | undefined) {
  if (!container) return undefined;
  const engine = await workbench.engine.get();
  const step = t('Listing the processes of {0}', container.name);
  const facts = { step, tool: 'engine', patterns: containerPatterns } as const;
  const { titles, rows } = processTable(await workbench.run(topProcesses(engine, container.id), facts));
  const cells = (values: readonly string[], tag: string) =>
    values.map((value) => `<${tag}>${html(redact(value))}</${tag}>`).join('');
  const at = new Date().toLocaleTimeString();
  showPage('wheelhouse.processes', {
    title: t('Processes of {0}', container.name),
    body: `<h1>${html(t('Processes of {0}', container.name))}</h1>
<table><caption>${html(t('{0} processes at {1}', rows.length, at))}</caption>
<thead><tr>${titles.map((title) => `<th scope="col">${html(title)}</th>`).join('')}</tr></thead>
<tbody>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table>`,
    style: 'td:last-child { font-family: var(--vscode-editor-font-family); overflow-wrap: anywhere; }',
  });
  return { processes: rows.length };
}

/** As the engine started it; the values are hidden until a button shows them. */
export async function showEnvironment(container: ContainerDetails | undefined) {
  if (!container) return undefined;
  const variables = variablesOf(container.raw);
  await showRawJson(t('Environment of {0}', container.name), { Env: variables });
  return { names: Object.keys(variables) };
}
