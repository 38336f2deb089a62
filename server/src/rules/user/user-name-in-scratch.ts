import { lineage, type Stage } from '../../facts/stages.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Copy, Instruction } from '../../syntax/tree.ts';

const messages = {
  user: '`{name}` is a name, and this image has no `/etc/passwd` to look it up in. Write its number, such as `65532`.',
} as const;

export default defineRule({
  code: 'user-name-in-scratch',
  name: 'user-name-in-scratch',
  aliases: ['tally/named-identity-in-passwdless-stage'],
  since: '0.2.0',
  severity: 'warning',
  recommended: { level: 'error', because: 'The build ends, or the container does not start.' },
  family: 'user',
  summary: 'A user is named in an image that has no list of users',
  why: 'A stage that starts from `scratch` has only what is copied into it. Docker looks names up in its `/etc/passwd` and `/etc/group`: where these are missing, `COPY --chown=app` ends the build and a container with `USER app` does not start ("unable to find user app: no matching entries in passwd file"). Numbers need no look-up. The rule is silent where anything is copied to `/`, to `/etc`, or unpacked.',
  messages,
  options: {},
  examples: {
    good: [
      { code: 'FROM scratch\nCOPY app /app\nUSER 65532:65532' },
      { code: 'FROM scratch\nCOPY --from=build /etc/passwd /etc/passwd\nUSER app' },
      { code: 'FROM scratch\nADD rootfs.tar /\nUSER app' },
      { code: 'FROM debian:12\nUSER app' },
      { code: 'FROM scratch\nARG APP_USER\nUSER $APP_USER' },
    ],
    bad: [
      { code: 'FROM scratch\nCOPY app /app\nUSER ⟦app⟧' },
      {
        code: 'FROM scratch AS base\nCOPY app /bin/app\nFROM base\nCOPY ⟦--chown=nonroot:nonroot⟧ conf /conf',
      },
    ],
  },
  create: () => {
    const checkOwner = (copy: Instruction<Copy>, { facts, report }: RuleContext<typeof messages>) => {
      const owner = copy.node.flags.find(({ name }) => name === 'chown');
      const name = owner?.value?.value.replace(/:.*/s, '') ?? '';
      if (owner && isName(name) && hasNoUsers(facts.stageOf(copy))) report(copy.at(owner), 'user', { name });
    };
    return {
      ADD: checkOwner,
      COPY: checkOwner,
      USER(user, { facts, report }) {
        const word = user.node.args[0];
        const name = word?.value.replace(/:.*/s, '') ?? '';
        if (word && isName(name) && hasNoUsers(facts.stageOf(user))) report(user.at(word), 'user', { name });
      },
    };
  },
});

const isName = (name: string) => /^[a-z_][\w-]*$/i.test(name) && name !== 'root';

/** Whether a stage rests on `scratch` and nothing in it can have brought `/etc/passwd`. */
function hasNoUsers(stage: Stage | undefined): boolean {
  const chain = stage ? lineage(stage) : [];
  if (chain.at(-1)?.base.text !== 'scratch') return false;
  return chain.every(({ instructions }) =>
    instructions.every(({ node }) => {
      if (node.keyword === 'RUN' || node.keyword === 'ADD') return false;
      if (node.keyword !== 'COPY') return true;
      const target = node.destination?.value ?? '$';
      return !/\$|passwd|^\.?\/?(?:etc\/?)?$|^\/?\.\/?$/.test(target);
    }),
  );
}
