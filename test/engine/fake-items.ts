// Values that an extension makes and VS Code draws, as the fake VS Code has them.
import type { Uri } from './fake-uri.ts';
export class TreeItem {
  readonly label: string;
  constructor(label: string) {
    this.label = label;
  }
}
export class Range {
  readonly numbers: readonly number[];
  constructor(...numbers: number[]) {
    this.numbers = numbers;
  }
}
export class Diagnostic {
  readonly range: Range;
  readonly message: string;
  source: string | undefined;
  constructor(range: Range, message: string) {
    this.range = range;
    this.message = message;
  }
}
export class ThemeIcon {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}
export class ThemeColor extends ThemeIcon {}
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export const TaskGroup = { Build: {} };
export const ViewColumn = { Active: -1 };
export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 };
export const QuickInputButtons = { Back: {} };
export const ShellQuoting = { Escape: 1, Strong: 2, Weak: 3 };
export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };
export const StatusBarAlignment = { Left: 1, Right: 2 };

export type StatusItem = {
  shown: boolean;
  text: string;
  command?: string;
  tooltip?: { value: string };
  show(): void;
  hide(): void;
  dispose(): void;
};

export function createStatusItem(): StatusItem {
  const item: StatusItem = {
    shown: false,
    text: '',
    show: () => void Object.assign(item, { shown: true }),
    hide: () => void Object.assign(item, { shown: false }),
    dispose() {},
  };
  return item;
}

export const ConfigurationTarget = { Global: 1 };
export const FilePermission = { Readonly: 1 };

export class RelativePattern {
  readonly base: Uri;
  readonly pattern: string;
  constructor(base: Uri, pattern: string) {
    this.base = base;
    this.pattern = pattern;
  }
}
