import { credentialFiles, keyFiles, publicKeyFiles } from '../../data/secret-values.ts';
import type { BuildContext } from '../../facts/build-context.ts';
import { sentFilesOf } from '../../facts/context-sources.ts';
import { parseIgnoreFile } from '../../syntax/ignore-file.ts';

/** So many are named, as more say no more. */
const most = 3;
/** Made up for those that read them. */
const forTests = /(?:^|\/)(?:tests?|fixtures?|testdata|examples?|samples?|docs?|site-packages)\//i;

/**
 * The files by whose names credentials lie in them, and which a COPY of the whole context takes into the image although
 * these patterns are added to the ignore file.
 */
export function secretsLeft(context: BuildContext, patterns: readonly string[]): string[] {
  const { keepsOut } = parseIgnoreFile(patterns.join('\n'));
  const left = sentFilesOf(context, '.')
    .filter(({ path, size }) => size > 0 && isSecret(path) && !forTests.test(path) && !keepsOut(path))
    .map(({ path }) => path)
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
  return left.length > most ? [...left.slice(0, most), `${left.length - most} more`] : left;
}

function isSecret(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    credentialFiles.some((pattern) => pattern.test(path)) ||
    (keyFiles.test(name) && !publicKeyFiles.test(name))
  );
}
