import type { CopiedFilesParams, CopiedFilesResult } from '../protocol/requests.ts';
import { readGlob } from '../syntax/glob.ts';
import { parseIgnoreFile } from '../syntax/ignore-file.ts';

/** Which files a source of COPY means, and which of them the ignore file lets through. */
export function copiedFiles({ source, files, ignoreFile }: CopiedFilesParams): CopiedFilesResult {
  const glob = readGlob(source, 'copy');
  const work = { left: 10_000_000 };
  const meant = files.filter((file) => glob.matches(file, work));
  const { keepsOut } = parseIgnoreFile(ignoreFile ?? '');
  return { meant, sent: meant.filter((file) => !keepsOut(file)) };
}
