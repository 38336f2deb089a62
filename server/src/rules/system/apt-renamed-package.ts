import { gonePackages } from '../../data/native-libraries.ts';
import { codenameOf } from '../../facts/bare-bases.ts';
import { systemPackages } from '../../facts/system-packages.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';

export default defineRule({
  code: 'apt-renamed-package',
  name: 'apt-renamed-package',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'system',
  summary: 'A package is installed under a name that this release no longer has',
  why: '`python:3.12-slim` and the like mean Debian 13 (trixie) since it came out, so a file that was built for years ends with "has no installation candidate" or "Unable to locate package". `libgl1-mesa-glx` for OpenCV is the common one: its successor `libgl1` is in older releases as well. Which names trixie lacks was asked of apt with the lists of both releases in November 2026; names that another package still provides, such as `libglib2.0-0`, are left alone, and so are tags with a patch level, which may be older.',
  messages: {
    renamed: '{release} has no package `{name}`, so the build ends here. Install `{use}`.',
    gone: '{release} has no package `{name}`, so the build ends here. Do without it, or name an older release in FROM.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y libgl1 libglib2.0-0' },
      { code: 'FROM python:3.12-slim-bookworm\nRUN apt-get update && apt-get install -y libgl1-mesa-glx' },
      { code: 'FROM python:3.10.4-slim\nRUN apt-get install -y libgl1-mesa-glx', note: 'of 2022' },
      { code: 'FROM team/base:1\nRUN apt-get install -y libgl1-mesa-glx' },
      { code: 'FROM ubuntu:22.04\nRUN apt-get install -y software-properties-common libgl1-mesa-glx' },
    ],
    bad: [
      {
        code: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y ⟦libgl1-mesa-glx⟧ libglib2.0-0',
        fixed: 'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y libgl1 libglib2.0-0',
      },
      {
        code: 'FROM ubuntu:24.04\nRUN apt-get install -y ⟦libgl1-mesa-glx⟧=22.0',
        fixed: 'FROM ubuntu:24.04\nRUN apt-get install -y libgl1',
      },
      { code: 'FROM debian:trixie-slim\nRUN apt-get install -y ⟦python3-distutils⟧' },
      {
        code: 'FROM ubuntu:24.04\nRUN apt-get install -y ⟦libtinfo5⟧',
        fixed: 'FROM ubuntu:24.04\nRUN apt-get install -y libtinfo6',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, report }) {
      const stage = facts.stageOf(run);
      const codename = stage && codenameOf(stage);
      if (codename !== 'trixie' && codename !== 'noble') return;
      const release = codename === 'trixie' ? 'Debian 13' : 'Ubuntu 24.04';
      for (const { word, name } of systemPackages(facts, run)) {
        const gone = Object.hasOwn(gonePackages, name) ? gonePackages[name] : undefined;
        const at = word.raw.indexOf(name);
        if (!gone?.goneIn.includes(codename) || at < 0) continue;
        const from = word.from + at;
        const span = run.at({ from, to: from + name.length });
        const { use } = gone;
        if (use === undefined) report(span, 'gone', { release, name });
        else
          report(span, 'renamed', { release, name, use }, (): Fix => {
            // A version belongs to the old package.
            const end = run.at(word).end - (word.raw.length - at - word.value.length);
            const edits = [{ span: { start: span.start, end }, text: use }];
            return { title: `Install ${use}`, safety: 'unsafe', edits };
          });
      }
    },
  }),
});
