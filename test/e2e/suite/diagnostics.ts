// What the server finds arrives in the editor: on the token, with its level, its link and its tags.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { codesOf, diagnosticsOf, eventually, openText } from './wheelhouse.ts';

const flawed = [
  'FROM debian:12',
  'MAINTAINER ada',
  'ADD app.py /app/',
  'RUN apt-get update && \\',
  '    apt-get install -y curl',
  'CMD python /app/app.py',
  '',
].join('\n');

const { Warning: warning, Information: information, Hint: hint } = vscode.DiagnosticSeverity;

suite('diagnostics', () => {
  test('sit on the exact tokens, each with its level and its page', async () => {
    const document = await openText(flawed);
    const expected = [
      ['final-stage-root', 'debian:12', information],
      ['DL4000', 'MAINTAINER', hint],
      ['DL3020', 'ADD', hint],
      ['DL3009', 'update', hint],
      ['DL3015', 'install', hint],
      ['DL3025', 'python /app/app.py', warning],
      ['python-unbuffered', 'python', information],
    ];
    const found = await eventually(() => {
      const diagnostics = diagnosticsOf(document.uri);
      assert.deepEqual(
        diagnostics.map((one) => [
          typeof one.code === 'object' ? one.code.value : one.code,
          document.getText(one.range),
          one.severity,
        ]),
        expected,
      );
      return diagnostics;
    });
    for (const { code } of found) {
      assert.ok(typeof code === 'object');
      assert.match(code.target.toString(), new RegExp(`/docs/rules/${code.value}\\.md$`));
    }
    const maintainer = found.find(({ range }) => document.getText(range) === 'MAINTAINER');
    assert.deepEqual(maintainer?.tags, [vscode.DiagnosticTag.Deprecated]);
    assert.deepEqual(maintainer?.range, new vscode.Range(1, 0, 1, 10));
    // A second pass comes later; it must not say the same things again.
    await new Promise((resolve) => setTimeout(resolve, 800));
    assert.equal(diagnosticsOf(document.uri).length, expected.length);
  });

  test('follow every change', async () => {
    const document = await openText('FROM debian\n');
    await eventually(() => assert.ok(codesOf(document).includes('DL3006')));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 11), ':12');
    await vscode.workspace.applyEdit(edit);
    await eventually(() => assert.ok(!codesOf(document).includes('DL3006')));
  });

  test('keep what is sound in a file with errors', async () => {
    const document = await openText('FROM debian:12\nRUNN echo\nMAINTAINER ada\nCMD ["a",\n');
    await eventually(() => {
      const codes = codesOf(document);
      assert.ok(codes.includes('DL4000'), codes.join());
      // The error itself is told as well.
      assert.ok(
        diagnosticsOf(document.uri).some(({ range }) => range.start.line === 1),
        codes.join(),
      );
    });
  });

  test('obey ignore comments', async () => {
    const document = await openText('FROM debian:12\n# hadolint ignore=DL4000\nMAINTAINER a\nADD a.py /b/\n');
    await eventually(() => assert.ok(codesOf(document).includes('DL3020')));
    assert.ok(!codesOf(document).includes('DL4000'));
  });

  test('change with the settings', async () => {
    const document = await openText('FROM debian\nMAINTAINER ada\n');
    await eventually(() => assert.ok(codesOf(document).includes('DL3006')));
    const settings = vscode.workspace.getConfiguration('wheelhouse');
    try {
      await settings.update('rules', { DL3006: 'off', DL4000: 'info' }, vscode.ConfigurationTarget.Global);
      await eventually(() => {
        assert.ok(!codesOf(document).includes('DL3006'));
        const maintainer = diagnosticsOf(document.uri).find(({ range }) => range.start.line === 1);
        assert.equal(maintainer?.severity, information);
      });
      await settings.update('rules', undefined, vscode.ConfigurationTarget.Global);
      await eventually(() => assert.ok(codesOf(document).includes('DL3006')));
      await settings.update('lint.enable', false, vscode.ConfigurationTarget.Global);
      await eventually(() => assert.deepEqual(codesOf(document), []));
    } finally {
      await settings.update('rules', undefined, vscode.ConfigurationTarget.Global);
      await settings.update('lint.enable', undefined, vscode.ConfigurationTarget.Global);
    }
    await eventually(() => assert.ok(codesOf(document).includes('DL3006')));
  });

  test('leave out what another extension shows, until the setting says otherwise', async () => {
    const document = await openText('FROM debian\nMAINTAINER ada\n');
    await eventually(() => assert.ok(codesOf(document).includes('DL3006')));
    // A fake of the extension for hadolint, which the test host does not have: what it shows is all that counts.
    const neighbour = vscode.languages.createDiagnosticCollection('neighbour');
    const settings = vscode.workspace.getConfiguration('wheelhouse');
    try {
      const shown = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 4), 'Tag the version of an image');
      Object.assign(shown, { source: 'hadolint', code: 'DL3006' });
      neighbour.set(document.uri, [shown]);
      await eventually(() => assert.ok(!codesOf(document).includes('DL3006')));
      assert.ok(codesOf(document).includes('DL4000'));
      await settings.update('lint.neighbours', 'ours', vscode.ConfigurationTarget.Global);
      await eventually(() => assert.ok(codesOf(document).includes('DL3006')));
      await settings.update('lint.neighbours', undefined, vscode.ConfigurationTarget.Global);
      await eventually(() => assert.ok(!codesOf(document).includes('DL3006')));
    } finally {
      neighbour.dispose();
      await settings.update('lint.neighbours', undefined, vscode.ConfigurationTarget.Global);
    }
    await eventually(() => assert.ok(codesOf(document).includes('DL3006')));
  });

  test('leave it out whenever it comes, also between a report and what is told after it', async () => {
    const document = await openText('FROM debian\nRUN echo $HOME\n');
    // A fake neighbour. What takes the server longer is told some milliseconds after the report: try each of them.
    for (let round = 0; round < 20; round++) {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(document.uri, new vscode.Position(2, 0), 'MAINTAINER ada\n');
      await vscode.workspace.applyEdit(edit);
      const told = () => codesOf(document).filter((code) => code === 'DL4000').length;
      await eventually(() => assert.ok(told() > round, `${told()} of ${round}`), 15_000, 1);
      await sleep(round);
      const neighbour = vscode.languages.createDiagnosticCollection('neighbour');
      const shown = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 4), 'Tag the version of an image');
      neighbour.set(document.uri, [Object.assign(shown, { source: 'hadolint', code: 'DL3006' })]);
      await eventually(() => assert.ok(!codesOf(document).includes('DL3006'), `round ${round}`));
      neighbour.dispose();
      await eventually(() => assert.ok(codesOf(document).includes('DL3006')));
    }
  });

  test('come back when the language server is restarted', async () => {
    const document = await openText('FROM debian\n');
    await eventually(() => assert.ok(codesOf(document).includes('DL3006')));
    await vscode.commands.executeCommand('wheelhouse.language.restart');
    await eventually(() => assert.ok(codesOf(document).includes('DL3006')));
    // A fake neighbour: the new client looks at it, the one before no more.
    const neighbour = vscode.languages.createDiagnosticCollection('neighbour');
    const shown = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 4), 'Tag the version of an image');
    neighbour.set(document.uri, [Object.assign(shown, { source: 'hadolint', code: 'DL3006' })]);
    await eventually(() => assert.ok(!codesOf(document).includes('DL3006')));
    neighbour.dispose();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(1, 0), 'MAINTAINER ada\n');
    await vscode.workspace.applyEdit(edit);
    await eventually(() => assert.ok(codesOf(document).includes('DL4000')));
  });
});
