// What is known of the pages that are open after a reload of the window. A page's own state (`setState`) would be saved with its
// tab, of which VS Code in a browser may have a version from before the page had any: it saves once a minute, and does not wait
// for it when the browser reloads (storage.ts, `DEFAULT_FLUSH_INTERVAL`). Memory is written at once.
import * as vscode from 'vscode';
import type * as z from 'zod';
import { type Failure, untrusted } from '../runtime/failures.ts';
import { adoptPages } from './page.ts';
import type { Workbench } from './workbench.ts';

/** By its title a page is found again, so it is that of the tab. */
type Titled = { readonly title: string };
type Memory = Workbench['memory'];

export type KeptPages<T extends Titled> = {
  keep(memory: Memory, page: T): Promise<void>;
  find(memory: Memory, title: string): T | undefined;
};

const mostKept = 20;

/** The last ones; what was closed meanwhile is found by nobody. */
export function keptPages<T extends Titled>(key: string, schema: z.ZodType<T>): KeptPages<T> {
  const all = (memory: Memory): readonly unknown[] => {
    const found = memory.get<unknown>(key);
    return Array.isArray(found) ? found : [];
  };
  const titleOf = (page: unknown) => (page as Partial<Titled> | null)?.title;
  return {
    async keep(memory, page) {
      const others = all(memory).filter((other) => titleOf(other) !== page.title);
      await memory.update(key, [page, ...others].slice(0, mostKept));
    },
    find: (memory, title) => schema.safeParse(all(memory).find((page) => titleOf(page) === title)).data,
  };
}

/** Shows again what was open when the window was reloaded; VS Code asks for it once somebody looks at its tab. */
export function restorePages<T extends Titled>(
  workbench: Pick<Workbench, 'memory' | 'engine' | 'fail'>,
  name: string,
  pages: KeptPages<T>,
  notKept: () => Failure,
  show: (page: T, panel: vscode.WebviewPanel) => void,
): vscode.Disposable {
  return adoptPages(name, (panel) => {
    const kept = pages.find(workbench.memory, panel.title);
    if (kept && vscode.workspace.isTrusted) return workbench.engine.bind(() => show(kept, panel));
    panel.dispose();
    workbench.fail(kept ? untrusted() : notKept());
  });
}
