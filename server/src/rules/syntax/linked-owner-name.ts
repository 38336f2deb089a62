import { textInPlainBuild } from '../../facts/plain-build.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';
import { removeWord } from '../../text/edit.ts';

const messages = {
  name: 'With `--link` Docker does not see the users of the image, so it refuses the name `{name}`. Write the numbers of user and group, or leave `--link` out.',
} as const;

export default defineRule({
  code: 'linked-owner-name',
  name: 'linked-owner-name',
  aliases: [],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'COPY or ADD with `--link` gives the files to a user by name',
  why: 'A linked layer is made for itself, without the layers below it, and with that without `/etc/passwd`. BuildKit 0.34 ends the build where `--chown` names a user or group other than root there; older versions fail when they look the name up.',
  messages,
  options: {},
  examples: {
    good: [
      { code: 'FROM debian:12\nCOPY --link --chown=1000:1000 a /b\nADD --link --chown=root:root a /b' },
      { code: 'FROM debian:12\nCOPY --link=false --chown=app a /b\nCOPY --chown=app a /b' },
    ],
    bad: [
      {
        code: 'FROM debian:12\nCOPY --link --chown=⟦app⟧ a /b',
        fixed: 'FROM debian:12\nCOPY --chown=app a /b',
      },
      { code: 'FROM debian:12\nADD --chown=⟦1000:app⟧ --link=true a /b' },
    ],
  },
  create: () => ({ ADD: check, COPY: check }),
});

function check(copy: Instruction<Copy>, { facts, report }: RuleContext<typeof messages>): void {
  const { flags } = copy.node;
  const link = flags.find(({ name }) => name === 'link');
  const word = flags.find(({ name }) => name === 'chown')?.value;
  if (!link || !word || (link.value && !/^true$/i.test(link.value.value))) return;
  const owner = textInPlainBuild(facts, copy, word.value);
  const colon = owner?.indexOf(':') ?? -1;
  const parts = colon < 0 ? [owner] : [owner?.slice(0, colon), owner?.slice(colon + 1)];
  const name = parts.find((part) => part && part !== 'root' && !/^[-+]?\d+$/.test(part));
  if (name === undefined) return;
  report(copy.at(word), 'name', { name }, () => ({
    title: 'Leave --link out',
    safety: 'unsafe',
    edits: [removeWord(facts.file.text, copy.at(link))],
  }));
}
