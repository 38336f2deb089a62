import { defineRule } from '../../lint/rule.ts';

/** GitHub turned the unauthenticated protocol off for good on 2022-03-15 (GitHub blog, "Improving Git protocol security"). */
const dead = /git:\/\/(?=github\.com\/)/g;

export default defineRule({
  code: 'github-git-protocol',
  name: 'github-git-protocol',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'reproducibility',
  summary: 'GitHub is asked by the git protocol, which it does not answer any more',
  why: 'Nothing protects the plain git protocol, and GitHub has not answered it since March 2022: a clone of `git://github.com/…`, or an install of `git+git://github.com/…`, waits and fails (GitHub blog, "Improving Git protocol security on GitHub"). The same address answers by `https://`.',
  messages: {
    dead: 'GitHub has not answered `git://` since 2022, so this fails. Write `{address}` in its place; git needs the package `ca-certificates` for that.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN git clone https://github.com/psf/black.git' },
      { code: 'FROM debian:12\nRUN git clone git://git.kernel.org/pub/scm/git/git.git' },
      {
        code: 'FROM debian:12\nRUN git config --global url."https://".insteadOf git:// && git clone git://github.com/psf/black',
        note: 'git is told to ask otherwise',
      },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN git clone ⟦git://⟧github.com/psf/black.git',
        fixed: 'FROM debian:12\nRUN git clone https://github.com/psf/black.git',
      },
      {
        code: 'FROM python:3.12\nRUN pip install git+⟦git://⟧github.com/psf/black',
        fixed: 'FROM python:3.12\nRUN pip install git+https://github.com/psf/black',
      },
      {
        code: 'FROM ocaml/opam\nRUN opam remote add live ⟦git://⟧github.com/ocaml/opam-repository',
        fixed: 'FROM ocaml/opam\nRUN opam remote add live git+https://github.com/ocaml/opam-repository',
      },
    ],
  },
  create: () => {
    let isRewritten = false;
    return {
      RUN(run, { report }) {
        const { text } = run.node;
        // What a stage below one that rewrites does is not looked at either.
        isRewritten ||= /insteadof/i.test(text);
        if (isRewritten) return;
        for (const { index, 0: found } of text.matchAll(dead)) {
          const span = run.at({ from: index, to: index + found.length });
          // opam takes a plain address for that of an archive (opam manual, "URLs").
          const isOpam = /\bopam\b/.test(text) && !text.slice(0, index).endsWith('git+');
          const address = isOpam ? 'git+https://' : 'https://';
          report(span, 'dead', { address }, () => ({
            title: `Write ${address}`,
            safety: 'unsafe',
            edits: [{ span, text: address }],
          }));
        }
      },
    };
  },
});
