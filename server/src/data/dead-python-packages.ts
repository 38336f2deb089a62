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

/**
 * The last `tensorflow-gpu` for a CUDA, by major and minor. Source: TensorFlow, "Tested build configurations", and the
 * wheels on PyPI, on the day above.
 */
export const lastTensorflowGpu: Readonly<Record<string, string>> = {
  '8.0': '1.4.1',
  '9.0': '1.12.3',
  '10.0': '2.0.4',
};
