// Writes the files that are derived from the rules, the list of the client's texts and the notices of others' code; with --check it only says which are stale.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { builderActions } from '../../client/src/builders/actions.ts';
import { composeActions } from '../../client/src/compose/actions.ts';
import { containerActions } from '../../client/src/containers/actions.ts';
import { contextActions } from '../../client/src/contexts/actions.ts';
import { devContainerActions } from '../../client/src/devcontainers/actions.ts';
import { fileActions } from '../../client/src/files/actions.ts';
import { imageActions, madeContainerActions, wheelImageActions } from '../../client/src/images/actions.ts';
import { networkActions } from '../../client/src/networks/actions.ts';
import { loginActions, registryActions } from '../../client/src/registries/actions.ts';
import { volumeActions } from '../../client/src/volumes/actions.ts';
import { wheelActions } from '../../client/src/wheels/actions.ts';
import { renderActions } from './actions-manifest.ts';
import { renderL10nBundle } from './l10n-bundle.ts';
import { renderNotices } from './notices.ts';
import { renderRuleIndex } from './rule-index.ts';

const root = new URL('../../', import.meta.url).pathname;

// The index comes first: everything else is rendered from the rules that it lists.
const index = 'server/src/rules/index.ts';
const check = process.argv.includes('--check');
const stale: string[] = [];

function emit(path: string, text: string): void {
  const file = root + path;
  let current: string | undefined;
  try {
    current = readFileSync(file, 'utf8');
  } catch {
    current = undefined;
  }
  if (current === text) return;
  stale.push(path);
  if (check) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

emit(index, renderRuleIndex());
const { renderRulePages } = await import('./rule-pages.ts');
const { renderCliPage } = await import('./cli-page.ts');
const { renderDifferences } = await import('./differences.ts');
const { renderManifest, renderReadmeTable } = await import('./rule-manifest.ts');
const { rules } = (await import(pathToFileURL(root + index).href)) as typeof import('../src/rules/index.ts');
for (const [path, text] of renderRulePages(rules)) emit(path, text);
const manifest = renderManifest(readFileSync(`${root}package.json`, 'utf8'), rules);
emit(
  'package.json',
  renderActions(manifest, [
    wheelActions,
    wheelImageActions,
    imageActions,
    containerActions,
    madeContainerActions,
    fileActions,
    composeActions,
    devContainerActions,
    volumeActions,
    networkActions,
    builderActions,
    contextActions,
    loginActions,
    registryActions,
  ]),
);
emit('l10n/bundle.l10n.json', renderL10nBundle(root));
emit('THIRD-PARTY-NOTICES.txt', await renderNotices(root));
emit('docs/differences.md', renderDifferences(rules));
emit('docs/cli.md', renderCliPage(readFileSync(`${root}docs/cli.md`, 'utf8')));
emit('docs/rules/README.md', renderReadmeTable(rules));

if (stale.length === 0) console.log('Generated files are up to date.');
else {
  console.log(`${check ? 'Stale' : 'Written'}: ${stale.join(', ')}`);
  if (check) process.exitCode = 1;
}
