import { defineRule, type Fix } from '../../lint/rule.ts';
import { nearest } from '../../text/nearest.ts';

const frontends = ['docker/dockerfile', 'docker/dockerfile-upstream'];

export default defineRule({
  code: 'syntax-directive-typo',
  name: 'syntax-directive-typo',
  aliases: ['tally/syntax-directive-typo'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'The image in `# syntax=` is misspelled',
  why: 'Docker pulls the image that `# syntax=` names before it reads the file with it, so a misspelled one ends the build with "pull access denied" or "not found", which says nothing of the line (Dockerfile reference, "Parser directives"). Only names are found that are one or two letters away from Docker’s own.',
  messages: {
    typo: '`{name}` is near to Docker’s own frontend, and no image of Docker. Did you mean {meant}?',
  },
  options: {},
  examples: {
    good: [
      { code: '# syntax=docker/dockerfile:1.7\nFROM debian:12' },
      { code: '# syntax=docker.io/docker/dockerfile-upstream@sha256:abc\nFROM debian:12' },
      { code: '# syntax=devthefuture/dockerfile-x\nFROM debian:12' },
      { code: 'FROM debian:12\n# syntax=docker/dockerfil', note: 'a comment' },
    ],
    bad: [
      {
        code: '# syntax=⟦docker/dockefile⟧:1\nFROM debian:12',
        fixed: '# syntax=docker/dockerfile:1\nFROM debian:12',
      },
      {
        code: '#syntax = docker.io/⟦dockr/dockerfile⟧\nFROM debian:12',
        fixed: '#syntax = docker.io/docker/dockerfile\nFROM debian:12',
      },
    ],
  },
  create: () => ({
    end({ facts: { file }, report }) {
      const directive = file.directives.find(({ name }) => name === 'syntax');
      const [, host = '', name = ''] = /^(docker\.io\/)?([^:@\s]+)/.exec(directive?.value ?? '') ?? [];
      const meant = directive && !frontends.includes(name) && nearest(name, frontends);
      if (!meant) return;
      const start = file.text.indexOf(directive.value, directive.span.start) + host.length;
      const span = { start, end: start + name.length };
      report(span, 'typo', { name, meant }, (): Fix => {
        return { title: `Write ${meant}`, safety: 'unsafe', edits: [{ span, text: meant }] };
      });
    },
  }),
});
