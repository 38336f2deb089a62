// Quick fixes and the editor features of the language server, through the editor's own commands.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { codesOf, eventually, fileIn, openFile, openText, writeFile } from './wheelhouse.ts';

const at = (line: number, character: number) => new vscode.Position(line, character);

function codeActions(uri: vscode.Uri, range: vscode.Range, kind: string): Thenable<vscode.CodeAction[]> {
  return vscode.commands.executeCommand('vscode.executeCodeActionProvider', uri, range, kind);
}

suite('quick fixes', () => {
  test('are offered in order, and applied', async () => {
    const document = await openText('FROM debian:12\nMAINTAINER ada\nCMD ["bash"]\n');
    await eventually(() => assert.ok(codesOf(document).includes('DL4000')));
    const range = new vscode.Range(1, 2, 1, 2);
    const actions = await eventually(async () => {
      const found = await codeActions(document.uri, range, 'quickfix');
      assert.deepEqual(
        found.map(({ title }) => title),
        [
          'Replace MAINTAINER by a LABEL',
          'Ignore DL4000 here',
          'Ignore DL4000 in this file',
          'Turn DL4000 off in the settings',
          'Open the page of DL4000',
        ],
      );
      return found;
    });
    assert.equal(actions[0]?.isPreferred, true);
    const { edit } = actions[0] ?? {};
    assert.ok(edit);
    await vscode.workspace.applyEdit(edit);
    assert.equal(
      document.getText(),
      'FROM debian:12\nLABEL org.opencontainers.image.authors="ada"\nCMD ["bash"]\n',
    );
    await eventually(() => assert.ok(!codesOf(document).includes('DL4000')));
  });

  test('turn a rule off for the project, and in the settings', async () => {
    const uri = fileIn('off/Dockerfile');
    await writeFile(fileIn('off/.hadolint.yaml'), '# ours\nignored:\n  - DL3006\n');
    await writeFile(uri, 'FROM debian:12\nMAINTAINER ada\nWORKDIR a\n');
    const document = await openFile(uri);
    const isFound = (code: string) => codesOf(document).includes(code);
    await eventually(() => assert.ok(isFound('DL4000') && isFound('DL3000')));
    const turnOff = async (line: number, title: string) => {
      const found = await codeActions(uri, document.lineAt(line).range, 'quickfix');
      const { command } = found.find((action) => action.title === title) ?? {};
      assert.ok(command, title);
      await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    };
    await turnOff(1, 'Turn DL4000 off for this project (.hadolint.yaml)');
    await eventually(() => assert.ok(!isFound('DL4000') && isFound('DL3000')));
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(fileIn('off/.hadolint.yaml')));
    assert.equal(text, '# ours\nignored:\n  - DL3006\n  - DL4000\n');
    const inFile = await completionsAt(fileIn('off/.hadolint.yaml'), new vscode.Position(3, 4));
    const offered = inFile.find(({ label }) => label === 'DL3008');
    assert.match(offered?.detail ?? '', /apt/);
    assert.ok(!inFile.some(({ label }) => label === 'DL3006'), 'The list has it already.');
    // Of other files of that language nothing is known.
    await writeFile(fileIn('off/other.yaml'), 'ignored:\n  - DL3006\n  - \n');
    const elsewhere = await completionsAt(fileIn('off/other.yaml'), new vscode.Position(2, 4));
    assert.ok(!elsewhere.some(({ label }) => label === 'DL3008'));
    await turnOff(2, 'Turn DL3000 off in the settings');
    await eventually(() => assert.ok(!isFound('DL3000')));
    const settings = vscode.workspace.getConfiguration('wheelhouse', uri);
    assert.deepEqual(settings.get('rules'), { DL3000: 'off' });
    await settings.update('rules', undefined, vscode.ConfigurationTarget.WorkspaceFolder);
    await vscode.workspace.fs.delete(fileIn('off'), { recursive: true });
  });

  test('ignore a finding here', async () => {
    const document = await openText('FROM debian:12\nMAINTAINER ada\n');
    await eventually(() => assert.ok(codesOf(document).includes('DL4000')));
    const { edit } = await eventually(async () => {
      const found = await codeActions(document.uri, new vscode.Range(1, 2, 1, 2), 'quickfix');
      const ignore = found.find(({ title }) => title === 'Ignore DL4000 here');
      assert.ok(ignore);
      return ignore;
    });
    assert.ok(edit);
    await vscode.workspace.applyEdit(edit);
    await eventually(() => assert.ok(!codesOf(document).includes('DL4000')));
    assert.match(document.getText(), /# hadolint ignore=DL4000\nMAINTAINER ada/);
  });

  test('fix all that is safe at once', async () => {
    const document = await openText('FROM debian:12\nMAINTAINER ada\nADD app.py /app/\nCMD python app.py\n');
    await eventually(() => assert.ok(codesOf(document).includes('DL3025')));
    const whole = new vscode.Range(0, 0, 4, 0);
    const { edit } = await eventually(async () => {
      const [action] = await codeActions(document.uri, whole, 'source.fixAll.wheelhouse');
      assert.ok(action);
      return action;
    });
    assert.ok(edit);
    await vscode.workspace.applyEdit(edit);
    assert.equal(
      document.getText(),
      'FROM debian:12\nLABEL org.opencontainers.image.authors="ada"\nCOPY app.py /app/\nCMD python app.py\n',
      'What changes the meaning is left to a person.',
    );
  });
});

suite('editor features', () => {
  test('hover explains an instruction', async () => {
    const document = await openText('FROM debian:12\nEXPOSE 80\n');
    await eventually(async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        at(1, 2),
      );
      const text = hovers.flatMap(({ contents }) =>
        contents.map((content) => (typeof content === 'string' ? content : content.value)),
      );
      assert.match(text.join('\n'), /port/i);
    });
  });

  test('completion offers instructions', async () => {
    const document = await openText('FROM debian:12\nHEAL\n');
    await eventually(async () => {
      const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        at(1, 4),
      );
      const labels = items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      assert.ok(
        labels.some((label) => label.startsWith('HEALTHCHECK')),
        labels.join(),
      );
    });
  });

  test('symbols list the instructions', async () => {
    const document = await openText('FROM debian:12 AS build\nRUN make\n');
    await eventually(async () => {
      const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      assert.deepEqual(
        symbols.map(({ name }) => name),
        ['FROM', 'RUN'],
      );
    });
  });

  test('formatting indents continued lines', async () => {
    const document = await openText('FROM debian:12\n  RUN echo a \\\n&& echo b\n');
    const edits = await eventually(async () => {
      const found = await vscode.commands.executeCommand<vscode.TextEdit[]>(
        'vscode.executeFormatDocumentProvider',
        document.uri,
        { tabSize: 4, insertSpaces: true },
      );
      assert.ok(found?.length);
      return found;
    });
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    await vscode.workspace.applyEdit(edit);
    assert.match(document.getText(), /^RUN echo a/m);
  });

  test('rename changes a stage wherever it is named', async () => {
    const document = await openText('FROM debian:12 AS build\nFROM debian:12\nCOPY --from=build /a /a\n');
    const edit = await eventually(async () => {
      const found = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
        'vscode.executeDocumentRenameProvider',
        document.uri,
        at(0, 19),
        'wheels',
      );
      assert.ok(found?.size);
      return found;
    });
    await vscode.workspace.applyEdit(edit);
    assert.equal(document.getText(), 'FROM debian:12 AS wheels\nFROM debian:12\nCOPY --from=wheels /a /a\n');
  });
});

async function completionsAt(
  uri: vscode.Uri,
  at: vscode.Position,
): Promise<readonly vscode.CompletionItem[]> {
  await openFile(uri);
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    at,
  );
  return list.items;
}
