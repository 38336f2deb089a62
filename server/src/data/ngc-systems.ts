/**
 * The Ubuntu below NVIDIA's images of frameworks, by the month that their tag begins with: the first month of each.
 * Source: docs.nvidia.com/deeplearning/frameworks, release notes of PyTorch and TensorFlow ("Contents of the container")
 * and support matrix, 2026-11. Older ones are not listed.
 */
export const ngcUbuntu: readonly (readonly [from: string, version: string])[] = [
  ['19.06', '18.04'],
  ['20.12', '20.04'],
  ['23.04', '22.04'],
];
/** Images whose tags begin with a month; `-min` and the like are of the same release. */
export const ngcImages = /^nvidia\/(?:pytorch|tensorflow|tensorrt|tritonserver)$/;
