import { redirectingUrls } from '../../data/redirecting-hosts.ts';
import { hasFlag } from '../../facts/command-flags.ts';
import { readDownload } from '../../facts/downloads.ts';
import { addWord } from '../../facts/run-edits.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import type { ShellCommand } from '../../syntax/shell.ts';

export default defineRule({
  code: 'curl-without-location',
  name: 'curl-without-location',
  aliases: ['tally/curl-should-follow-redirects'],
  since: '0.2.0',
  severity: 'warning',
  family: 'programs',
  summary: 'curl does not follow the redirect of this URL',
  why: 'Releases of GitHub, files of Hugging Face, datasets on Zenodo and links of a shortener answer with a redirect to where the file is. curl follows it only with `-L` (curl(1)); without, it saves the empty or short answer, ends with success, and the RUN fails later with "not in gzip format", or the image holds a model of 0 bytes. The rule knows the hosts that redirect; with the option `everyHost` it asks for `-L` in every download.',
  messages: {
    location:
      'This URL answers with a redirect, which curl does not follow, so the file is not downloaded. Add `-L`.',
    any: 'curl does not follow redirects here, so the file is not downloaded where the host moves it. Add `-L`.',
  },
  options: {
    everyHost: {
      default: false,
      description: 'Ask for `-L` in every download, not only from hosts that redirect.',
    },
  },
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM debian:12\nRUN curl -fsSLO https://github.com/a/b/releases/download/v1/b.tgz' },
      { code: 'FROM debian:12\nRUN curl -fO https://bootstrap.pypa.io/get-pip.py' },
      {
        code: 'FROM debian:12\nRUN curl -sI https://github.com/a/b/archive/v1.zip',
        note: 'only the headers',
      },
      { code: 'FROM debian:12\nRUN wget https://github.com/a/b/archive/v1.zip', note: 'wget follows' },
      { code: 'FROM debian:12\nRUN curl --location-trusted -O https://bit.ly/x' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nRUN ⟦curl⟧ -fsSO https://github.com/a/b/releases/download/v1/b.tgz && tar xf b.tgz',
        fixed:
          'FROM debian:12\nRUN curl -L -fsSO https://github.com/a/b/releases/download/v1/b.tgz && tar xf b.tgz',
      },
      {
        code: 'FROM python:3.12\nRUN ⟦curl⟧ -o m.bin "https://huggingface.co/a/b/resolve/main/m.bin"',
        fixed: 'FROM python:3.12\nRUN curl -L -o m.bin "https://huggingface.co/a/b/resolve/main/m.bin"',
      },
      {
        code: 'FROM debian:12\nRUN [⟦"/usr/bin/curl"⟧, "-O", "https://bit.ly/x"]',
        fixed: 'FROM debian:12\nRUN ["/usr/bin/curl", "-L", "-O", "https://bit.ly/x"]',
      },
      {
        code: 'FROM debian:12\nRUN ⟦curl⟧ https://example.org/install.sh | sh',
        options: { everyHost: true },
        fixed: 'FROM debian:12\nRUN curl -L https://example.org/install.sh | sh',
      },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      const stuck = facts.commands(run).flatMap((command) => {
        const download = command.name === 'curl' && !follows(command) ? readDownload(command) : undefined;
        if (!download || !command.nameWord) return [];
        const redirects = download.urls.some(({ value }) => redirectingUrls.some((url) => url.test(value)));
        return redirects || options.everyHost ? [{ word: command.nameWord, redirects }] : [];
      });
      const first = stuck[0];
      if (!first || /curlrc|CURL_HOME/.test(facts.file.joined)) return;
      report(run.at(first.word), first.redirects ? 'location' : 'any', undefined, (): Fix => {
        return {
          title: 'Add -L',
          safety: 'unsafe',
          edits: stuck.map(({ word }) => addWord(run, word, '-L')),
        };
      });
    },
  }),
});

/** Whether a curl follows redirects, or is not to download: it only asks for headers, sends, or reads the redirect. */
function follows(command: ShellCommand): boolean {
  const flags = [
    'L',
    'location',
    'location-trusted',
    'follow',
    'I',
    'head',
    'K',
    'config',
    'T',
    'upload-file',
    'X',
    'request',
    'd',
    'data',
    'w',
    'write-out',
  ];
  return hasFlag(command, flags) || /redirect_url/.test(command.args.map(({ value }) => value).join(' '));
}
