import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

interface Work {
  readonly name: string;
  readonly version?: string;
  readonly licence: string;
  readonly text: string;
}

/** Packages that ship no file with their licence, and the line of its holder as their repositories have it. */
const holders: Readonly<Record<string, string>> = {
  // github.com/microsoft/vscode-l10n/blob/main/LICENSE, read in November 2026
  '@vscode/l10n': 'Copyright (c) Microsoft Corporation.',
};

/**
 * What is linked into web-tree-sitter.wasm and named by no package: it is compiled by Emscripten with musl, the C library, and
 * holds code of ICU's headers (lib/src/unicode/ of github.com/tree-sitter/tree-sitter). The runtime of tree-sitter itself goes by
 * the licence of web-tree-sitter. Read in November 2026.
 */
const linked: readonly Work[] = [
  linkedWork('Emscripten', 'MIT', 'Copyright (c) 2010-2014 Emscripten authors, see AUTHORS file.'),
  linkedWork('musl', 'MIT', 'Copyright © 2005-2020 Rich Felker, et al.'),
  linkedWork('ICU', 'Unicode-DFS-2016', 'Copyright © 1991-2019 Unicode, Inc. All rights reserved.'),
];

/** Names, versions and licences of all that others wrote and that is shipped, alike on every machine. */
export async function renderNotices(root: string): Promise<string> {
  const lock: Readonly<Record<string, { readonly version: string }>> = JSON.parse(
    readFileSync(`${root}package-lock.json`, 'utf8'),
  ).packages;
  const packages = [...(await bundledFolders(root))]
    .sort()
    .map((folder) => describe(root, folder, lock[folder]?.version));
  const parts = [...packages, ...linked].map(({ name, version, licence, text }) => {
    const title = [name, version].filter(Boolean).join(' ');
    return `${'='.repeat(80)}\n${title}\nLicense: ${licence}\n${'='.repeat(80)}\n\n${text}\n`;
  });
  const head =
    'Wheelhouse holds code of others, under the licenses below. `npm run generate` writes this file.\n';
  return [head, ...parts].join('\n');
}

/** Folders of the packages of which something ends in a bundle or lies beside it, as the lock file names them. */
async function bundledFolders(root: string): Promise<Set<string>> {
  const { bundles, wasmFiles } = (await import(pathToFileURL(`${root}bundles.mjs`).href)) as {
    bundles: { options: BuildOptions }[];
    wasmFiles: string[];
  };
  const folders = new Set(wasmFiles.map((file) => `node_modules/${packageOf(file)}`));
  for (const { options } of bundles) {
    const quiet = { write: false, sourcemap: false, metafile: true, absWorkingDir: root } as const;
    const { metafile } = await build({ ...options, ...quiet });
    for (const { inputs } of Object.values(metafile.outputs)) {
      for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
        const [, inner] = /(?:^|\/)node_modules\/(.*)$/.exec(file) ?? [];
        if (!inner || bytesInOutput === 0) continue;
        folders.add(`node_modules/${inner.split('/node_modules/').map(packageOf).join('/node_modules/')}`);
      }
    }
  }
  return folders;
}

/** `@scope/name` or `name` of what a path begins with. */
function packageOf(inner: string): string {
  const [first = '', second = ''] = inner.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/** Files in which packages put their licence and the notices that it asks for. */
const licenceFile = /^(?:licen[cs]e|copying|notice|third-?party-?notices?)(?:-\w+)?(?:\.(?:txt|md))?$/i;

function describe(root: string, folder: string, version: string | undefined): Work {
  const manifest = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
  const { name, license } = manifest as { name: string; license?: string };
  if (version === undefined) throw new Error(`package-lock.json does not name ${folder}.`);
  const files = readdirSync(path.join(root, folder))
    .filter((file) => licenceFile.test(file))
    .sort();
  const texts = files.map((file) => tidy(readFileSync(path.join(root, folder, file), 'utf8')));
  if (!texts.some((text) => /permi(?:ssion|tted)|license/i.test(text))) {
    const holder = holders[name];
    if (!holder) throw new Error(`${name} ships no licence. Name its holder in server/tools/notices.ts.`);
    texts.push(standardText(license ?? '', holder));
  }
  // Microsoft's say that a file tells.
  const licence = license && !/^see /i.test(license) ? license : 'see below';
  return { name, version, licence, text: texts.join(`\n\n${'-'.repeat(80)}\n\n`) };
}

function linkedWork(name: string, licence: string, holder: string): Work {
  return { name: `${name} (in web-tree-sitter.wasm)`, licence, text: standardText(licence, holder) };
}

function standardText(licence: string, holder: string): string {
  const file = new URL(`licences/${licence}.txt`, import.meta.url);
  return `${holder}\n\n${tidy(readFileSync(file, 'utf8'))}`;
}

/** Without what differs by editor: line ends, a byte order mark, spaces at the end of a line. */
function tidy(text: string): string {
  return text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/^\n+|\n+$/g, '');
}
