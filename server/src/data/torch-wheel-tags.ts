/**
 * The CUDA versions for which PyTorch has published wheels, in the spelling of its indexes, oldest first; not every
 * release has each. Source: the folders of download.pytorch.org/whl, as known 2026-11.
 */
export const torchWheelTags: readonly string[] = [
  'cu92 cu100 cu101 cu102 cu110 cu111 cu113 cu115 cu116 cu117 cu118 cu121 cu124 cu126 cu128 cu129 cu130 cu132',
].flatMap((tags) => tags.split(' '));
