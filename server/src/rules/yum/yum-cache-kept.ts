import { packageCaches } from '../../data/package-caches.ts';
import { baseImage } from '../../facts/base-images.ts';
import { cacheFixes, cacheLeft, cleanupOption, mountOption } from '../../facts/package-caches.ts';
import { mayShip, shippedOption } from '../../facts/shipped-stages.ts';
import type { Stage } from '../../facts/stages.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3032',
  name: 'yum-cache-kept',
  aliases: ['tally/prefer-package-cache-mounts'],
  since: '0.2.0',
  severity: 'warning',
  family: 'yum',
  summary: 'yum leaves its cache in the image',
  why: 'yum keeps the metadata of every repository in `/var/cache/yum`, or in `/var/cache/dnf` from RHEL 8 on, where it stays in the layer and is of no use at run time (yum.conf(5), `cachedir`). Only the RUN that fetched it can keep it out of the layer: removing it in a later one hides it and saves nothing. A cache mount keeps it out as well and spares the download in the next build.',
  messages: {
    kept: 'yum keeps its cache in the image. Append `&& yum clean all` to this RUN, or mount a cache at `{folder}`.',
    either:
      'yum keeps its cache in the image. Append `&& yum clean all` to this RUN, or mount a cache at `/var/cache/dnf`, which is `/var/cache/yum` on CentOS 7 and older.',
  },
  options: {
    ...shippedOption(
      'FROM centos:7 AS build\nRUN yum install -y git-1.8.3.1\nFROM centos:7\nCOPY --from=build /x /x\n',
    ),
    ...mountOption(
      'FROM centos:7\nRUN --mount=type=cache,target=/var/cache/yum yum install -y git-1.8.3.1\n',
    ),
    ...cleanupOption('FROM centos:7\nRUN yum clean all && yum install -y git-1.8.3.1 && yum clean all\n'),
  },
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM centos:7 AS build\nRUN yum install -y git-1.8.3.1\nFROM centos:7\nCOPY --from=build /x /x',
        note: 'the builder is not shipped',
      },
      { code: 'FROM centos:7\nRUN yum install -y git && yum clean all' },
      { code: 'FROM centos:7\nRUN --mount=type=cache,target=/var/cache/yum yum install -y git' },
      { code: 'FROM centos:7\nRUN yum clean all && yum install -y git && yum clean all' },
      { code: 'FROM centos:7\nRUN yum install -y git && rm -fr /var/cache/yum' },
    ],
    bad: [
      {
        code: 'FROM centos:7\nRUN yum ⟦install⟧ -y git',
        fixed: 'FROM centos:7\nRUN yum install -y git && yum clean all',
      },
      {
        code: 'FROM centos:7\nRUN yum ⟦install⟧ -y git \\\n && rm -rf /tmp/build',
        fixed: 'FROM centos:7\nRUN yum install -y git \\\n && rm -rf /tmp/build \\\n && yum clean all',
        note: 'another folder is removed, the cache stays',
      },
      {
        code: 'FROM centos:7\nRUN yum install -y git && yum clean all && yum ⟦install⟧ -y gcc',
        fixed:
          'FROM centos:7\nRUN yum install -y git && yum clean all && yum install -y gcc && yum clean all',
        note: 'cleaned too early',
      },
      {
        code: 'FROM centos:7\nRUN set -eux; \\\n    yum ⟦install⟧ -y \\\n      git',
        fixed: 'FROM centos:7\nRUN set -eux; \\\n    yum install -y \\\n      git; \\\n    yum clean all',
      },
      {
        code: 'FROM centos:7\nRUN ["yum", ⟦"install"⟧, "-y", "git"]',
        fixed:
          'FROM centos:7\nRUN --mount=type=cache,target=/var/cache/yum,sharing=locked ["yum", "install", "-y", "git"]',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      if (options.shippedOnly && !mayShip(facts, run)) return;
      const left = cacheLeft(facts, run, packageCaches.yum, options);
      if (!left) return;
      const folder = cacheFolder(facts.stageOf(run));
      report(
        run.at(left.verb),
        folder === undefined ? 'either' : 'kept',
        { folder: folder ?? '' },
        () => cacheFixes(facts, run, left, { clean: 'yum clean all', folder }),
        { repair: { name: 'cache' } },
      );
    },
  }),
});

/** From RHEL 8 on yum is dnf; undefined where the release is not known. */
function cacheFolder(stage: Stage | undefined): string | undefined {
  const { repository, tag = 'latest' } = stage ? baseImage(stage) : { repository: '' };
  const [, name = '', inName = ''] = releasedName.exec(repository) ?? [];
  const release = inName || (/^\d+/.exec(tag)?.[0] ?? '');
  if (!name || (release === '' && tag !== 'latest')) return undefined;
  const isOld = name.startsWith('amazon') ? /^[12]$/.test(release) : /^[5-7]$/.test(release);
  return isOld ? '/var/cache/yum' : '/var/cache/dnf';
}
/** Images by whose name or tag the release of the system is known. */
const releasedName = /(?:^|\/)(centos|oraclelinux|rockylinux|almalinux|amazonlinux|ubi|rhel)(\d*)(?:-\w+)?$/;
