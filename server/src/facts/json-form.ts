/** Whether a text was meant as a JSON array; asked of texts that are none. */
export function looksLikeJson(text: string): boolean {
  return /^\[\s*["']|^\[.*\]$/s.test(text);
}

/** Single quotes made double and a last comma dropped, where that gives an array of strings. */
export function mendJson(text: string): string | undefined {
  const mended = text.replaceAll("'", '"').replace(/,\s*\]$/, ']');
  try {
    const value: unknown = JSON.parse(mended);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? mended : undefined;
  } catch {
    return undefined;
  }
}

/** The elements of a JSON array that holds more than strings, at which BuildKit ends the build (`parseJSON`, 0.34.2). */
export function mixedJson(text: string): readonly unknown[] | undefined {
  if (!/^\s*\[/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.some((item) => typeof item !== 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}
