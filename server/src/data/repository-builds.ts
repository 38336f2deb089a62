// Read on 2026-11-27.

const ofTorch =
  'is compiled against the torch that is there already, in a second step: write that Dockerfile by hand, or take its wheels';
const ofNumpy = 'imports numpy in its setup.py, which is not there when it is built';

/**
 * Repositories on GitHub that cannot be built in an environment of their own, by owner and name in lower case, and why, in
 * words that follow the name. Source: the `setup.py` of cocoapi and of GroundingDINO, read 2026-11; the others as known then,
 * not looked up one by one.
 */
export const repositoryBuilds: Readonly<Record<string, string>> = {
  'cocodataset/cocoapi': `${ofNumpy}: take pycocotools of PyPI, which has wheels`,
  'philferriere/cocoapi': `${ofNumpy}: take pycocotools of PyPI, which has wheels`,
  'ppwwyyxx/cocoapi': `${ofNumpy}: take pycocotools of PyPI, which has wheels`,
  ...Object.fromEntries(
    `facebookresearch/detectron2 facebookresearch/pytorch3d facebookresearch/xformers nvidia/apex nvidia/minkowskiengine
    nvidia/transformerengine nvlabs/tiny-cuda-nn nvlabs/nvdiffrast idea-research/groundingdino
    graphdeco-inria/diff-gaussian-rasterization open-mmlab/mmcv open-mmlab/mmdetection3d dao-ailab/flash-attention
    dao-ailab/causal-conv1d state-spaces/mamba rusty1s/pytorch_scatter rusty1s/pytorch_sparse rusty1s/pytorch_cluster
    mit-han-lab/torchsparse`
      .split(/\s+/)
      .map((name) => [name, ofTorch]),
  ),
};
