// A window on an empty folder: a project is made there; then the window is reloaded, and a log that was open is there again.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../eventually.ts';
import { makeFolder } from '../fixtures.ts';
import { startScenario } from '../results.ts';
import { logPage } from './log-page.ts';
import { openSidebar, pressInline, row, waitForRow, welcomeOf } from './sidebar.ts';
import { answer, notification, runCommand } from './workbench-page.ts';
import type { World } from './world.ts';

const container = 'reloaded-1';

export async function beginAnew(world: World): Promise<void> {
  const folder = makeFolder('New Bikes', {});
  const page = await world.open(folder);
  const { test } = startScenario(world.results, `ui, ${world.artifact.name}, new window`, () => page);
  const image = world.parts.engine.baseImage ?? '';
  await world.docker(
    'run',
    '--detach',
    '--name',
    container,
    image,
    'sh',
    '-c',
    'echo kept; echo other; sleep 900',
  );

  // It waits until the tabs are saved, which a reload by the browser does not.
  const reload = () => Promise.all([page.waitForEvent('load'), runCommand(page, 'Developer: Reload Window')]);

  await test('an empty folder is offered a project, which uv makes', async () => {
    await openSidebar(page);
    await eventually(async () => assert.match(await welcomeOf(page, 'Wheels'), /No Python here yet/));
    await page.locator('.welcome-view-content .monaco-button', { hasText: 'Create Python Project' }).click();
    await answer(page, 'Create Python Project: Name', {});
    await answer(page, 'Create Python Project: Kind', { choose: 'Package' });
    await notification(page, 'The project new-bikes was created.', 60_000);
    assert.ok(existsSync(path.join(folder, 'src/new_bikes/__init__.py')));
    const made = await waitForRow(page, 'Wheels', /^new-bikes 0\.1\.0/);
    assert.doesNotMatch(made, /wheel missing/);
  });

  await test('the processes of a container are there again after the window was reloaded', async () => {
    await row(page, 'Containers', new RegExp(`^${container}`)).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Inspect' }).click();
    // A menu that has just opened below the pointer takes no click.
    await page.getByRole('menuitem', { name: 'Show Processes' }).hover();
    await page.keyboard.press('Enter');
    const shown = logPage(page);
    await shown
      .getByRole('cell', { name: /sleep 900/ })
      .first()
      .waitFor();
    await reload();
    await shown
      .getByRole('cell', { name: /sleep 900/ })
      .first()
      .waitFor({ timeout: 60_000 });
    await page.keyboard.press('Control+KeyW');
  });

  await test('a log is there again after the window was reloaded, with its filter', async () => {
    await pressInline(page, 'Containers', new RegExp(`^${container}`), 'View Logs');
    const shown = logPage(page);
    const log = shown.getByRole('log');
    const filter = shown.getByLabel('Filter');
    await log.getByText('kept').waitFor();
    await filter.fill('kep');
    await log.getByText('other').waitFor({ state: 'detached' });
    await reload();
    await log.getByText('kept').waitFor({ timeout: 60_000 });
    assert.equal(await filter.inputValue(), 'kep');
    assert.equal(await log.getByText('other').count(), 0);
    await world.docker('rm', '--force', container);
    await filter.fill('');
    await log.getByText(`${container} was removed`).waitFor();
    await reload();
    await log.getByText(`The engine has no ${container} any more`).waitFor({ timeout: 60_000 });
  });

  await test('Show Last Build Log says that nothing was built', async () => {
    await runCommand(page, 'Wheelhouse: Show Last Build Log');
    await notification(page, 'Nothing was built in this window yet.');
  });
  await world.docker('rm', '--force', container);
  await page.context().close();
}
