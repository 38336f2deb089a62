// The programs that a project shows its readers how to start, among the choices of Add Container Files.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scaffold } from '../../server/src/features/scaffold.ts';
import { first, lists } from './scaffold-forms.ts';
import type { Files } from './scaffold-projects.ts';
import { know, newest } from './scaffold-world.ts';

const program = (text = 'print(1)') =>
  `import rich\n\n\ndef go():\n    ${text}\n\n\nif __name__ == "__main__":\n    go()\n`;
const files: Files = {
  ...lists('rich==13.9.4'),
  'alpha.py': program(),
  'detect.py': program(),
  'export_all.py': program(),
  'tools/watch.py': program(),
};
/** What is asked, each choice with the file that speaks for it. */
async function choices(more: Files): Promise<readonly string[]> {
  const made = scaffold(await know({ ...files, ...more }), { kind: 'multi-stage', answers: newest });
  return (made?.question?.choices ?? []).map(({ value, because }) => `${value} by ${because}`);
}

describe('programs that readers are shown', () => {
  it('come first among the choices, in the order in which README shows them', async () => {
    const readme = '# Faces\n\n```bash\n$ python detect.py\n$ python alpha.py\n```\n';
    assert.deepEqual((await choices({ 'README.md': readme })).slice(0, 2), [
      'python detect.py by README.md',
      'python alpha.py by README.md',
    ]);
    assert.equal((await choices({}))[0], 'python alpha.py by alpha.py');
  });

  it('are known behind prompts, settings, tools and folders', async () => {
    for (const [line, value] of [
      ['(venv) $ python detect.py', 'python detect.py'],
      ['C:\\faces> py detect.py', 'python detect.py'],
      ['python .\\detect.py', 'python detect.py'],
      ['2. python3 detect.py', 'python detect.py'],
      ['PYTHONPATH=. CUDA_VISIBLE_DEVICES=0 python detect.py', undefined],
      ['CUDA_VISIBLE_DEVICES=0 python detect.py', 'python detect.py'],
      ['sudo python3 detect.py', 'python detect.py'],
      ['rye run python detect.py', 'python detect.py'],
      ['cd tools && python watch.py', 'python watch.py'],
      ['cd tools\npython watch.py', 'python watch.py'],
      ['Mode: python detect.py', undefined],
    ] as const) {
      const [one = ''] = await choices({ 'README.md': `# Faces\n\n    ${line}\n` });
      assert.equal(one, value === undefined ? 'python alpha.py by alpha.py' : `${value} by README.md`, line);
    }
  });

  it('are those of tasks and scripts that start it as well', async () => {
    for (const [path, text] of [
      ['Makefile', 'lint:\n\tpython alpha.py\nrun:\n\tpython detect.py\n'],
      ['pyproject.toml', '[tool.poe.tasks]\nlint = "python alpha.py"\nstart = "python detect.py"\n'],
      ['pyproject.toml', '[tool.taskipy.tasks]\nrun = { cmd = "python detect.py", help = "x" }\n'],
      ['pyproject.toml', '[tool.pdm.scripts]\nserve = "python detect.py"\n'],
      ['pyproject.toml', '[tool.hatch.envs.default.scripts]\nrun = "python detect.py"\n'],
    ] as const)
      assert.equal((await choices({ [path]: text }))[0], `python detect.py by ${path}`, text);
    assert.equal(
      (
        await choices({
          'pyproject.toml': '[tool.poe.tasks]\nlint = "python detect.py"\n',
        })
      )[0],
      'python alpha.py by alpha.py',
    );
  });

  it('are none to be replaced by a file beside them, where they cannot run in a container', async () => {
    const shown = {
      ...files,
      'detect.py': program('input_window = cv2.imshow("x", None)').replace('import rich', 'import rich, cv2'),
      'README.md': 'Start it by `python detect.py`, after\n\n    $ python export_all.py\n',
    };
    const declined = 'README.md shows "python detect.py", but detect.py needs a screen (cv2.imshow)';
    const opencv = lists('rich==13.9.4', 'opencv-python==4.10.0.84');
    assert.ok(
      (await first({ ...shown, ...opencv }, 'multi-stage')).startsWith(declined),
      await first({ ...shown, ...opencv }, 'multi-stage'),
    );
    // A program that a Procfile names is meant for a machine without a screen.
    assert.match(
      await first({ ...shown, ...opencv, Procfile: 'worker: python alpha.py\n' }, 'multi-stage'),
      /"alpha\.py"/,
    );
  });
});

describe('a page that imports nothing of Streamlit itself', () => {
  const boards = {
    ...lists('streamlit', 'rich'),
    'src/__init__.py': '',
    'src/bars.py': 'import streamlit as st\ndef bars():\n    st.sidebar.title("x")\n',
    'src/app.py':
      'import rich\nfrom src.bars import bars\ndef main():\n    bars()\nif __name__ == "__main__":\n    main()\n',
    'src/main.py': program(),
  };
  it('is shown by Streamlit where the words of the project show it so', async () => {
    for (const words of [
      { 'README.md': '```\nstreamlit run src/app.py\n```\nand `python src/main.py` for one image\n' },
      { 'README.md': 'Call `streamlit run ./src/app.py`.\n' },
      { 'README.md': 'cd src\nstreamlit run app.py\n' },
      {
        '.devcontainer/devcontainer.json':
          '{"postAttachCommand": {"server": "streamlit run src/app.py --x 1"}}',
      },
    ] as Files[])
      assert.match(await first({ ...boards, ...words }), /^CMD \["streamlit", "run", "(?:src\/)?app\.py"/m);
  });
  it('is a program of Python elsewhere', async () => {
    assert.doesNotMatch(await first(boards), /"streamlit", "run"|streamlit run/);
    assert.doesNotMatch(
      await first({ ...boards, 'README.md': 'streamlit run old/board.py\n' }),
      /"streamlit", "run"|streamlit run/,
    );
  });
});

describe('several pages of Streamlit', () => {
  const page = 'import streamlit as st\nst.title("x")\n';
  const boards = { ...lists('streamlit'), 'app/app.py': page, 'app_demo/app_demo.py': page };
  const shown = (command: string) =>
    `{\n  // What the host shows\n  "image": "x",\n  "postAttachCommand": ${command}\n}\n`;
  it('are asked for, first the one that a development container shows', async () => {
    for (const command of [
      '{"server": "streamlit run app_demo/app_demo.py --server.enableCORS false"}',
      '"streamlit run app_demo/app_demo.py"',
      '["streamlit", "run", "app_demo/app_demo.py"]',
    ])
      assert.match(
        await first({ ...boards, '.devcontainer/devcontainer.json': shown(command) }),
        /^start\? streamlit run app_demo\/app_demo\.py [^|]*\| streamlit run app\/app\.py /,
      );
  });
  it('are not where it shows the usual one, or none', async () => {
    for (const command of ['"streamlit run app/app.py"', '"echo ready"'])
      assert.match(
        await first({ ...boards, '.devcontainer/devcontainer.json': shown(command) }),
        /"streamlit", "run", "app\/app\.py"/,
      );
  });
});
