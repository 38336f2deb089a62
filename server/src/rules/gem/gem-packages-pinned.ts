import { firstUnpinned, pinOptions } from '../../facts/package-installs.ts';
import { defineRule } from '../../lint/rule.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell.ts';

export default defineRule({
  code: 'DL3028',
  name: 'gem-packages-pinned',
  aliases: [],
  since: '0.2.0',
  severity: 'warning',
  recommended: {
    level: 'hint',
    because: '9 of 183 public configurations switch it off, as they do other pins of packages.',
  },
  family: 'gem',
  summary: 'gem installs packages without a version',
  why: '`gem install` takes the newest release of the day, so a rebuild may install another one than the image that was tested, or one that no longer runs on the Ruby of the image. `name:version` pins each gem of a command, `--version` the only one (RubyGems command reference, "gem install").',
  messages: {
    unpinned: '`{name}` has no version, so a rebuild may install another one. Write `{name}:<version>`.',
  },
  options: pinOptions('FROM ruby:3.4\nRUN gem install $GEMS\n'),
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM ruby:3.4\nRUN gem install bundler:2.6.9 "jekyll:~> 4.4"' },
      { code: 'FROM ruby:3.4\nRUN gem install bundler --version 2.6.9 && gem i jekyll -v 4.4.1' },
      { code: 'FROM ruby:3.4\nRUN gem install nokogiri:1.18.8 -- --use-system-libraries' },
      { code: 'FROM ruby:3.4\nRUN gem update --system && bundle install' },
      { code: 'FROM ruby:3.4\nARG GEMS="rake:13.3.0 rack:3.1.16"\nRUN gem install $GEMS $MORE' },
    ],
    bad: [
      { code: 'FROM ruby:3.4\nRUN gem install ⟦bundler⟧ --no-document' },
      { code: 'FROM ruby:3.4\nRUN gem install bundler:2.6.9 ⟦jekyll⟧ && gem i ⟦rake⟧' },
      { code: 'FROM ruby:3.4\nENV GEMS=rake\nRUN gem install ⟦"$GEMS"⟧' },
      { code: 'FROM ruby:3.4\nRUN ["gem", "install", ⟦"bundler"⟧]' },
    ],
  },
  create: () => ({
    RUN(run, { facts, options, report }) {
      for (const command of facts.commands(run)) {
        const suspects = gemsOf(command).filter(({ value }) => !isPinned(value));
        const unpinned = firstUnpinned(facts, run, suspects, isPinned, options);
        if (unpinned) report(run.at(unpinned), 'unpinned', { name: unpinned.value });
      }
    },
  }),
});

const isPinned = (name: string) => name.includes(':');

/** The gems that a command installs, none where it names a version for all. */
function gemsOf({ name, args }: ShellCommand): readonly ShellWord[] {
  const isVerb = (word: ShellWord) => word.value === 'install' || word.value === 'i';
  if (name !== 'gem' || !args.some(isVerb)) return [];
  if (args.some(({ value }) => /^(?:-v|--version|--version=.*)$/.test(value))) return [];
  const end = args.findIndex(({ value }) => value === '--');
  const words = end < 0 ? args : args.slice(0, end);
  const isFlag = (word: ShellWord | undefined) => word?.value.startsWith('-');
  // Which flags take a value is not looked up: a word behind one counts as its value, as hadolint does.
  return words.filter((word, i) => !isFlag(word) && !isFlag(words[i - 1]) && !isVerb(word));
}
