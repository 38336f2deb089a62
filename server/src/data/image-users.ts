// Read on 2026-11-26.

/**
 * Variables of images that hold the name of their user, not its number; a variable of an image that is not here may hold
 * either. Source: the Dockerfiles of mamba-org/micromamba-docker (MAMBA_USER, beside MAMBA_USER_ID) and of
 * jupyter/docker-stacks (NB_USER, beside NB_UID), as known 2026-11.
 */
export const userNameVariables: readonly {
  readonly image: RegExp;
  readonly variable: RegExp;
  /** The variable that holds its number. */
  readonly number: string;
}[] = [
  { image: /(?:^|\/)mambaorg\/micromamba$/, variable: /^\$\{?MAMBA_USER\}?$/, number: '$MAMBA_USER_ID' },
  { image: /(?:^|\/)jupyter\/[^/]+$/, variable: /^\$\{?NB_USER\}?$/, number: '$NB_UID' },
];

/**
 * Images that set HOME to the folder of their user, so that root has it too behind `USER root`. Source: the Dockerfiles of
 * jupyter/docker-stacks, ray-project/ray (docker/base-deps) and kubeflow/kubeflow (example-notebook-servers), as known 2026-11.
 */
export const imagesWithHome =
  /(?:^|\/)(?:jupyter\/[^/]+|rayproject\/ray(?:-\w+)?|kubeflownotebookswg\/[^/]+|jupyter-[\w-]+)$/;
