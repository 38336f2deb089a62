// Short work on the things of a view: seen as that view's own progress, its result told in the status bar.
import * as vscode from 'vscode';
import type { JobSpec } from './jobs.ts';
import { tellQuietly } from './say.ts';
import type { Workbench } from './workbench.ts';

const toldMs = 5_000;

export function quietJob<T>(workbench: Workbench, viewId: string, spec: JobSpec<T>): Thenable<T | undefined> {
  const host = { signal: new AbortController().signal, report() {}, print() {} };
  return vscode.window.withProgress({ location: { viewId } }, () =>
    workbench.job<T>(
      {
        ...spec,
        async work(job) {
          const made = await spec.work(job);
          tellQuietly(made.message, toldMs);
          return made;
        },
      },
      host,
    ),
  );
}
