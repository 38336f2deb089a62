// What is written into a project, without VS Code: how the kinds of image are said, and how tasks come into a tasks.json.
import * as l10n from '@vscode/l10n';
import { applyEdits, modify, type ParseError, parse } from 'jsonc-parser';
import type { ScaffoldKind, ScaffoldOffer, ScaffoldTask } from '../../../server/src/protocol/requests.ts';
import type { Choice } from '../ui/pickers.ts';

/** One row for each kind, in the order of the offers. */
export function kindChoices(offers: readonly ScaffoldOffer[]): readonly Choice[] {
  const words: Readonly<Record<ScaffoldKind, readonly [label: string, detail: string]>> = {
    wheel: [
      l10n.t('Image from a wheel'),
      l10n.t('Installs the wheel of dist, which is built before; small, and the way of the MLOps course.'),
    ],
    'multi-stage': [
      l10n.t('Multi-stage image of uv'),
      l10n.t('Installs what uv.lock names inside the build; the last stage holds the environment alone.'),
    ],
    training: [
      l10n.t('Training on a GPU'),
      l10n.t(
        'On the CUDA image that fits the locked wheels, with the Python of uv; data is mounted, not copied.',
      ),
    ],
    serving: [
      l10n.t('Service'),
      l10n.t('Starts the server of the project, listens on a port and is asked for its health.'),
    ],
  };
  return offers.map(({ kind, because }) => {
    const [label, detail] = words[kind];
    return { label, detail, description: because ? l10n.t('fits: {0}', because) : undefined, value: kind };
  });
}

/**
 * The text of a `tasks.json` with tasks added at its end, its comments and its indentation kept. Tasks that are there by
 * their labels stay as they are. Undefined where the file cannot be read.
 */
export function mergeTasks(text: string | undefined, tasks: readonly ScaffoldTask[]): string | undefined {
  let merged = text?.trim() ? text : '{\n  "version": "2.0.0",\n  "tasks": []\n}\n';
  const errors: ParseError[] = [];
  const root: unknown = parse(merged, errors, { allowTrailingComma: true });
  if (errors.length > 0 || typeof root !== 'object' || root === null || Array.isArray(root)) return undefined;
  const { tasks: there = [] } = root as { tasks?: unknown };
  if (!Array.isArray(there)) return undefined;
  const labels = new Set(there.map((task) => (task as { label?: unknown } | null)?.label));
  const formattingOptions = layoutOf(merged);
  const put = (path: (string | number)[], value: unknown, isArrayInsertion = false) => {
    merged = applyEdits(merged, modify(merged, path, value, { formattingOptions, isArrayInsertion }));
  };
  if (!('version' in root)) put(['version'], '2.0.0');
  const added = tasks.filter(({ label }) => !labels.has(label));
  if (!('tasks' in root)) put(['tasks'], added);
  else for (const [at, task] of added.entries()) put(['tasks', there.length + at], task, true);
  return merged;
}

function layoutOf(text: string): { insertSpaces: boolean; tabSize: number; eol: string } {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indent.startsWith('\t'),
    tabSize: indent.startsWith('\t') ? 1 : indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** A name for a Dockerfile beside others: `Dockerfile.training`, and with a number where that is there. */
export function nameBeside(kind: ScaffoldKind, taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = `Dockerfile.${kind}${number === 1 ? '' : `-${number}`}`;
    if (!taken.includes(name)) return name;
  }
}
