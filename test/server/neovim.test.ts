// A real Neovim with the text of docs/editors.md: it finds, fixes, and fixes on saving. WHEELHOUSE_TEST_NEOVIM names the
// program, 0.11 or newer.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { ensureBundles } from './bundles.ts';
import { blocksOf } from './page.ts';

const neovim = process.env.WHEELHOUSE_TEST_NEOVIM ?? '';
const skip = neovim === '' && 'WHEELHOUSE_TEST_NEOVIM is not set';
const { server } = await ensureBundles();
const folder = mkdtempSync(path.join(tmpdir(), 'wheelhouse-neovim-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const flawed = 'FROM python:3.12\nRUN pip install a==1\nMAINTAINER Ada\nUSER 1000\n';
const pieces = blocksOf('editors.md').filter(({ language }) => language === 'lua');

/** Runs a script in Neovim behind the page's texts, on a Dockerfile of its own; gives what it printed, and the file. */
async function drive(script: string): Promise<{ out: unknown; file: string }> {
  const work = mkdtempSync(path.join(folder, 'work-'));
  symlinkSync(server, path.join(work, 'wheelhouse-language-server'));
  writeFileSync(path.join(work, 'Dockerfile'), flawed);
  writeFileSync(
    path.join(work, 'drive.lua'),
    [
      "vim.cmd('filetype on')",
      ...pieces.map(({ text }) => text),
      'local function settled(count)',
      '  return vim.wait(20000, function() return #vim.diagnostic.get(0) == count end, 20)',
      'end',
      "vim.cmd('edit Dockerfile')",
      script,
      "vim.cmd('qall!')",
    ].join('\n'),
  );
  const env = {
    HOME: work,
    // The Node of the tests is the one that `env node` finds.
    PATH: [work, path.dirname(process.execPath), '/usr/bin', '/bin'].join(path.delimiter),
  };
  const args = ['--clean', '--headless', '-l', 'drive.lua'];
  const { stdout } = await promisify(execFile)(neovim, args, { cwd: work, env, timeout: 60_000 });
  return { out: JSON.parse(stdout), file: readFileSync(path.join(work, 'Dockerfile'), 'utf8') };
}

describe('Neovim', { skip }, () => {
  it('shows the findings, at the severity of the settings, and applies the preferred fix', async () => {
    const { out } = await drive(`
      assert(settled(2), 'no findings')
      local found = {}
      for _, one in ipairs(vim.diagnostic.get(0)) do
        table.insert(found, { one.code, one.lnum, one.col, one.end_col, one.severity })
      end
      vim.api.nvim_win_set_cursor(0, { 2, 8 })
      local titles = {}
      vim.lsp.buf.code_action({ apply = true, context = { only = { 'quickfix' } }, filter = function(action)
        table.insert(titles, action.title)
        return action.isPreferred
      end })
      assert(settled(1), 'nothing was fixed')
      local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
      io.stdout:write(vim.json.encode({ found = found, titles = titles, lines = lines }))`);
    const [error, hint] = [1, 4];
    // All is told once it is known that ShellCheck has nothing to say.
    const said = out as { readonly titles: readonly string[] };
    const titles = said.titles.map((title) => title.replace(/^Fix (?=2 )/, 'Fix all '));
    assert.deepEqual(
      { ...said, titles },
      {
        found: [
          ['DL3042', 1, 8, 15, error],
          ['DL4000', 2, 0, 10, hint],
        ],
        titles: [
          'Add --no-cache-dir',
          'Mount a cache at /root/.cache/pip',
          'Fix all 2 problems in this file',
          'Ignore DL3042 here',
          'Ignore DL3042 in this file',
        ],
        lines: ['FROM python:3.12', 'RUN pip install --no-cache-dir a==1', 'MAINTAINER Ada', 'USER 1000'],
      },
    );
  });

  it('fixes what is safe when the file is saved', async () => {
    const { out, file } = await drive(`
      assert(settled(2), 'no findings')
      vim.cmd('silent write')
      io.stdout:write(vim.json.encode((settled(0))))`);
    assert.equal(out, true);
    assert.equal(
      file,
      'FROM python:3.12\nRUN pip install --no-cache-dir a==1\nLABEL org.opencontainers.image.authors="Ada"\nUSER 1000\n',
    );
  });

  it('knows of a changed configuration file when the Dockerfile is saved', async () => {
    const { out } = await drive(`
      assert(settled(2), 'no findings')
      vim.api.nvim_clear_autocmds({ event = 'BufWritePre' })
      vim.fn.writefile({ 'ignored: [DL4000]' }, '.hadolint.yaml')
      vim.cmd('silent write')
      io.stdout:write(vim.json.encode((settled(1))))`);
    assert.equal(out, true);
  });
});
