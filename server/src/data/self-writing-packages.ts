// Read on 2026-11-28.

/**
 * Python packages that write into their own folder while they run, where a user other than the one who installed them may not, by
 * the name they are imported by. Source: their wheels (the releases named), in which a model or a program that is not there is
 * downloaded beside the code if nothing else is said. Others of the kind use the home folder or `/tmp`, as read in the same way:
 * easyocr 1.7, nltk 3.10, pyppeteer 2.0, webdriver-manager 4.1, undetected-chromedriver 3.1, tiktoken 0.14, choreographer 1.4,
 * retina-face 0.0.19, language-tool-python 3.4; rapidocr-onnxruntime 1.4 brings its models.
 */
const packages: Readonly<Record<string, string>> = {
  // `model_root_dir` in main.py of 3.10, for all but the two small models of the wheel.
  rapidocr: 'rapidocr',
  // `standard` of docling-slim 2.143 brings it, for text in pictures.
  docling: 'docling',
  // `ROOT_DIR` in utils/misc.py of 0.3, and in utils.py of the two on top of it (1.3.8 and 0.3).
  facexlib: 'facexlib',
  gfpgan: 'gfpgan',
  realesrgan: 'realesrgan',
  // `target_directory` in utils.py of 0.6.
  openwakeword: 'openwakeword',
  // `get_chromedriver_path` in utils.py of 0.6, and the same of 0.1.
  'chromedriver-autoinstaller': 'chromedriver_autoinstaller',
  'geckodriver-autoinstaller': 'geckodriver_autoinstaller',
  // Has spaCy install a model in en.py of 0.9, and Kokoro speaks English by it.
  misaki: 'misaki',
  kokoro: 'kokoro',
  // `DRIVER_DIR` in core/browser_launcher.py of 4.56.
  seleniumbase: 'seleniumbase',
};

export const selfWritingPackages: ReadonlySet<string> = new Set(Object.keys(packages));
export const selfWritingModules: ReadonlySet<string> = new Set(Object.values(packages));
