// The views that are closed at first, Volumes, Networks, Builders and Contexts, by what a person sees and presses.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually } from '../eventually.ts';
import type { Scenario } from '../results.ts';
import { takeScreenshot } from './screenshots.ts';
import { expand, openView, pressInline, row, rowsOf, waitForRow } from './sidebar.ts';
import type { World } from './world.ts';

/** Needs the image bikes:1.2.0. */
export async function useRooms(world: World, page: Page, { test }: Scenario): Promise<void> {
  const { docker } = world;
  const list = async (kind: string, format: string) =>
    (await docker(kind, 'ls', '--format', format)).stdout.split('\n');

  await test('a volume is a row that says who uses it, and follows what happens', async () => {
    await docker('volume', 'create', 'rooms-data');
    await docker('volume', 'create', 'rooms-idle');
    await docker('create', '--name', 'rooms-1', '--volume', 'rooms-data:/data', 'bikes:1.2.0', 'bikes');
    await openView(page, 'Volumes');
    await waitForRow(page, 'Volumes', /^rooms-idle unused · local/);
    await waitForRow(page, 'Volumes', /^rooms-data used by 1 container · local/);
    await expand(page, 'Volumes', 'rooms-data');
    await waitForRow(page, 'Volumes', /^rooms-1 not running · \/data/);
    await docker('volume', 'create', 'rooms-later');
    await waitForRow(page, 'Volumes', /^rooms-later unused · local/, 5_000);
    await takeScreenshot(page, 'volumes');
  });

  await test('Delete asks what is lost, and removes it', async () => {
    await row(page, 'Volumes', 'rooms-idle').click();
    await page.keyboard.press('Delete');
    const question = page.locator('.monaco-dialog-box', { hasText: 'Remove the volume rooms-idle?' });
    await question.waitFor();
    assert.match((await question.textContent()) ?? '', /What is in them is lost/);
    assert.ok((await list('volume', '{{.Name}}')).includes('rooms-idle'), 'It went before the answer.');
    await question.locator('.monaco-button', { hasText: 'Remove' }).click();
    await eventually(async () => {
      assert.ok(!(await rowsOf(page, 'Volumes')).some((text) => text.startsWith('rooms-idle')));
    });
    assert.ok(!(await list('volume', '{{.Name}}')).includes('rooms-idle'));
    await openView(page, 'Volumes', false);
  });

  await test('a container is disconnected from a network by its row', async () => {
    await docker('network', 'create', '--subnet', '10.250.3.0/28', 'rooms-lan');
    await docker('network', 'connect', 'rooms-lan', 'rooms-1');
    await openView(page, 'Networks');
    await waitForRow(page, 'Networks', /^rooms-lan used by 1 container · bridge · 10\.250\.3\.0\/28/);
    await waitForRow(page, 'Networks', /^host built-in · host/);
    await expand(page, 'Networks', 'rooms-lan');
    await waitForRow(page, 'Networks', /^rooms-1 not running/);
    await takeScreenshot(page, 'networks');
    await pressInline(page, 'Networks', /^rooms-1/, 'Disconnect Container from Network');
    await waitForRow(page, 'Networks', /^rooms-lan unused/);
    const joined = await docker('inspect', '--format', '{{json .NetworkSettings.Networks}}', 'rooms-1');
    assert.ok(!joined.stdout.includes('rooms-lan'));
    await openView(page, 'Networks', false);
  });

  await test('a builder is chosen for this workspace by its row, and the machine keeps its own', async () => {
    const name = 'rooms-builder';
    const machines = async () => /^(\S+)\*/m.exec((await docker('buildx', 'ls')).stdout)?.[1] ?? '';
    const before = await machines();
    await docker('buildx', 'create', '--name', name, '--driver', 'docker-container');
    // What is above them leaves no room in this window for the views at the end.
    await openView(page, 'Images', false);
    await openView(page, 'Builders');
    await waitForRow(page, 'Builders', new RegExp(`^${before} in use · running · docker`));
    await waitForRow(page, 'Builders', /^rooms-builder inactive · docker-container/);
    await takeScreenshot(page, 'builders');
    await pressInline(page, 'Builders', /^rooms-builder/, 'Use Builder in This Workspace');
    await waitForRow(page, 'Builders', /^rooms-builder in use, chosen here · inactive/);
    await pressInline(page, 'Builders', /^rooms-builder/, 'Use the Builder That the Machine Uses');
    await waitForRow(page, 'Builders', /^rooms-builder inactive/);
    assert.equal(await machines(), before);
    await docker('buildx', 'rm', name);
    await openView(page, 'Builders', false);
  });

  await test('a context is a row that says where its engine is', async () => {
    await docker('context', 'create', 'rooms-server', '--docker', 'host=tcp://gpu.example.com:2376');
    await openView(page, 'Contexts');
    await waitForRow(page, 'Contexts', /in use/);
    await waitForRow(page, 'Contexts', /^rooms-server .*gpu\.example\.com:2376/);
    await takeScreenshot(page, 'contexts');
    await openView(page, 'Contexts', false);
    await openView(page, 'Images');
    await docker('context', 'rm', 'rooms-server');
  });

  await docker('rm', '--force', 'rooms-1');
  await docker('volume', 'rm', 'rooms-data', 'rooms-later');
  await docker('network', 'rm', 'rooms-lan');
}
