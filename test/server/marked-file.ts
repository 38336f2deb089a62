import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { startServer } from './client.ts';

let count = 0;

/** Opens a text in which `|` is the cursor as a new Dockerfile of a folder, with what a request at the cursor takes. */
export async function openMarked(
  server: Awaited<ReturnType<typeof startServer>>,
  folder: string,
  marked: string,
) {
  const text = marked.replace('|', '');
  const file = path.join(folder, `${++count}.Dockerfile`);
  // The folder counts as the build context as what is saved copies of it.
  writeFileSync(file, 'FROM a\nCOPY . .\n');
  const uri = pathToFileURL(file).href;
  await server.open(uri, text);
  const document = TextDocument.create(uri, 'dockerfile', 1, text);
  return { document, params: { textDocument: { uri }, position: document.positionAt(marked.indexOf('|')) } };
}
