// docs/editors.md: each configuration that the page shows goes to the real server, by the way that the page says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { parse as parseToml } from 'smol-toml';
import { ensureBundles } from './bundles.ts';
import { blocksOf } from './page.ts';
import { startStdio } from './stdio-client.ts';

await ensureBundles();
const root = path.resolve(import.meta.dirname, '../..');
const bin = path.join(
  root,
  JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).bin['wheelhouse-language-server'],
);
const text =
  'FROM python:3.12\nRUN apt-get update && apt-get install -y x\nRUN pip install a==1\nUSER 1000\n';

// biome-ignore lint/suspicious/noExplicitAny: what a page holds is told by the assertions
type Values = Readonly<Record<string, any>>;
const blocks = blocksOf('editors.md');
const under = (heading: string, language: string): Values[] => {
  const found = blocks.filter((block) => block.heading === heading && block.language === language);
  assert.ok(found.length > 0, `${language} under ${heading}`);
  return found.map(
    (block) => (language === 'toml' ? parseToml(block.text) : JSON.parse(block.text)) as Values,
  );
};

interface Editor {
  /** What it answers when it is asked for settings; one without never answers. */
  readonly settings?: Values;
  readonly initializationOptions?: unknown;
  /** What it tells of a change of its settings once the document is open. */
  readonly told?: Values;
}

/** Severity by code of what an editor is shown at last, in numbers of the protocol. */
async function shown(editor: Editor, context: TestContext): Promise<Record<string, number>> {
  const { settings, initializationOptions, told } = editor;
  const server = startStdio(bin, ['--stdio'], context, (method, params) => {
    if (method !== 'workspace/configuration') return null;
    return (params as { items: { section: string }[] }).items.map(
      ({ section }) => settings?.[section] ?? null,
    );
  });
  const capabilities = { workspace: { configuration: settings !== undefined } };
  await server.ask('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities,
    initializationOptions,
  });
  server.notify('initialized', {});
  const uri = 'file:///project/Dockerfile';
  server.notify('textDocument/didOpen', {
    textDocument: { uri, languageId: 'dockerfile', version: 1, text },
  });
  if (told) {
    await server.hear(({ method }) => method === 'textDocument/publishDiagnostics');
    server.notify('workspace/didChangeConfiguration', { settings: told });
  }
  // The text is the same for either configuration: only what is published for the last version counts.
  const edited = { textDocument: { uri, version: 2 }, contentChanges: [{ text: `${text}\n` }] };
  server.notify('textDocument/didChange', edited);
  const { params } = await server.hear(
    ({ params }) => (params as { version?: number } | undefined)?.version === 2,
  );
  const { diagnostics } = params as { diagnostics: { code: string; severity: number }[] };
  return Object.fromEntries(diagnostics.map(({ code, severity }) => [code, severity]));
}

const [error, warning, hint] = [1, 2, 4];
/** What the short configurations of the page ask for. */
async function assertShort(editor: Editor, context: TestContext): Promise<void> {
  const found = await shown(editor, context);
  assert.deepEqual([found.DL3042, found.DL3009], [error, hint]);
}

describe('docs/editors.md', { timeout: 60_000 }, () => {
  it('by default', async (context) => {
    const found = await shown({}, context);
    assert.deepEqual([found.DL3042, found.DL3009, found.DL3026], [warning, hint, undefined]);
  });

  const [all, initial] = under('Settings', 'json') as [Values, Values];
  it('Settings, when the server asks', async (context) => {
    const found = await shown({ settings: all }, context);
    assert.deepEqual([found.DL3042, found.DL3009, found.DL3026], [error, undefined, error]);
  });

  it('Settings, at the start and told of a change', async (context) => {
    const found = await shown(initial, context);
    assert.deepEqual([found.DL3042, found.DL3009], [warning, undefined]);
    const changed = await shown({ ...initial, told: all }, context);
    assert.deepEqual([changed.DL3042, changed.DL3009, changed.DL3026], [error, undefined, error]);
  });

  it('Helix', async (context) => {
    const [{ 'language-server': servers, language }] = under('Helix', 'toml') as [Values];
    const { command, args, config } = servers.wheelhouse;
    assert.deepEqual([command, args], ['wheelhouse-language-server', ['--stdio']]);
    assert.deepEqual(language[0]['language-servers'], ['wheelhouse']);
    await assertShort({ settings: config, initializationOptions: config }, context);
  });

  it('Zed, which has nothing to answer', async (context) => {
    const [{ lsp }] = under('Zed', 'json') as [Values];
    const { binary, initialization_options } = lsp['dockerfile-language-server'];
    assert.deepEqual(binary, { path: 'wheelhouse-language-server', arguments: ['--stdio'] });
    await assertShort({ settings: {}, initializationOptions: initialization_options }, context);
  });

  it('Sublime Text', async (context) => {
    const [{ clients }] = under('Sublime Text', 'json') as [Values];
    const { command, settings } = clients.wheelhouse;
    assert.deepEqual(command, ['wheelhouse-language-server', '--stdio']);
    await assertShort({ settings }, context);
  });
});
