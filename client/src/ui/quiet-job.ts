// Short work on the things of a view: seen as that view's own progress, its result told in the status bar.
import * as vscode from 'vscode';
import type { Pattern } from '../runtime/failures.ts';
import type { JobSpec, Made, RunFacts } from './jobs.ts';
import { tellQuietly } from './say.ts';
import type { Topic, Workbench } from './workbench.ts';

const toldMs = 5_000;

/** Seen as the progress of a view, and told nowhere else. */
export function inView<T>(viewId: string, work: () => Promise<T>): Thenable<T> {
  return vscode.window.withProgress({ location: { viewId } }, work);
}

export function quietJob<T>(workbench: Workbench, viewId: string, spec: JobSpec<T>): Thenable<T | undefined> {
  const host = { signal: new AbortController().signal, report() {}, print() {} };
  return inView(viewId, () =>
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

type Room = { readonly name: string; readonly topic: Topic; readonly patterns: readonly Pattern[] };

/** Changes of the things that a view shows, which loads them again whatever came of it. */
export function changesOf({ name, topic, patterns }: Room) {
  return <T>(
    workbench: Workbench,
    verb: string,
    step: string,
    work: (facts: RunFacts) => Promise<Made<T>>,
  ): Thenable<T | undefined> =>
    quietJob<T>(workbench, `wheelhouse.${name}`, {
      kind: `${name}.${verb}`,
      title: step,
      async work() {
        try {
          return await work({ step, tool: 'engine', patterns });
        } finally {
          workbench.changed(topic);
        }
      },
    });
}
