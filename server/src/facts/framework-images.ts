import { baseImage } from './base-images.ts';
import { rootStage, type Stage } from './stages.ts';

/** A framework that a base image brings. */
export interface HeldFramework {
  /** The names under which PyPI has it. */
  readonly packages: readonly string[];
  /** Its version, as `2.7.1`; undefined in NVIDIA's images, whose builds are not on PyPI. */
  readonly version: string | undefined;
}

const packagesOf = {
  pytorch: ['torch'],
  tensorflow: ['tensorflow', 'tensorflow-gpu', 'tensorflow-cpu'],
} as const;

/** The framework that a stage's base image is made of, where its tag says the version, or NVIDIA built it. */
export function heldFramework(stage: Stage): HeldFramework | undefined {
  const { registry, repository, tag = '' } = baseImage(stage);
  if (rootStage(stage).base.unknown.length > 0) return undefined;
  const [, owner, framework] =
    /^(pytorch|tensorflow|nvidia|rocm)\/(pytorch|tensorflow)$/.exec(repository) ?? [];
  if (!framework || (owner === 'nvidia') !== (registry === 'nvcr.io')) return undefined;
  const packages = packagesOf[framework as keyof typeof packagesOf];
  if (owner === 'nvidia') return /^\d\d\.\d\d-/.test(tag) ? { packages, version: undefined } : undefined;
  const pattern =
    owner === 'rocm' ? /(?:_release_|-tf|_pytorch_)(\d+\.\d+(?:\.\d+)?)/ : /^(\d+\.\d+\.\d+)(?=$|-)/;
  const version = pattern.exec(tag)?.[1];
  return version === undefined ? undefined : { packages, version };
}
