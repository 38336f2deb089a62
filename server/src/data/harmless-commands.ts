/**
 * Commands that install packages and programs or change accounts, permissions and settings, and put no file of a project,
 * such as a readme or a lock file, into the folder where they run. By the manuals of the programs; as known 2026-11.
 */
export const harmlessCommands: ReadonlySet<string> = new Set(
  `apt apt-get apt-cache apt-key apt-mark add-apt-repository aptitude dpkg dpkg-reconfigure debconf-set-selections apk
  dnf microdnf yum zypper tdnf pacman rpm conda mamba micromamba npm npx yarn pnpm corepack rustup cargo gem
  curl wget gpg gpgconf update-ca-certificates update-alternatives ldconfig locale-gen update-locale
  useradd adduser usermod userdel groupadd addgroup groupmod groupdel passwd chpasswd getent
  mkdir rmdir chown chmod chgrp ln rm find install touch ls cat head tail grep sort tee uname which command type id
  echo printf true false test [ [[ : set export unset cd pushd popd umask ulimit shopt eval exit sleep date env
  nproc arch sed awk tr cut xargs dirname basename readlink realpath hash source . alias`.split(/\s+/),
);
