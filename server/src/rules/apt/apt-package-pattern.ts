import { installsOf } from '../../facts/package-installs.ts';
import { defineRule } from '../../lint/rule.ts';

const form = { programs: ['apt-get', 'apt'], verbs: ['install'], valueFlags: ['t', 'target-release', 'o'] };

export default defineRule({
  code: 'apt-package-pattern',
  name: 'apt-package-pattern',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  family: 'apt',
  dependsOn: 'instruction',
  summary: 'apt installs all packages that a pattern matches',
  why: 'Where no package has the name, apt-get takes a word with `*` for a pattern and installs everything that it matches in the lists (apt-get(8), "install"): `gstreamer1.0*` brings the headers, debug symbols and documentation along, `python3*` thousands of packages. What that is changes with each update of the lists. Without quotes the shell looks first for files with such names. A pattern behind `=`, which holds a version, is fine.',
  messages: {
    pattern:
      '`{word}` stands for every package whose name fits, which may be many and others at the next build. Name those that are needed.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN apt-get install -y libcudnn9=9.1.* /tmp/*.deb ./*.deb' },
      { code: "FROM debian:12\nRUN apt-get purge -y 'libav*' && apt-get install -y g++" },
    ],
    bad: [
      { code: 'FROM debian:12\nRUN apt-get install -y curl ⟦gstreamer1.0*⟧' },
      { code: "FROM debian:12\nRUN apt-get update && apt install -y ⟦'libnvinfer*'⟧" },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      if (!run.node.text.includes('*')) return;
      for (const { packages } of installsOf(facts, run, form)) {
        const found = packages.find(({ value }) =>
          /^[a-z0-9][a-z0-9.+:-]*\*[a-z0-9.+*:-]*(?:=|$)/.test(value),
        );
        if (found && !found.value.endsWith('.deb'))
          return report(run.at(found), 'pattern', { word: found.value });
      }
    },
  }),
});
