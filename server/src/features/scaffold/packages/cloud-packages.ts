import type { SourceTexts } from '../../../project/source-texts.ts';

/** Where such a list lies, below the project. */
export const cloudList = 'packages.txt';

/**
 * Packages of Debian that a host of pages installs before the program starts (Streamlit documentation, "App dependencies";
 * Hugging Face documentation, "Spaces Dependencies").
 */
export function cloudPackages(texts: SourceTexts, direct: ReadonlySet<string>): string[] {
  if (!['streamlit', 'gradio'].some((name) => direct.has(name))) return [];
  const words = (texts.get(cloudList) ?? '').replace(/#.*$/gm, '').split(/\s+/);
  return words.filter((word) => /^[a-z0-9][a-z0-9.+-]+$/.test(word));
}
