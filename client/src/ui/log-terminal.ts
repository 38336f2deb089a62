// Where a job's full output goes: a terminal that stays until the next job of the same name, or, where all went well and nobody
// looked at it, of any name.
import * as vscode from 'vscode';
import type { About } from '../operations/operation.ts';
import { createSequenceFilter } from '../runtime/control-sequences.ts';
import { asText } from './plain-text.ts';

export type LogTerminal = {
  print(text: string): void;
  show(): void;
  /** All went well: unless somebody looks at it, it makes room for the next one. Its text is kept with the recent work. */
  done(): void;
};

/** Terminals open within a moment; a program that prints megabytes before is worth its end. */
const keptEarly = 1_000_000;

/** RIS, with which xterm.js forgets its scrollback as well. */
const fullReset = '\x1bc';

type Kept = {
  readonly terminal: vscode.Terminal;
  readonly pty: Pty;
  /** Of the job that it shows. */
  stop: () => void;
  isShown: boolean;
};

const open = new Map<string, Kept>();
const doneUnseen = new Set<vscode.Terminal>();

/** `stop` is called when the person closes the terminal, presses Ctrl+C in it or begins the next job of its name. */
export function openLogTerminal(
  about: Pick<About, 'title' | 'tab'>,
  icon = 'output',
  stop = () => {},
): LogTerminal {
  // Closing one that is looked at would bring that of another job to the front.
  const kept = open.get(about.title) ?? create(about, icon);
  doneUnseen.delete(kept.terminal);
  for (const old of doneUnseen) if (old !== vscode.window.activeTerminal) old.dispose();
  doneUnseen.clear();
  kept.stop();
  kept.pty.clear();
  const own = () => stop();
  kept.stop = own;
  const isOwn = () => kept.stop === own;
  return {
    print: (text) => isOwn() && kept.pty.print(text),
    show: () => showKept(kept),
    done() {
      if (isOwn() && !kept.isShown) doneUnseen.add(kept.terminal);
    },
  };
}

/** Of the link in a notification: shows the log of work with that title, if it is still there. */
export const showLogCommand = 'wheelhouse.work.showLog';
export const registerShowLog = () =>
  vscode.commands.registerCommand(showLogCommand, (title: unknown) => {
    const kept = typeof title === 'string' ? open.get(title) : undefined;
    if (kept) showKept(kept);
  });

function showKept(kept: Kept): void {
  kept.isShown = true;
  kept.terminal.show(true);
}

function create({ title, tab = title }: Pick<About, 'title' | 'tab'>, icon: string): Kept {
  const pty = createPty(
    () => kept.stop(),
    undefined,
    () => {
      if (open.get(title) === kept) open.delete(title);
    },
  );
  const terminal = vscode.window.createTerminal({
    name: asText(tab, 100),
    pty: pty.pseudoterminal,
    iconPath: new vscode.ThemeIcon(icon),
    isTransient: true,
  });
  const kept: Kept = { terminal, pty, stop() {}, isShown: false };
  open.set(title, kept);
  return kept;
}

export type Pty = {
  readonly pseudoterminal: vscode.Pseudoterminal;
  print(text: string): void;
  /** Begins anew, without what was shown before. */
  clear(): void;
  end(code: number): void;
};

/** A terminal that only shows text; Ctrl+C and closing it call `stop`. */
export function createPty(stop: () => void, start = () => {}, closed = () => {}): Pty {
  const wrote = new vscode.EventEmitter<string>();
  const ended = new vscode.EventEmitter<number>();
  let harmless = createSequenceFilter();
  let early: string | undefined = '';
  return {
    pseudoterminal: {
      onDidWrite: wrote.event,
      onDidClose: ended.event,
      open() {
        if (early) wrote.fire(early);
        early = undefined;
        start();
      },
      close() {
        closed();
        stop();
      },
      handleInput(data) {
        if (data === '\x03') stop();
      },
    },
    print(text) {
      const lines = harmless(text).replace(/\r?\n/g, '\r\n');
      // What is written before the terminal opens is lost otherwise.
      if (early === undefined) wrote.fire(lines);
      else early = (early + lines).slice(-keptEarly);
    },
    clear() {
      harmless = createSequenceFilter();
      if (early === undefined) wrote.fire(fullReset);
      else early = '';
    },
    end: (code) => ended.fire(code),
  };
}
