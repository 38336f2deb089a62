// Each format of secret-value, by made-up values: they are put together here, as hosting services refuse a file that
// holds one.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { secretFormats } from '../../server/src/data/secret-values.ts';
import { secretValues } from '../../server/src/facts/secret-values.ts';
import { parseDockerfile } from '../../server/src/syntax/parse.ts';

const letters =
  'kR7vQ2xZ9mLw4TnB8cYd5HsJ3gFpV6aXu1EoKiWqMtDyNbGzCrSfPhUjAeOlIkR7vQ2xZ9mLw4TnB8cYd5HsJ3gFpV6aXu1E';
const some = (length: number) => letters.slice(0, length);
const hex = '5d0c1f94e7b23a68d4f0929e17c6ab358f2e40d7';

/** The value of each kind, and what stands around it. */
const samples: Readonly<Record<string, readonly [before: string, value: string, after?: string]>> = {
  'token of Hugging Face': ['HF=', `hf_${some(34)}`],
  'access key of AWS': ['ID=', `AKIA${'T4RV7QXK2ZPL6MWD'}`],
  'secret key of AWS': ['AWS_SECRET_ACCESS_KEY=', `${some(20)}/+${some(38).slice(20)}`],
  'token of GitHub': ['A=', `ghp_${some(36)}`],
  'token of GitLab': ['A=', `glpat-${some(20)}`],
  'key of Anthropic': ['A=', `sk-ant-api03-${some(60)}`],
  'key of OpenAI': ['A=', `sk-proj-${some(50)}`],
  'key of NVIDIA': ['A=', `nvapi-${some(60)}`],
  'key of Google': ['A=', `AIza${some(35)}`],
  'key of Groq': ['A=', `gsk_${some(52)}`],
  'token of Replicate': ['A=', `r8_${some(37)}`],
  'key of Weights & Biases': ['WANDB_API_KEY=', hex],
  'token of PyPI': ['A=', `pypi-AgE${some(60)}`],
  'token of npm': ['A=', `npm_${some(36)}`],
  'token of Docker Hub': ['A=', `dckr_pat_${some(27)}`],
  'token of Slack': ['A=', `xoxb-${'4711081547'}-${some(24)}`],
  'key of Azure Storage': ['A="AccountKey=', `${some(86)}==`, '"'],
  'private key': ['A="', '-----BEGIN RSA PRIVATE KEY-----', `\\n${some(40)}"`],
  'password in a URL': ['A=https://ci:', some(12), '@git.example.org/x'],
};

function found(line: string): string[] {
  const { instructions } = parseDockerfile(`FROM debian:12\n${line}\n`);
  return instructions.flatMap(({ node }) =>
    secretValues(node).map(({ kind, from, to }) => `${kind}: ${node.text.slice(from, to)}`),
  );
}

describe('secrets by their look', () => {
  it('has a sample of every kind', () => {
    assert.deepEqual(
      Object.keys(samples),
      [...secretFormats].map(({ kind }) => kind),
    );
  });

  for (const [kind, [before, value, after = '']] of Object.entries(samples)) {
    it(`finds a ${kind}, in ENV and in a heredoc`, () => {
      assert.deepEqual(found(`ENV ${before}${value}${after}`), [`${kind}: ${value}`]);
      assert.deepEqual(found(`RUN <<EOF\nexport ${before}${value}${after}\nEOF`), [`${kind}: ${value}`]);
    });

    it(`takes no ${kind} from a comment, nor a placeholder`, () => {
      assert.deepEqual(found(`RUN true \\\n  # ${before}${value}${after}\n  && true`), []);
      if (kind === 'private key') return;
      const blank = value.replace(/[A-Za-z0-9]{12}(?=[^A-Za-z0-9]*$)/, 'xxxxxxxxxxxx');
      assert.notEqual(blank, value);
      assert.deepEqual(found(`ENV ${before}${blank}${after}`), []);
    });
  }
});
