// What cannot answer is no start: an object that a server is not given, a GPU that the wheels know nothing of, and old tools for new sources.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { first, has, lists, nothingStarts, start, startOf } from './scaffold-forms.ts';
import { make, newest, textOf } from './scaffold-world.ts';

describe('an object that a server is given', () => {
  const run =
    'if __name__ == "__main__":\n    import uvicorn\n    uvicorn.run("server:mcp", host="0.0.0.0", port=8000)\n';
  const asked = lists('fastmcp', 'uvicorn');
  it('is none that answers no requests', async () => {
    for (const made of [
      'from fastmcp import FastMCP\nmcp = FastMCP("a")\n',
      'from fastmcp import FastMCP\ndef build():\n    mcp = FastMCP("a")\n    return mcp\nmcp = build()\n',
    ])
      assert.match(
        await first({ ...asked, 'server.py': made + run }, 'multi-stage'),
        /^server\.py gives a server mcp of server\.py, which is a FastMCP and no application/,
      );
    const dash =
      'from dash import Dash\nfrom waitress import serve\napp = Dash(__name__)\nserve(app, port=8050)\n';
    assert.match(
      await first({ ...lists('dash', 'waitress'), 'main.py': dash }, 'multi-stage'),
      /which is a Dash/,
    );
  });

  it('leaves the start that its clients call', async () => {
    const files = {
      ...asked,
      'server.py': `from fastmcp import FastMCP\nmcp = FastMCP("a")\n${run}`,
      'main.py': 'from server import mcp\nmcp.run()\n',
      'README.md': '```\npython server.py\npython main.py\n```\n',
    };
    const made = await make(files, 'multi-stage');
    assert.match(textOf(made), /^ENTRYPOINT \["python", "main\.py"\]$/m);
    assert.ok(made?.assumes.some((line) => line.startsWith('The container is started with -i, as')));
  });

  it('is an application that is made of it', async () => {
    const text = `from fastmcp import FastMCP\nserver = FastMCP("a")\nmcp = server.http_app()\n${run}`;
    assert.match(await first({ ...asked, 'server.py': text }, 'multi-stage'), /^FROM/m);
  });
});

describe('a program that runs on a GPU alone', () => {
  const text = 'from ultralytics import YOLO\nYOLO("a.pt").train(data="d", device=0)\n';
  it('is declined with the wheels for CPUs', async () => {
    const files = (...names: string[]) => ({ ...lists(...names), 'train.py': text });
    assert.match(
      await first(files('torch==2.4.1+cpu', 'ultralytics'), 'multi-stage'),
      /^train\.py runs on a GPU alone \(device=0\), and requirements\.txt names torch 2\.4\.1\+cpu, which has none of its code/,
    );
    const made = await make(files('torch==2.4.1', 'ultralytics'), 'multi-stage');
    assert.ok(
      made?.assumes.includes(
        'The container is started with --gpus all, as train.py runs on a GPU alone (device=0).',
      ),
    );
  });

  it('is none that asks for one, or counts something else', async () => {
    for (const other of [
      'import torch\ndevice = "cuda" if torch.cuda.is_available() else "cpu"\nmodel.train(device=0)\n',
      'import torch\nplay(device=0.5)\n',
    ])
      assert.match(
        await first({ ...lists('torch==2.4.1+cpu'), 'train.py': other }, 'multi-stage'),
        /^FROM|^start/m,
      );
  });
});

describe('a requirement that is taken from a repository as it is today', () => {
  const files = (line: string) => ({
    'requirements.txt': `gunicorn==22.0.0\nflask==3.0.3\nrequests\n${line}\n`,
    'main.py':
      'import subprocess\nfrom flask import Flask\napp = Flask(__name__)\nsubprocess.run(["streamlink", "a"])\n',
  });
  const { releases: _, ...asked } = newest;
  it('is built with the tools of today, and its program is there', async () => {
    const made = await make(files('git+https://github.com/streamlink/streamlink.git'), 'serving', asked);
    assert.doesNotMatch(textOf(made), /--exclude-newer/);
    assert.ok(!made?.assumes.some((line) => line.startsWith('The program starts streamlink')));
    const tagged = await make(
      files('git+https://github.com/streamlink/streamlink.git@6.7.4'),
      'serving',
      asked,
    );
    assert.match(textOf(tagged), /--exclude-newer 20/);
  });
});

describe('a program that is called like a test', () => {
  const page = 'import streamlit as st\nst.title("x")\n';
  it('is what a project is for, where nothing else is and it is none', async () => {
    await has({ ...lists('streamlit'), 'ui_test.py': page }, /^start\? streamlit run ui_test\.py /);
    await has(
      { ...lists('streamlit'), 'test_app.py': page },
      /^start\? streamlit run test_app\.py /,
      'multi-stage',
    );
    const flask = 'from flask import Flask\napp = Flask(__name__)\n';
    await has({ ...lists('flask'), 'app_test.py': flask }, /^start\? gunicorn .* app_test:app$/);
  });
  it('is a test where it tests, lies among tests, or something else is served or started', async () => {
    for (const text of [
      `${page}def test_it():\n    pass\n`,
      `import unittest\n${page}`,
      `from streamlit.testing.v1 import AppTest\n${page}AppTest.from_file("x")\n`,
    ])
      assert.match(await first({ ...lists('streamlit'), 'ui_test.py': text }), nothingStarts);
    assert.match(await first({ ...lists('streamlit'), 'tests/ui_test.py': page }), nothingStarts);
    const both = { ...lists('streamlit'), 'ui_test.py': page };
    assert.equal(
      await start({ ...both, 'app.py': page }),
      startOf(await first({ ...lists('streamlit'), 'app.py': page })),
    );
    await has(
      { ...both, 'main.py': 'if __name__ == "__main__":\n    print()\n' },
      /"python", "main\.py"/,
      'multi-stage',
    );
  });
});
