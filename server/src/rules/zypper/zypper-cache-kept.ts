import { packageCaches } from '../../data/package-caches.ts';
import { cacheFixes, cacheLeft, cleanupOption, mountOption } from '../../facts/package-caches.ts';
import { mayShip, shippedOption } from '../../facts/shipped-stages.ts';
import { defineRule } from '../../lint/rule.ts';

export default defineRule({
  code: 'DL3036',
  name: 'zypper-cache-kept',
  aliases: ['tally/prefer-package-cache-mounts'],
  since: '0.2.0',
  severity: 'warning',
  family: 'zypper',
  summary: 'zypper leaves its cache in the image',
  why: 'zypper keeps the metadata of every repository in `/var/cache/zypp`, where it stays in the layer and is of no use at run time (zypper(8), "clean"). Only the RUN that fetched it can keep it out of the layer: removing it in a later one hides it and saves nothing. A cache mount keeps it out as well and spares the download in the next build.',
  messages: {
    kept: 'zypper keeps its cache in the image. Append `&& zypper clean --all` to this RUN, or mount a cache at `/var/cache/zypp`.',
  },
  options: {
    ...shippedOption(
      'FROM opensuse/leap:15.6 AS build\nRUN zypper -n install git=2.43.0\nFROM opensuse/leap:15.6\nCOPY --from=build /x /x\n',
    ),
    ...mountOption(
      'FROM opensuse/leap:15.6\nRUN --mount=type=tmpfs,target=/var/cache zypper -n install git=2.43.0\n',
    ),
    ...cleanupOption('FROM opensuse/leap:15.6\nRUN zypper -n install git=2.43.0 && rm -rf /var/cache/zypp\n'),
  },
  onbuild: true,
  examples: {
    good: [
      {
        code: 'FROM opensuse/leap:15.6 AS build\nRUN zypper -n install git=2.43.0\nFROM opensuse/leap:15.6\nCOPY --from=build /x /x',
        note: 'the builder is not shipped',
      },
      { code: 'FROM opensuse/leap:15.6\nRUN zypper -n install git && zypper clean --all' },
      { code: 'FROM opensuse/leap:15.6\nRUN zypper -n in git && zypper cc' },
      {
        code: 'FROM opensuse/leap:15.6\nRUN --mount=type=cache,target=/var/cache/zypp zypper -n install git',
      },
    ],
    bad: [
      {
        code: 'FROM opensuse/leap:15.6\nRUN zypper -n ⟦install⟧ git',
        fixed: 'FROM opensuse/leap:15.6\nRUN zypper -n install git && zypper clean --all',
      },
      {
        code: 'FROM opensuse/leap:15.6\nRUN zypper clean \\\n && zypper -n ⟦in⟧ git',
        fixed:
          'FROM opensuse/leap:15.6\nRUN zypper clean \\\n && zypper -n in git \\\n && zypper clean --all',
        note: 'cleaned too early',
      },
      {
        code: 'FROM opensuse/leap:15.6\nRUN sudo zypper -n ⟦install⟧ git',
        fixed: 'FROM opensuse/leap:15.6\nRUN sudo zypper -n install git && sudo zypper clean --all',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      if (options.shippedOnly && !mayShip(facts, run)) return;
      const left = cacheLeft(facts, run, packageCaches.zypper, options);
      if (!left) return;
      const [folder] = packageCaches.zypper.folders;
      report(
        run.at(left.verb),
        'kept',
        undefined,
        () => cacheFixes(facts, run, left, { clean: 'zypper clean --all', folder }),
        { repair: { name: 'cache' } },
      );
    },
  }),
});
