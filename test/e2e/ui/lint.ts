// A person meets a Dockerfile with flaws: sees them, reads about them, mends them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../eventually.ts';
import type { Scenario } from '../results.ts';
import { chooseQuickFix, hover, openFile, openQuickFixes, save, squiggles } from './editor.ts';
import { takeScreenshot } from './screenshots.ts';
import { runCommand, textOf } from './workbench-page.ts';

export async function lintAndFix(page: Page, folder: string, scenario: Scenario): Promise<void> {
  const { test } = scenario;
  const dockerfile = () => readFileSync(path.join(folder, 'Dockerfile'), 'utf8');

  await test('sees squiggles in the flawed Dockerfile', async () => {
    await openFile(page, 'Dockerfile');
    await squiggles(page).first().waitFor({ timeout: 20_000 });
    await eventually(async () => assert.ok((await squiggles(page).count()) >= 5, 'Fewer than 5 squiggles.'));
  });

  await test('reads the message and its link in the hover', async () => {
    const shown = await hover(page, 'MAINTAINER');
    await eventually(async () => assert.match(await textOf(shown), /MAINTAINER is deprecated/));
    // The editor links the code of the finding, and our hover tells of its rule.
    const link = shown.locator('a', { hasText: 'DL4000' }).first();
    assert.match(
      (await link.getAttribute('data-href')) ?? (await link.getAttribute('href')) ?? '',
      /DL4000\.md/,
    );
    await page.keyboard.press('Escape');
  });

  await test('opens the quick fixes with Ctrl+. and applies one', async () => {
    const entries = await openQuickFixes(page, 'MAINTAINER', 'Replace MAINTAINER by a LABEL');
    const [ofFile] = entries.splice(1, 1);
    // How many there are depends on whether ShellCheck is there.
    assert.match(ofFile ?? '', /^Fix (?:all )?\d+ (?:of the \d+ )?problems in this file$/);
    assert.deepEqual(entries.slice(0, 6), [
      'Replace MAINTAINER by a LABEL',
      'Ignore DL4000 here',
      'Ignore DL4000 in this file',
      'Turn DL4000 off for this project (.hadolint.yaml)',
      'Turn DL4000 off in the settings',
      'Open the page of DL4000',
    ]);
    await takeScreenshot(page, 'quick-fix');
    await chooseQuickFix(page, 'Replace MAINTAINER by a LABEL');
    await page.locator('.view-line', { hasText: 'LABEL org.opencontainers.image.authors' }).waitFor();
    assert.match(dockerfile(), /^MAINTAINER/m, 'It was saved before anybody asked for it.');
  });

  await test('fixes all that is safe by one command, and saves', async () => {
    // Asked for while the editor still fetches what can be fixed, the command does nothing; a person asks again.
    await eventually(async () => {
      await runCommand(page, 'Fix All');
      await page.locator('.view-line', { hasText: 'COPY README.md' }).waitFor({ timeout: 4_000 });
    }, 20_000);
    const said = page.locator('.statusbar-item', {
      hasText: /Fixed \d+ of \d+ problems\. Left: .+ \(line \d+\)/,
    });
    await said.first().waitFor({ timeout: 9_000 });
    await save(page, () => {
      const text = dockerfile();
      assert.match(
        text,
        /^LABEL org\.opencontainers\.image\.authors="The bikes team <bikes@example\.com>"$/m,
      );
      assert.match(text, /^COPY README\.md /m);
      assert.doesNotMatch(text, /^(MAINTAINER|ADD)\b/m);
    });
  });
}
