/** Whether a text holds `uv` with one of some verbs behind it, flags between them. */
export function saysUv(text: string, verbs: RegExp): boolean {
  let isOpen = false;
  for (const word of text.split(/\s+/)) {
    if (/\buv$/i.test(word)) isOpen = true;
    else if (!(isOpen && word.startsWith('-'))) {
      if (isOpen && verbs.test(word)) return true;
      isOpen = false;
    }
  }
  return false;
}
