// One task provider for the type `wheelhouse`; capabilities add the commands it offers.
import * as vscode from 'vscode';
import type { JobHost } from './jobs.ts';
import { createPty } from './log-terminal.ts';
import { asText } from './plain-text.ts';

export const taskType = 'wheelhouse';

export type TaskDefinition = vscode.TaskDefinition & { readonly command: string };

export type TaskKind = {
  readonly command: string;
  readonly group?: vscode.TaskGroup;
  /** The tasks that this workspace offers without a tasks.json; called often, so it must be quick. */
  detect(): Promise<
    readonly {
      readonly name: string;
      readonly definition: TaskDefinition;
      readonly folder: vscode.WorkspaceFolder;
    }[]
  >;
  /** Does it; the result decides the task's exit code. */
  run(
    definition: TaskDefinition,
    host: JobHost,
    folder: vscode.WorkspaceFolder | undefined,
  ): Promise<unknown>;
};

export function registerTasks(
  kinds: readonly TaskKind[],
  report: (error: unknown, host: JobHost) => void,
): vscode.Disposable {
  return vscode.tasks.registerTaskProvider(taskType, {
    async provideTasks() {
      if (!vscode.workspace.isTrusted) return [];
      const found = kinds.map(async (kind) => {
        const tasks = await kind.detect();
        return tasks.map(({ name, definition, folder }) =>
          createTask(kind, definition, folder, name, report),
        );
      });
      return (await Promise.all(found)).flat();
    },
    resolveTask(task) {
      const definition = task.definition as TaskDefinition;
      const kind = kinds.find(({ command }) => command === definition.command);
      // The very definition object has to come back, else VS Code drops the task (task-provider-sample).
      return (
        kind && createTask(kind, definition, task.scope ?? vscode.TaskScope.Workspace, task.name, report)
      );
    },
  });
}

function createTask(
  kind: TaskKind,
  definition: TaskDefinition,
  scope: vscode.WorkspaceFolder | vscode.TaskScope,
  name: string,
  report: (error: unknown, host: JobHost) => void,
): vscode.Task {
  const folder = typeof scope === 'object' ? scope : vscode.workspace.workspaceFolders?.[0];
  const execution = new vscode.CustomExecution(async (resolved) => {
    const controller = new AbortController();
    const start = async () => {
      const host: JobHost = {
        signal: controller.signal,
        print: pty.print,
        report: () => {},
      };
      let made: unknown;
      try {
        made = await kind.run(resolved as TaskDefinition, host, folder);
      } catch (error) {
        report(error, host);
      }
      pty.end(made === undefined ? 1 : 0);
    };
    const pty = createPty(
      () => controller.abort(),
      () => void start(),
    );
    return pty.pseudoterminal;
  });
  const task = new vscode.Task(definition, scope, asText(name, 200), 'Wheelhouse', execution, []);
  task.group = kind.group;
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Always, panel: vscode.TaskPanelKind.Dedicated };
  return task;
}
