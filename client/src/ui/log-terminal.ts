// Where a job's full output goes: a terminal that stays until the next job of the same name, or, where all went well and nobody
// looked at it, of any name.
import * as vscode from 'vscode';
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

const open = new Map<string, vscode.Terminal>();
const doneUnseen = new Set<vscode.Terminal>();

/** `stop` is called when the person closes the terminal or presses Ctrl+C in it. */
export function openLogTerminal(name: string, icon = 'package', stop = () => {}): LogTerminal {
  open.get(name)?.dispose();
  for (const old of doneUnseen) if (old !== vscode.window.activeTerminal) old.dispose();
  doneUnseen.clear();
  const pty = createPty(stop, undefined, () => {
    if (open.get(name) === terminal) open.delete(name);
  });
  const terminal = vscode.window.createTerminal({
    name: asText(name, 100),
    pty: pty.pseudoterminal,
    iconPath: new vscode.ThemeIcon(icon),
    isTransient: true,
  });
  open.set(name, terminal);
  let isShown = false;
  return {
    print: pty.print,
    show() {
      isShown = true;
      terminal.show(true);
    },
    done() {
      if (!isShown) doneUnseen.add(terminal);
    },
  };
}

export type Pty = {
  readonly pseudoterminal: vscode.Pseudoterminal;
  print(text: string): void;
  end(code: number): void;
};

/** A terminal that only shows text; Ctrl+C and closing it call `stop`. */
export function createPty(stop: () => void, start = () => {}, closed = () => {}): Pty {
  const wrote = new vscode.EventEmitter<string>();
  const ended = new vscode.EventEmitter<number>();
  const harmless = createSequenceFilter();
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
    end: (code) => ended.fire(code),
  };
}
