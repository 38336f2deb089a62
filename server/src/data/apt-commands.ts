/** What does for scripts what a sub-command of apt does. */
export interface AptReplacement {
  readonly program: 'apt-get' | 'apt-cache';
  /** The sub-command, where it has another name. */
  readonly verb?: string;
  /** A flag without which it does less. */
  readonly flag?: string;
}

const same: AptReplacement = { program: 'apt-get' };
const query: AptReplacement = { program: 'apt-cache' };

/**
 * Sub-commands of apt and what stands for them; `list` and `edit-sources` have nothing.
 * Source: apt(8), apt-get(8) and apt-cache(8) of apt 2.6; `apt upgrade` installs new packages where an upgrade needs them.
 * 2026-11.
 */
export const aptReplacements: Readonly<Record<string, AptReplacement>> = {
  install: same,
  remove: same,
  purge: same,
  update: same,
  upgrade: { program: 'apt-get', flag: '--with-new-pkgs' },
  'full-upgrade': { program: 'apt-get', verb: 'dist-upgrade' },
  'dist-upgrade': same,
  autoremove: same,
  clean: same,
  autoclean: same,
  'build-dep': same,
  source: same,
  download: same,
  changelog: same,
  search: query,
  show: query,
  policy: query,
  madison: query,
  depends: query,
  rdepends: query,
  showsrc: query,
};
