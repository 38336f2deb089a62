import type { UvCommand } from './uv-flags.ts';

/**
 * Names of the flags that take the next word as their value where no `=` follows. Source: `uv help COMMAND` of uv 0.13.9, and the
 * other spellings that it takes; 2026-11-25.
 */
const valueFlags =
  'index default-index i index-url extra-index-url f find-links index-strategy keyring-provider P upgrade-package upgrade-group resolution prerelease prerelease-package fork-strategy exclude-newer exclude-newer-package no-sources-package link-mode C config-setting config-settings-package no-build-isolation-package cache-dir refresh-package p python color allow-insecure-host directory project config-file';
const ownValueFlags: Readonly<Record<UvCommand, string>> = {
  sync: 'extra output-format no-extra group no-group only-group no-editable-package no-install-package package script python-platform reinstall-package no-build-package no-binary-package',
  'pip install':
    'r requirements requirement e editable no-editable-package c constraints constraint overrides override excludes b build-constraints build-constraint extra cert group t target prefix no-binary only-binary python-version python-platform output-format torch-backend reinstall-package',
  export:
    'format package prune extra no-extra group no-group only-group no-editable-package o output-file no-emit-package script no-build-package no-binary-package',
  run: 'extra no-extra group no-group only-group no-editable-package env-file w with with-editable with-requirements package python-platform reinstall-package no-build-package no-binary-package',
  build: 'package o out-dir b build-constraints build-constraint no-build-package no-binary-package',
};

export function uvValueFlags(command: UvCommand): readonly string[] {
  return `${valueFlags} ${ownValueFlags[command]}`.split(' ');
}
