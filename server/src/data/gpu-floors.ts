// Read on 2026-11-25.

/** The first PyTorch and the first CUDA whose wheels hold kernels for GPUs of a compute capability. */
export interface GpuFloor {
  /** The major number: kernels for 10.0 run on 10.3, and none for another major do (CUDA Programming Guide, "Binary compatibility"). */
  readonly major: number;
  /** One or two that have it (NVIDIA, "CUDA GPU Compute Capability"). */
  readonly cards: string;
  readonly torch: string;
  readonly cuda: string;
}

/**
 * Both must hold: torch 2.7.0 for CUDA 11.8 has nothing for Blackwell. Source: the tables of replicate/cog,
 * pkg/doctor/gpu_compatibility.go of 2026-08-21, for Hopper and Blackwell; PyTorch's release notes of 1.7 and 2.0 for Ampere
 * and for Hopper, of which the lower one is taken; as known 2026-11.
 */
export const gpuFloors: readonly GpuFloor[] = [
  { major: 8, cards: 'A100 or RTX 30', torch: '1.7.0', cuda: '11.0' },
  { major: 9, cards: 'H100', torch: '2.0.0', cuda: '11.8' },
  { major: 10, cards: 'B200', torch: '2.7.0', cuda: '12.8' },
  { major: 12, cards: 'RTX 50', torch: '2.7.0', cuda: '12.8' },
];
