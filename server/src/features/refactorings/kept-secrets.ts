import { credentialFiles, keyFiles, publicKeyFiles } from '../../data/secret-values.ts';
import type { BuildContext } from '../../facts/build-context.ts';
import { sentFilesOf } from '../../facts/context-sources.ts';
import type { FileFacts } from '../../facts/file-facts.ts';
import type { SourceTexts } from '../../project/source-texts.ts';
import { parseIgnoreFile } from '../../syntax/ignore-file.ts';
import { areSettingsRead } from './settings-read.ts';

/** So many are named, as more say no more. */
const most = 3;
/** Made up for those that read them. */
const forTests = /(?:^|\/)(?:tests?|fixtures?|testdata|examples?|samples?|docs?|site-packages)\//i;

/**
 * The files by whose names credentials lie in them, and which a COPY of the whole context takes into the image although
 * these patterns are added to the ignore file.
 */
export function secretsLeft(context: BuildContext, patterns: readonly string[]): string[] {
  const left = secretsIn(context, patterns);
  return left.length > most ? [...left.slice(0, most), `${left.length - most} more`] : left;
}

function secretsIn(context: BuildContext, patterns: readonly string[]): string[] {
  const { keepsOut } = parseIgnoreFile(patterns.join('\n'));
  return sentFilesOf(context, '.')
    .filter(({ path, size }) => size > 0 && isSecret(path) && !forTests.test(path) && !keepsOut(path))
    .map(({ path }) => path)
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
}

/**
 * Those that no text of the project names, by their own name or by that of all of their kind, and that no program looks for by
 * itself: lines of their own in an ignore file keep them out.
 */
export function unreadSecrets(
  { file }: FileFacts,
  context: BuildContext,
  { sources, patterns }: { readonly sources: SourceTexts | undefined; readonly patterns: readonly string[] },
): string[] {
  if (!sources) return [];
  const texts = [file.text, ...[...sources].flatMap(([path, text]) => (isOfGit.test(path) ? [] : text))];
  const own = file.instructions.map(({ node }) => node.text);
  const isRead = areSettingsRead(own, sources) || ofNode.test(file.text);
  return secretsIn(context, patterns).filter((path) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const kind = `*${name.slice(name.lastIndexOf('.'))}`;
    return (
      /^[\w./-]+$/.test(path) &&
      !(isRead && name.startsWith('.env')) &&
      !texts.some((text) => text.includes(name) || text.includes(kind))
    );
  });
}
/** What builds for Node.js reads such files by itself (Vite, Next.js and dotenv, their documentation). */
const ofNode = /\b(?:npm|npx|yarn|pnpm|node|bun)\b/;
const isOfGit = /(?:^|\/)\.(?:git|dvc)\w+$/;

function isSecret(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    credentialFiles.some((pattern) => pattern.test(path)) ||
    (keyFiles.test(name) && !publicKeyFiles.test(name))
  );
}
