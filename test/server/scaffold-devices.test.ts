// Programs that need something which a container has not, for Add Container Files.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { backend, first, lists, on312, project, start } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { make } from './scaffold-world.ts';

const main = (text: string, more: Files = {}): Files => ({
  ...lists('six==1.17.0', ...(/, pygame/.test(text) ? ['pygame'] : [])),
  'main.py': text,
  ...more,
});
const plain = (files: Files) => first(files, 'multi-stage');
const notes = async (files: Files) => (await make(files, 'multi-stage'))?.assumes;

describe('a program that needs something of the machine', () => {
  it('is refused, wherever its imports do', async () => {
    assert.equal(
      await plain(main('import json, tkinter as tk\n')),
      'main.py needs a screen (tkinter), which a container has not: start it on the machine itself.',
    );
    for (const line of [
      'from PyQt5.QtWidgets import QWidget',
      'import pygame',
      'from gi.repository import GLib, Gtk',
    ])
      assert.match(await plain(main(`${line}\n`)), /^main\.py needs a screen /, line);
    const below = main('from shop.window import show\n', {
      'shop/__init__.py': '',
      'shop/window.py': 'import wx\n',
    });
    assert.match(await plain(below), /^shop\/window\.py needs a screen \(wx\)/);
    assert.match(
      await plain(main('import pyaudio\ns = p.open(format=8, input=True)\n')),
      /needs a sound card/,
    );
    assert.match(await plain(main('import RPi.GPIO as GPIO\n')), /needs hardware/);
    assert.match(await plain(main('mic = sr.Microphone()\n')), /needs a microphone/);
    assert.match(await plain(main('camera = cv2.VideoCapture(0)\n')), /needs a camera/);
    assert.match(await plain(main('ui.run(title="x", native=True)\n')), /needs a screen \(ui\.run/);
    assert.match(
      await plain(main('import slangpy as spy\nwindow = spy.Window(1, 2, "x")\n')),
      /needs a screen \(slangpy/,
    );
    const browser = 'browser = p.chromium.launch(headless=False)\n';
    assert.match(await plain(main(browser)), /needs a screen \(headless=False\)/);
    assert.doesNotMatch(await plain(main('def browse(headless=False):\n    pass\n')), /needs a screen/);
    assert.match(await plain(main('while True:\n    cv2.imshow("x", frame)\n')), /needs a screen/);
    const command: Files = {
      ...on312,
      'pyproject.toml': project(
        'bikes',
        '',
        `[project.scripts]\nbikes = "bikes.show:main"\n${backend('hatchling')}`,
      ),
      'bikes/__init__.py': '',
      'bikes/show.py': 'import tkinter\n',
    };
    assert.match(await plain(command), /^bikes\/show\.py needs a screen/);
  });

  it('is not replaced by a lesser one', async () => {
    const icons = { 'icons.py': 'if __name__ == "__main__":\n    print()\n' };
    assert.match(await plain(main('import tkinter\n', icons)), /^main\.py needs a screen/);
  });

  it('is not one that does without', async () => {
    for (const text of [
      'try:\n    import tkinter\nexcept ImportError:\n    tkinter = None\n',
      '"""\nimport tkinter\n"""\nprint()\n',
      'camera = cv2.VideoCapture("a.mp4")\n',
      '# cv2.imshow("x", frame)\nprint()\n',
      'import os, pygame\nos.environ["SDL_VIDEODRIVER"] = "dummy"\n',
    ])
      assert.equal(await start(main(text), 'multi-stage'), 'python main.py', text);
    assert.equal(await start(main('import board\n', { 'board.py': '' }), 'multi-stage'), 'python main.py');
  });

  it('is told where only a part of it does', async () => {
    const shown = main('def run(args):\n    if args.show:\n        cv2.imshow("x", frame)\nrun(parse())\n');
    assert.deepEqual(await notes(shown), [
      'The program is used without what needs a screen (cv2.imshow in main.py).',
    ]);
    assert.deepEqual(await notes(main('name = input("Who? ")\n')), [
      'The container is started with -it, as main.py talks with a person in a terminal.',
    ]);
    assert.deepEqual(
      (await notes(main('from textual.app import App\n', lists('textual==6.1.0'))))?.slice(-1),
      ['The container is started with -it, as main.py talks with a person in a terminal.'],
    );
    assert.deepEqual(await notes(main('mcp.run()\n')), [
      'The container is started with -i, as main.py talks with another program over its input.',
    ]);
    assert.deepEqual(await notes(main('plt.show()\n')), [
      'Nobody sees what main.py draws with plt.show(), as a container has no screen.',
    ]);
    assert.deepEqual(await notes(main('x = model.input(1)\n# input("x")\n')), []);
  });
});
