/** The rules on machine learning and Python that Wheelhouse set out to have, by the ids under which they were proposed. */
export const proposedRules: readonly string[] =
  `cuda-tag-removed cuda-tag-eol cuda-tag-shape devel-image-in-final-stage
  cuda-libs-installed-twice cuda-wheel-major-mismatch torch-release-without-that-cuda torch-python-unsupported
  torch-family-mismatch gpu-arch-floor framework-reinstalled-over-base gpu-query-at-build cuda-extension-without-arch-list
  flash-attn-build-flags jit-needs-compiler nvidia-driver-in-image nvidia-old-signing-key cuda-visible-devices-baked
  driver-capabilities-no-compute gpu-env-missing-on-plain-base cuda-lib-apt-unheld torch-unpinned torch-index-missing
  cpu-service-pulls-cuda-torch torch-extra-index-ambiguous torch-legacy-find-links nightly-framework dead-pip-package
  pip-cache-in-layer pip-cache-mount-defeated pep668-system-pip pip-git-unpinned source-clone-unpinned
  editable-install-in-final wheel-glob-install source-copied-before-deps many-pip-layers dev-tools-in-final
  alpine-with-ml-wheels python-eol os-eol-base opencv-needs-libgl apt-renamed-package native-lib-missing
  sdist-needs-compiler no-wheel-for-target-arch x86-url-in-multiarch conda-cache-in-layer conda-installer-unpinned
  mambaforge-retired conda-defaults-channel activate-in-own-run uv-image-unpinned uv-installer-script uv-sync-unlocked
  uv-sync-dev-group uv-sync-single-layer uv-cache-not-mounted uv-link-mode uv-compile-bytecode uv-pip-no-environment
  uv-run-syncs-at-start poetry-install-flags pipenv-not-deploy model-download-at-build hf-revision-unpinned
  web-page-instead-of-file weights-url-no-checksum weights-copied-into-image dataset-copied-into-image
  hf-legacy-cache-env hf-cli-renamed ml-secret-in-env-or-arg ml-login-in-run credential-file-copied exec-form-variable
  shell-form-python-cmd python-unbuffered serving-without-healthcheck dev-server-in-cmd jupyter-open jupyter-allow-root
  mlflow-server-open ssh-or-fixed-password final-stage-root library-path-overwritten system-cuda-path-with-wheels
  dockerignore-lacks-ml-dirs build-tools-in-final shm-for-dataloader framework-base-floating regional-mirror-baked
  platform-hardcoded exec-form-shell-syntax`.split(/\s+/);
