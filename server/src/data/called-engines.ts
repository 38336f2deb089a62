/**
 * Calls that end without a package which what they are calls of does not bring, and the packages of which one will do. Source: the
 * documentation of Beautiful Soup ("Installing a parser") and of pandas ("Optional dependencies"), as known 2026-11.
 */
export const calledEngines: readonly (readonly [of: string, call: RegExp, any: readonly string[]])[] = [
  ['bs4', /\bBeautifulSoup\([^()\n]{0,200}["']lxml(?:-xml)?["']/, ['lxml']],
  ['bs4', /\bBeautifulSoup\([^()\n]{0,200}["']html5lib["']/, ['html5lib']],
  ['pandas', /\bread_excel\([^()\n]{0,200}\.xlsx["']|\.to_excel\(/, ['openpyxl', 'xlsxwriter']],
  ['pandas', /\bread_parquet\(|\.to_parquet\(/, ['pyarrow', 'fastparquet']],
];
