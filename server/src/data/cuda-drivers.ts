// Read on 2026-11-25.

/**
 * The lowest driver for Linux on x86-64 with which programs of a CUDA major run (NVIDIA, "CUDA Compatibility: Minor Version
 * Compatibility"; 12.x and 11.x also as in uv's table, crates/uv-torch/src/backend.rs, 2026-08).
 */
export const lowestDriver: ReadonlyMap<number, string> = new Map([
  [11, '450.80.02'],
  [12, '525.60.13'],
  [13, '580'],
]);
