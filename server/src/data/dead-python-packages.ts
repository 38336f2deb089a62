// Read on 2026-11-26.

/**
 * Names that cannot be installed from PyPI without a version, and what to install instead. Source: `pip wheel` of each
 * name on the day above, and what the projects' pages on PyPI say.
 */
export const deadPackages: Readonly<Record<string, string>> = {
  sklearn: 'scikit-learn',
  pytorch: 'torch',
  'tensorflow-gpu': 'tensorflow[and-cuda]',
  opencv: 'opencv-python-headless',
};
