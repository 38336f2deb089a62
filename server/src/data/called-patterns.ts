/**
 * What programs call that ends without a package which nothing brings along, where a plain word does not tell it: what the file names, the
 * call, and packages of which one will do. Source: the documentation of each, as known 2026-11.
 */
export const calledPatterns: readonly (readonly [of: string, call: RegExp, any: string])[] = [
  ['bs4', /\bBeautifulSoup\([^()\n]{0,200}["']lxml(?:-xml)?["']/, 'lxml'],
  ['bs4', /\bBeautifulSoup\([^()\n]{0,200}["']html5lib["']/, 'html5lib'],
  ['pandas', /\bengine=["']xlsxwriter["']/, 'xlsxwriter'],
  ['pandas', /\bread_excel\([^()\n]{0,200}\.xls["']/, 'xlrd'],
  ['pandas', /\bread_excel\([^()\n]{0,200}\.ods["']/, 'odfpy'],
  ['pandas', /\bread_excel\([^()\n]{0,200}\.xlsb["']/, 'pyxlsb'],
  ['pandas', /\bread_excel\((?![^()\n]{0,200}\.(?:xls|ods|xlsb)["'])/, 'openpyxl xlrd'],
  ['pandas', /\.to_excel\(|\bExcelWriter\(/, 'openpyxl xlsxwriter'],
  ['pandas', /\bread_parquet\(|\.to_parquet\(/, 'pyarrow fastparquet'],
  // What is told otherwise needs another one (Keras documentation, "Configuring your backend").
  [
    'keras',
    /^(?![\s\S]*\bKERAS_BACKEND\b)(?:[\s\S]*\n)?(?:import keras\b|from keras[.\s])/,
    'tensorflow tensorflow-cpu tensorflow-gpu tensorflow-macos tf-nightly',
  ],
  ['fastapi', /\b(?:Form|File)\(|\bUploadFile\b/, 'python-multipart multipart'],
  // Its views are functions of that kind (Flask documentation, "Using async and await").
  ['flask', /^[ \t]*@\w{1,40}\.(?:route|get|post|put|patch|delete)\(.*\r?\n[ \t]*async def\b/m, 'asgiref'],
];
