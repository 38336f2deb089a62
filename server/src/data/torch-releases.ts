// Read on 2026-11-25. PyPI's part is in torch-pypi.ts, which a script renews.

/**
 * Builds that PyTorch's own indexes have of a release, by the last part of their address. Source: the compatibility
 * table of replicate/cog (pkg/config/torch_compatibility.json, 2026-08), for the releases where it agrees with the release
 * notes of PyTorch; later releases are in no table that could be read, and are left out.
 */
export const torchBuilds: Readonly<Record<string, readonly string[]>> = {
  '2.0.0': ['cpu', 'cu117', 'cu118'],
  '2.0.1': ['cpu', 'cu117', 'cu118'],
  '2.1.0': ['cpu', 'cu118', 'cu121'],
  '2.1.1': ['cpu', 'cu118', 'cu121'],
  '2.1.2': ['cpu', 'cu118', 'cu121'],
  '2.2.0': ['cpu', 'cu118', 'cu121'],
  '2.2.1': ['cpu', 'cu118', 'cu121'],
  '2.2.2': ['cpu', 'cu118', 'cu121'],
  '2.3.0': ['cpu', 'cu118', 'cu121'],
  '2.3.1': ['cpu', 'cu118', 'cu121'],
  '2.4.0': ['cpu', 'cu118', 'cu121', 'cu124'],
  '2.4.1': ['cpu', 'cu118', 'cu121', 'cu124'],
  '2.5.0': ['cpu', 'cu118', 'cu121', 'cu124'],
  '2.5.1': ['cpu', 'cu118', 'cu121', 'cu124'],
  '2.6.0': ['cpu', 'cu118', 'cu124', 'cu126'],
  '2.7.0': ['cpu', 'cu118', 'cu126', 'cu128'],
  '2.7.1': ['cpu', 'cu118', 'cu126', 'cu128'],
  '2.8.0': ['cpu', 'cu126', 'cu128', 'cu129'],
  '2.9.0': ['cpu', 'cu126', 'cu128', 'cu130'],
  '2.9.1': ['cpu', 'cu126', 'cu128', 'cu130'],
};

/**
 * The first and the last release that each build was made for, of the releases in the table above; undefined where it is
 * still made. Others may lie between them: the table is not complete for builds that few people use.
 */
export const buildSpans: Readonly<Record<string, readonly [string, string | undefined]>> = {
  cu117: ['2.0.0', '2.0.1'],
  cu118: ['2.0.0', '2.7.1'],
  cu121: ['2.1.0', '2.5.1'],
  cu124: ['2.4.0', '2.6.0'],
  cu126: ['2.6.0', undefined],
  cu128: ['2.7.0', undefined],
  cu129: ['2.8.0', undefined],
  cu130: ['2.9.0', undefined],
};
