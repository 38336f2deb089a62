// What engines tell of what runs in a container, read without VS Code.
import { t } from '@vscode/l10n';
import * as z from 'zod';
import { redact } from '../runtime/redact.ts';
import { formatMemory } from '../ui/words.ts';
import type { ToProcesses } from './process-messages.ts';

const environment = z.object({ Config: z.object({ Env: z.array(z.string()).nullish() }).nullish() });

export function variablesOf(raw: unknown): Readonly<Record<string, string>> {
  const { data } = environment.safeParse(raw);
  const pairs = (data?.Config?.Env ?? []).map((variable): [string, string] => {
    const at = variable.indexOf('=');
    return at < 0 ? [variable, ''] : [variable.slice(0, at), variable.slice(at + 1)];
  });
  return Object.fromEntries(pairs.sort(([a], [b]) => a.localeCompare(b)));
}

const folder = z.object({ Config: z.object({ WorkingDir: z.string().nullish() }).nullish() });

/**
 * The folder of a container of another engine than that of the machine, which the command of Dev Containers cannot name, as it
 * writes it itself (github.com/microsoft/vscode-remote-release/issues/8764); from a window onto another machine, by that machine.
 */
export function attachedFolder(
  { name, raw }: { readonly name: string; readonly raw: unknown },
  settings: Readonly<Record<string, string>>,
  window: string | undefined,
): { readonly scheme: string; readonly authority: string; readonly path: string } {
  const hex = Buffer.from(JSON.stringify({ containerName: `/${name}`, settings })).toString('hex');
  const by = /^(?:ssh-remote|wsl|tunnel)\+/.test(window ?? '') ? `@${window}` : '';
  const path = folder.safeParse(raw).data?.Config?.WorkingDir || '/';
  return { scheme: 'vscode-remote', authority: `attached-container+${hex}${by}`, path };
}

/** Columns are apart by two blanks at least; the last one, the command, may have any. */
export function processTable(text: string): {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const lines = text.split('\n').filter((line) => line.trim());
  const titles = (lines[0] ?? '').trim().split(/\s{2,}/);
  const rows = lines.slice(1).map((line) => {
    const cells = line.trim().split(/(\s{2,})/);
    // With what stands between them, so that a command keeps its own blanks.
    const last = cells.slice(2 * (titles.length - 1)).join('');
    const before = cells.slice(0, 2 * (titles.length - 1)).filter((_, index) => index % 2 === 0);
    return [...before, last];
  });
  return { titles, rows };
}

/** As `ps` of Linux and Podman name them, which set them to the right as well. */
const numbers = /^(?:P?PID|RSS|VSZ|%?(?:CPU|MEM)|C|ELAPSED|TIME)$/;

/** The largest first, where the memory of each is told. */
export function shownProcesses({ titles, rows }: ReturnType<typeof processTable>) {
  const at = titles.indexOf('RSS');
  const sizeOf = (row: readonly string[]) => Number(row[at]);
  // In KiB, as ps and Podman tell it.
  const words = (text: string, index: number) =>
    index === at && /^\d+$/.test(text) ? formatMemory(Number(text) * 1024) : redact(text);
  const sorted = at < 0 ? rows : rows.toSorted((a, b) => sizeOf(b) - sizeOf(a));
  return {
    heads: titles.map((title, index) => (index === at ? t('Memory') : title)),
    numbers: titles.flatMap((title, index) => (numbers.test(title) ? [index] : [])),
    rows: sorted.map((row) => row.map(words)),
  } satisfies Pick<ToProcesses, 'heads' | 'numbers' | 'rows'>;
}

export type JupyterAddress = {
  readonly secure: boolean;
  readonly port: number;
  readonly path: string;
  readonly token?: string;
};

const address =
  /\b(https?):\/\/[\w.[\]:-]{1,255}?:(\d{1,5})(\/[\w./-]{0,200})?(?:\?token=([\w-]{1,200}))?(?![\w-])/g;

/** Where a server of Jupyter listens, as its own log says: the last time it did, with a token before one without. */
export function jupyterAddress(log: string): JupyterAddress | undefined {
  const found = [...log.matchAll(address)].flatMap(([, scheme, port, path = '/', token]) =>
    token || /^\/(?:lab|tree|notebooks?)\b/.test(path)
      ? [{ secure: scheme === 'https', port: Number(port), path, token }]
      : [],
  );
  return found.findLast(({ token }) => token) ?? found.at(-1);
}

/** Whether its image, its command or its labels speak of Jupyter. */
export function speaksOfJupyter({
  image,
  command,
  raw,
}: {
  image: string;
  command: readonly string[];
  raw: unknown;
}) {
  const labels = z
    .object({ Config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }) })
    .safeParse(raw);
  const words = [image, ...command, ...Object.entries(labels.data?.Config.Labels ?? {}).flat()];
  return words.some((word) => /jupyter|notebook/i.test(word));
}
