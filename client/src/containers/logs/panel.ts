// The panel that shows the log of one or several containers.
import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import * as z from 'zod';
import type { ContainerDetails } from '../../runtime/container-details.ts';
import { restorePages } from '../../ui/kept-pages.ts';
import { openPage } from '../../ui/page.ts';
import { asText } from '../../ui/plain-text.ts';
import { tellQuietly } from '../../ui/say.ts';
import type { Workbench } from '../../ui/workbench.ts';
import { logsNotKept } from '../failures.ts';
import { type KeptLog, keptLogs } from '../kept.ts';
import { createFilter } from './filter.ts';
import type { LogSource } from './follow.ts';
import { type Level, levels } from './levels.ts';
import type { ToPage } from './messages.ts';
import { createLogSession } from './session.ts';
import { createShownLog, mostShown } from './shown.ts';
import {
  complaintOf,
  countWords,
  levelChoices,
  pageTexts,
  pageTitle,
  sinceChoices,
  tailChoices,
} from './texts.ts';

const pageName = 'logs';
const toldMs = 5_000;

/** What the page says; everything else is not listened to. */
const received = z.discriminatedUnion('type', [
  z.object({
    type: z.enum(['ready', 'drawn', 'clear', 'find', 'save', 'copy']),
    withTimes: z.boolean().default(true),
  }),
  z.object({ type: z.literal('pause'), paused: z.boolean() }),
  z.object({
    type: z.literal('filter'),
    pattern: z.string().max(1_000),
    matchCase: z.boolean().default(false),
    level: z.string(),
  }),
  z.object({ type: z.literal('range'), since: z.string(), tail: z.string() }),
]);

export type LogRequest = {
  /** Minutes back, or empty for the beginning. */
  readonly since?: string;
  readonly tail?: string;
};

const open = new Map<string, ReturnType<typeof openPage>>();

export const logPanels = { dispose: () => [...open.values()].forEach((page) => void page.dispose()) };

/** Opens the log of these containers, or brings it to the front where it is open. */
export function openLogPanel(
  workbench: Workbench,
  containers: readonly ContainerDetails[],
  asked: LogRequest,
) {
  const chosen = {
    pattern: '',
    matchCase: false,
    level: '',
    since: asked.since ?? '',
    tail: asked.tail ?? '1000',
  };
  show(workbench, { title: asText(pageTitle(containers), 100), sources: containers, chosen });
}

export function restoreLogPanels(workbench: Workbench): vscode.Disposable {
  return restorePages(workbench, pageName, keptLogs, logsNotKept, (kept, panel) => {
    const sources = kept.sources.map((source) => ({ ...source, isKept: true }) as const);
    show(workbench, { ...kept, sources }, panel);
  });
}

type Shown = Omit<KeptLog, 'sources'> & { readonly sources: readonly LogSource[] };

function show(workbench: Workbench, { title, sources, chosen: first }: Shown, panel?: vscode.WebviewPanel) {
  const key = sources.map(({ id }) => id).join();
  const known = open.get(key);
  if (known) {
    panel?.dispose();
    return known.reveal();
  }
  const names = sources.map(({ name }) => name);
  const chosen = { ...first };
  let isThere = false;

  const post = (message: ToPage) => page.post(message);
  const session = createLogSession(workbench, sources, (what) => {
    if (!isThere || !page.visible) return;
    if (what === 'begun') return restart();
    shown.goOn();
    tellCount();
  });
  const tellCount = (aloud = false) => {
    // Words of ours are lines of nobody, whether or not a filter is set.
    const { counted, left } = session.lines;
    const { found } = shown;
    const lines = countWords(counted, found);
    const text = left ? t('{0}; {1} earlier ones are no longer kept', lines, left.toLocaleString()) : lines;
    post({ type: 'status', text, aloud: aloud && found !== undefined });
  };
  const restart = () => {
    tellCount();
    void shown.restart().then(() => tellCount());
  };
  const shown = createShownLog(
    session.lines,
    names,
    (lines, replace, left) => post({ type: 'lines', lines, replace, left }),
    (error) => wrong(error),
  );
  let complaint = '';
  const complain = (text: string) => {
    complaint = text;
    post({ type: 'wrong', text });
  };
  const wrong = (error: unknown) => complain(complaintOf(error));
  const load = () =>
    session.load({
      since: chosen.since ? new Date(Date.now() - Number(chosen.since) * 60_000).toISOString() : undefined,
      tail: Number(chosen.tail),
    });
  const keep = () =>
    keptLogs.keep(workbench.memory, {
      title,
      sources: sources.map(({ id, name, hasTerminal }) => ({ id, name, hasTerminal })),
      chosen: { ...chosen },
    });
  const filter = () => {
    try {
      const level = levels.find((known) => known === chosen.level) as Level | undefined;
      const made = createFilter({ ...chosen, level });
      complain('');
      void shown.filter(made).then(() => tellCount(true));
    } catch (error) {
      wrong(error);
    }
  };
  const listen = (message: unknown) => {
    const { data } = received.safeParse(message);
    switch (data?.type) {
      case 'ready':
        isThere = true;
        begin();
        return;
      case 'drawn':
        return shown.goOn(true);
      case 'pause':
        return shown.pause(data.paused);
      case 'clear':
        session.clear();
        return restart();
      case 'filter':
        Object.assign(chosen, { pattern: data.pattern, matchCase: data.matchCase, level: data.level });
        void keep();
        return filter();
      case 'range':
        if (!sinceChoices().some(({ value }) => value === data.since)) return;
        if (!tailChoices().some(({ value }) => value === data.tail)) return;
        Object.assign(chosen, { since: data.since, tail: data.tail });
        void keep();
        load();
        return restart();
      case 'find':
        return void vscode.commands.executeCommand('editor.action.webvieweditor.showFind');
      case 'copy':
        return void shown.text(data.withTimes).then(copy);
      case 'save':
        return void shown.text(data.withTimes).then((text) => save(workbench, names, text));
    }
  };
  /** A page that was hidden has forgotten all. */
  const begin = () => {
    post({
      type: 'begin',
      texts: pageTexts(),
      names,
      levels: levelChoices(),
      since: sinceChoices(),
      tails: tailChoices(),
      chosen,
      mostShown,
    });
    complain(complaint);
    shown.pause(false);
    tellCount();
  };
  const page = openPage(
    workbench.home,
    {
      name: pageName,
      title,
      received: listen,
      seen(visible) {
        if (!visible) isThere = false;
      },
      closed() {
        open.delete(key);
        session.dispose();
      },
    },
    panel,
  );
  open.set(key, page);
  void keep();
  if (chosen.pattern || chosen.level) filter();
  load();
}

async function copy(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  tellQuietly(t('Copied {0} lines.', text.split('\n').length - 1), toldMs);
}

async function save(workbench: Workbench, names: readonly string[], text: string): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const name = `${names.length === 1 ? names[0] : 'containers'}.log`;
  const file = await vscode.window.showSaveDialog({
    title: t('Save Log'),
    defaultUri: folder && vscode.Uri.joinPath(folder.uri, name),
    filters: { [t('Log')]: ['log', 'txt'] },
  });
  if (!file) return;
  try {
    await vscode.workspace.fs.writeFile(file, Buffer.from(text));
  } catch (error) {
    workbench.fail({
      id: 'log-not-saved',
      message: t('The log could not be saved: {0}', error instanceof Error ? error.message : String(error)),
      remedy: t('Choose another place.'),
    });
  }
}
