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
 * Images with a user of their own that leave root its home folder and the caches of pip and uv as they are. Others set HOME, so
 * that root has it too behind `USER root`: jupyter/docker-stacks, ray, kubeflow's notebooks, selenium (`/home/seluser`), gitpod,
 * anibali/pytorch, and Bitnami's, where it is `/`. Source: their Dockerfiles, read 2026-11.
 */
export const imagesWithPlainRoot = /(?:^|\/)mambaorg\/micromamba$/;

/**
 * Images that build as root with root's home folder, though their containers are run as somebody else. Source: the Dockerfiles of
 * aws/aws-lambda-base-images for Python 3.12 (no USER, HOME or cache of pip), read 2026-11.
 */
export const imagesBuiltByRoot =
  /^public\.ecr\.aws\/lambda\/(?:python|provided)$|(?:^|\/)amazon\/aws-lambda-(?:python|provided)$/;

/**
 * Images that stay root and switch pip's cache off. Source: the Dockerfiles of ultralytics, as known 2026-11; those of
 * determined-ai/environments and of Habana do the same and are not known to stay root.
 */
export const imagesWithoutCache = /(?:^|\/)ultralytics\/\w+$/;

/**
 * Images without an account of a person, in which the first one gets number 1000: `UID_MIN` of Debian and Ubuntu (login.defs(5)),
 * `FIRST_UID` (adduser.conf(5)), BusyBox (`adduser.c`). Ubuntu has one since 23.04, and `node` has its own.
 */
export const firstAccounts: readonly RegExp[] = [
  /^(?:python|debian|alpine|ghcr\.io\/astral-sh\/uv):/,
  /^(?:ubuntu|(?:nvcr\.io\/)?nvidia\/cuda):.*(?:1[468]|2[02])\.04|^ubuntu:(?:bionic|focal|jammy)/,
];
