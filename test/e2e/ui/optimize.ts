// A person lets a Dockerfile be optimized: looks at what would be written, leaves a change out, and takes the rest.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../eventually.ts';
import { makeFolder } from '../fixtures.ts';
import { startScenario } from '../results.ts';
import { openFile, save } from './editor.ts';
import { takeScreenshot } from './screenshots.ts';
import {
  answer,
  buttonsOf,
  notification,
  pressButton,
  question,
  runCommand,
  textOf,
} from './workbench-page.ts';
import type { World } from './world.ts';

const before =
  'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "main.py"]\n';
const asked = 'Write these changes to Dockerfile?';

export async function optimizeDockerfile(world: World): Promise<void> {
  const folder = makeFolder('optimized', {
    Dockerfile: before,
    'requirements.txt': 'httpx==0.28.1\n',
    'main.py': 'print("rides")\n',
    '.dockerignore': '.venv\n',
  });
  const page = await world.open(folder);
  const { test } = startScenario(world.results, `ui, ${world.artifact.name}, optimize`, () => page);
  const user = /Run as a user of its own/;

  await test('sees what each change brings, and the difference', async () => {
    await openFile(page, 'Dockerfile');
    // The server may still be reading the folder.
    await eventually(async () => {
      await runCommand(page, 'Wheelhouse: Optimize Dockerfile…');
      await question(page, 'Optimize Dockerfile');
    }, 30_000);
    const shown = await textOf(await question(page, 'Optimize Dockerfile'));
    assert.match(shown, /After a change of the code/);
    await page.keyboard.press('Enter');
    await notification(page, asked);
    await takeScreenshot(page, 'optimize');
    assert.deepEqual(await buttonsOf(page, asked), ['Apply', 'Leave Out…', 'Discard']);
  });

  await test('leaves one out, and takes the rest', async () => {
    await pressButton(page, asked, 'Leave Out…');
    await answer(page, 'Optimize Dockerfile', { choose: user });
    await page.keyboard.press('Enter');
    await notification(page, asked);
    // The message goes after a while; the title of the comparison stays.
    await page.getByRole('button', { name: 'Apply Changes' }).click();
    await save(page, () => {
      const text = readFileSync(path.join(folder, 'Dockerfile'), 'utf8');
      assert.match(text, /COPY requirements\.txt/);
      assert.match(text, /--mount=type=cache/);
      assert.doesNotMatch(text, /USER/);
    });
  });
  await page.context().close();
}
