import { packageCaches } from '../../data/package-caches.ts';
import { baseImage, officialName } from '../../facts/base-images.ts';
import { cacheFixes, cacheLeft, cleanupOption, mountOption } from '../../facts/package-caches.ts';
import { mayShip, shippedOption } from '../../facts/shipped-stages.ts';
import type { Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';

const { dnf, microdnf } = packageCaches;

export default defineRule({
  code: 'DL3040',
  name: 'dnf-cache-kept',
  aliases: ['tally/prefer-package-cache-mounts'],
  since: '0.2.0',
  severity: 'warning',
  family: 'dnf',
  summary: 'dnf leaves its cache in the image',
  why: 'dnf keeps the metadata of every repository in `/var/cache/dnf`, or in `/var/cache/libdnf5` from Fedora 41 on, where it stays in the layer and is of no use at run time (dnf.conf(5), `cachedir`). Only the RUN that fetched it can keep it out of the layer: removing it in a later one hides it and saves nothing. A cache mount keeps it out as well and spares the download in the next build.',
  messages: {
    kept: '{program} keeps its cache in the image. Append `&& {program} clean all` to this RUN, or mount a cache at `{folder}`.',
  },
  options: {
    ...shippedOption(
      'FROM rockylinux:9 AS build\nRUN dnf install -y git-2.43.5\nFROM rockylinux:9\nCOPY --from=build /x /x\n',
    ),
    ...mountOption(
      'FROM rockylinux:9\nRUN --mount=type=cache,target=/var/cache/dnf dnf install -y git-2.43.5\n',
    ),
    ...cleanupOption(
      'FROM rockylinux:9\nRUN dnf clean all && dnf install -y git-2.43.5 && dnf clean all\n',
      'hadolint#1179',
    ),
  },
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM rockylinux:9 AS build\nRUN dnf install -y git-2.43.5\nFROM rockylinux:9\nCOPY --from=build /x /x',
        note: 'the builder is not shipped',
      },
      { code: 'FROM fedora:42\nRUN dnf install -y git && dnf clean all' },
      { code: 'FROM rockylinux:9\nRUN --mount=type=cache,target=/var/cache/dnf dnf install -y git' },
      { code: 'FROM rockylinux:9\nRUN dnf clean all && dnf upgrade -y && dnf clean all' },
      { code: 'FROM rockylinux:9\nRUN dnf install -y git && rm -fr /var/cache/{dnf,yum}' },
    ],
    bad: [
      {
        code: 'FROM fedora:42\nRUN dnf ⟦install⟧ -y git',
        fixed: 'FROM fedora:42\nRUN dnf install -y git && dnf clean all',
      },
      {
        code: 'FROM rockylinux:9-minimal\nRUN microdnf ⟦upgrade⟧ -y && \\\n    microdnf install -y \\\n      git',
        fixed:
          'FROM rockylinux:9-minimal\nRUN microdnf upgrade -y && \\\n    microdnf install -y \\\n      git && \\\n    microdnf clean all',
      },
      {
        code: 'FROM fedora:42\nRUN dnf ⟦install⟧ -y git && rm -rf /tmp/build',
        fixed: 'FROM fedora:42\nRUN dnf install -y git && rm -rf /tmp/build && dnf clean all',
        note: 'another folder is removed, the cache stays',
      },
      {
        code: 'FROM fedora:42\nRUN ["dnf", ⟦"install"⟧, "-y", "git"]',
        fixed:
          'FROM fedora:42\nRUN --mount=type=cache,target=/var/cache/libdnf5,sharing=locked ["dnf", "install", "-y", "git"]',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      if (options.shippedOnly && !mayShip(facts, run)) return;
      for (const cache of [dnf, microdnf]) {
        const left = cacheLeft(facts, run, cache, options);
        if (!left) continue;
        const { program } = cache;
        const folder = isDnf5(facts.stageOf(run)) ? '/var/cache/libdnf5' : cache.folders[0];
        report(
          run.at(left.verb),
          'kept',
          { program, folder },
          () => cacheFixes(facts, run, left, { clean: `${program} clean all`, folder }),
          { repair: { name: 'cache' } },
        );
        return;
      }
    },
  }),
});

/** Fedora has DNF5 since release 41 (fedoraproject.org, "Switch to DNF 5"). */
function isDnf5(stage: Stage | undefined): boolean {
  if (!stage) return false;
  const image = baseImage(stage);
  if (!/(?:^|\/)fedora$/.test(officialName(image))) return false;
  const { tag = 'latest' } = image;
  return tag === 'latest' || tag === 'rawhide' || Number.parseInt(tag, 10) >= 41;
}
