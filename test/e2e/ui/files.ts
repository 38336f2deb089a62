// The files of a container below its row: opened, saved, renamed and deleted there.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually } from '../eventually.ts';
import type { Scenario } from '../results.ts';
import { takeScreenshot } from './screenshots.ts';
import { expand, row, rowsOf, waitForRow } from './sidebar.ts';
import { answer, runCommand } from './workbench-page.ts';
import type { World } from './world.ts';

const script = 'mkdir /app; cd /app && echo before >notes.txt && echo x >old.txt && sleep 900';

export async function useFiles(world: World, page: Page, image: string, { test }: Scenario): Promise<void> {
  const inside = async (command: string) =>
    (await world.docker('exec', 'files-1', 'sh', '-c', command)).stdout.trim();
  await world.docker('run', '--detach', '--name', 'files-1', '--entrypoint', 'sh', image, '-c', script);

  await test('the files of a container stand below it', async () => {
    await waitForRow(page, 'Containers', /^files-1 running/, 20_000);
    await runCommand(page, 'Wheelhouse: Browse Files');
    await answer(page, 'Browse Files: Container', { choose: 'files-1' });
    await expand(page, 'Containers', /^app/);
    await waitForRow(page, 'Containers', /^notes\.txt 7 B$/);
    await takeScreenshot(page, 'container-files');
  });

  await test('one opens in an editor, and is saved there', async () => {
    await row(page, 'Containers', 'notes.txt').click();
    const editor = page.locator('.editor-instance .view-lines', { hasText: 'before' });
    await editor.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('after');
    await page.keyboard.press('Control+S');
    await eventually(async () => assert.equal(await inside('cat /app/notes.txt'), 'after'));
  });

  await test('F2 renames it, Delete asks and deletes it, and its container stays', async () => {
    await row(page, 'Containers', 'old.txt').click();
    await page.locator('.tab', { hasText: 'old.txt (files-1)' }).waitFor();
    await page.keyboard.press('F2');
    await answer(page, 'Rename old.txt', { type: 'new.txt' });
    await waitForRow(page, 'Containers', /^new\.txt 2 B$/);
    await row(page, 'Containers', 'new.txt').click();
    await page.keyboard.press('Delete');
    const question = page.locator('.monaco-dialog-box', { hasText: 'Delete /app/new.txt?' });
    await question.waitFor();
    await question.locator('.monaco-button', { hasText: 'Delete' }).click();
    await eventually(async () => assert.equal(await inside('ls /app'), 'notes.txt'));
    assert.ok((await rowsOf(page, 'Containers')).some((text) => text.startsWith('files-1 running')));
  });

  await world.docker('rm', '--force', 'files-1');
}
