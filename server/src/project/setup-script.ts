/** The end of a call that opens a file, or of a function of the script whose name says that it reads one. */
const opens = /(?:open|Path|read|read_text|read_file|_version|_readme|_description|_requirements)\(/g;
/** Modes and encodings. */
const modes = /^(?:r|rb|rt|utf-?8)$/i;
/** So many characters of a call are looked at. */
const longestCall = 160;

/**
 * The files beside a `setup.py` that it reads whenever it runs, as far as it names them where it opens them. None where it
 * looks first whether they are there, or goes on without them.
 */
export function readSetupScript(text: string): string[] {
  if (/\b(?:try|except)\b|exists\(|isfile\(|is_file\(|\bglob\b/.test(text)) return [];
  const code = text.replace(/^[ \t]*#.*/gm, '');
  const names = [...code.matchAll(opens)].flatMap(({ 0: call, index }) => {
    // `(here / "README.md").read_text()` names it before.
    if (call === 'read_text(' && code[index - 1] === '.')
      return quoted(code.slice(lineStart(code, index), index));
    const behind = code.slice(index + call.length, index + call.length + longestCall);
    return quoted(behind.slice(0, closing(behind)));
  });
  return [...new Set(names)].filter((name) => /\.(?:md|rst|txt)$|^[A-Z]+$/.test(name));
}

const lineStart = (text: string, at: number) =>
  Math.max(text.lastIndexOf('\n', at), text.lastIndexOf('=', at), at - longestCall);

/** The one name in quotes; of a path in several words, or a file that is written, nothing is known. */
function quoted(text: string): string[] {
  const all = [...text.matchAll(/"([^"\n]*)"|'([^'\n]*)'/g)].map(([, a, b]) => a ?? b ?? '');
  const files = all.filter((name) => !modes.test(name));
  return files.length === 1 && files.every((name) => /^[\w./-]+$/.test(name)) ? files : [];
}

/** Where the parenthesis that is open at the beginning closes. */
function closing(text: string): number {
  let depth = 1;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return text.length;
}
