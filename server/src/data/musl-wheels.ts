// Read on 2026-11-26.

/**
 * Packages that PyPI has for glibc alone: neither a wheel for musl, Alpine's C library, nor a source distribution. Asked
 * of PyPI by pip for Python 3.11 and 3.12 with the platforms musllinux_1_1 and musllinux_1_2 on x86_64, and for any
 * version.
 */
export const packagesWithoutMuslWheels: ReadonlySet<string> = new Set([
  'torch',
  'torchaudio',
  'torchvision',
  'tensorflow',
  'tensorflow-cpu',
  'jaxlib',
  'onnxruntime',
  'onnxruntime-gpu',
]);
