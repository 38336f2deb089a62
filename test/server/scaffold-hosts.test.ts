// What hosts, supervisors and editors start is what an image starts, and so is what works without a main block.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scaffold } from '../../server/src/features/scaffold.ts';
import { lists, nothingStarts, start } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { know, newest, textOf } from './scaffold-world.ts';

const bot = 'import time\n\n\ndef main():\n    time.sleep(9)\n\n\nmain()\n';
/** Two programs without usual names, of which nobody can tell which one is meant. */
const two: Files = { ...lists('six'), 'courier.py': bot, 'sorter.py': bot };
const started = (files: Files) => start({ ...two, ...files }, 'multi-stage');

describe('a program without a main block', () => {
  it('is offered where it does something at its top', async () => {
    assert.equal(await started({}), 'start? python courier.py | python sorter.py');
    const quiet = 'import logging\n\nlog = logging.getLogger()\n\n\ndef go():\n    print()\n';
    const alone = { ...lists('six'), 'a.py': quiet, 'b.py': quiet };
    assert.match(await start(alone, 'multi-stage'), nothingStarts);
    for (const work of ['while True:\n    pass', 'history = net.fit(a)', 'for a in b():\n    print(a)'])
      assert.equal(
        await start({ ...alone, 'b.py': `${quiet}\n\n${work}\n` }, 'multi-stage'),
        'start? python b.py',
        work,
      );
  });

  it('is none that another one imports, that is a test, or that lies beside one with a main block', async () => {
    assert.equal(
      await started({ 'sorter.py': `import courier\n${bot}`, 'test2.py': bot, 'setup.py': bot }),
      'start? python sorter.py',
    );
    assert.equal(
      await started({ 'later.py': 'if __name__ == "__main__":\n    print()\n' }),
      'start? python later.py',
    );
  });
});

describe('a start that a host is told', () => {
  it('is taken where it is one of those that were found', async () => {
    const hosts: Files = {
      Procfile: 'release: python sorter.py\nworker: python courier.py\n',
      'railway.json': '{"deploy": {"startCommand": "python courier.py"}}',
      'railway.toml': '[deploy]\nstartCommand = "python courier.py"\n',
      'render.yaml': 'services:\n  - type: worker\n    startCommand: python courier.py\n',
      'fly.toml': '[processes]\napp = "python courier.py"\n',
      'nixpacks.toml': '[start]\ncmd = "python courier.py"\n',
      'heroku.yml': 'run:\n  worker: python courier.py\n',
      'app.yaml': 'runtime: python312\nentrypoint: python courier.py\n',
      '.do/app.yaml': 'workers:\n- name: a\n  run_command: python courier.py\n',
      '.replit': 'run = ["python", "courier.py"]\n',
      'ecosystem.config.json': '{"apps": [{"name": "a", "script": "courier.py"}]}',
      'package.json': '{"scripts": {"start": "python courier.py", "test": "python sorter.py"}}',
      'README.md': '---\ntitle: x\nsdk: gradio\napp_file: courier.py\n---\n# Hello\n',
      'start.sh': '#!/bin/sh\nexec python courier.py\n',
    };
    for (const [path, text] of Object.entries(hosts)) {
      const made = scaffold(await know({ ...two, [path]: text }), { kind: 'multi-stage', answers: newest });
      assert.match(textOf(made), /^ENTRYPOINT \["python", "courier\.py"\]$/m, path);
    }
  });

  it('goes first where it is for one machine or for work', async () => {
    const offered = 'start? python sorter.py | python courier.py';
    const others: Files = {
      'deploy/x.service':
        '[Service]\nExecStart=/opt/x/venv/bin/python3 /opt/x/sorter.py\nExecStop=/bin/python courier.py\n',
      'supervisord.conf': '[program:x]\ncommand=python3 /srv/x/sorter.py\n',
      '.vscode/launch.json':
        '{\n  // Go\n  "configurations": [{"program": "${file}"}, {"program": "${workspaceFolder}/sorter.py"},],\n}\n',
      'start.bat': '@echo off\r\npython sorter.py\r\npause\r\n',
    };
    for (const [path, text] of Object.entries(others))
      assert.equal(await started({ [path]: text }), offered, path);
  });

  it('is the server before what works beside it, and none of another language', async () => {
    assert.equal(
      await started({ Procfile: 'worker: python sorter.py\nweb: python courier.py\n' }),
      'python courier.py',
    );
    for (const line of ['node server.js', 'webpack serve'])
      assert.equal(
        await started({ 'package.json': JSON.stringify({ scripts: { start: line } }) }),
        'start? python courier.py | python sorter.py',
      );
  });
});
