import { weightsFile } from '../../data/ml-artifacts.ts';
import { readDownload } from '../../facts/downloads.ts';
import { placeIn } from '../../facts/word-places.ts';
import { defineRule } from '../../lint/rule.ts';
import { inOrder } from '../../text/in-order.ts';

/** A program or flag that compares what arrived with a sum; it may stand in any form in the RUN. */
const compares = (text: string) =>
  /sha256|shasum|md5sum|--checksum/.test(text) ||
  inOrder(text, /$/, /(?:md5|sha\d*|b2|b3|cksum)(?:sum)?\b/, /-c\b|--check/);
/** A commit in the address, whose content cannot change, and the branch that hf-revision-unpinned finds. */
const elsewhere = (url: string) =>
  /\/[0-9a-f]{40}\//.test(url) || inOrder(url, /\n/, /huggingface\.co\//, /\/resolve\/(?:main|master)\//);

export default defineRule({
  code: 'weights-url-no-checksum',
  name: 'weights-url-no-checksum',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'models',
  dependsOn: 'instruction',
  summary: 'Weights are downloaded without a checksum',
  why: 'Files of PyTorch, joblib and pickle run code when they are loaded (Python documentation, "pickle": only unpickle data you trust), so whoever controls the address controls the container. `ADD --checksum=sha256:…` ends the build where another file arrives (Dockerfile reference, "ADD --checksum"), and the same sum tells whether the file changed. Silent where the address holds a commit.',
  messages: {
    added:
      'Whatever is at this address on the day of the build goes into the image, and loading such a file can run code. Have ADD compare it: `ADD --checksum=sha256:<sum>`, with the sum that `sha256sum` prints of the file that you tested.',
    downloaded:
      'Whatever is at this address on the day of the build goes into the image, and loading such a file can run code. Append `&& echo "<sum>  {file}" | sha256sum -c -`, with the sum that `sha256sum` prints of the file that you tested.',
  },
  options: {},
  onbuild: true,
  examples: {
    good: [
      {
        code: `FROM python:3.12\nADD --checksum=sha256:${'0'.repeat(64)} https://example.org/yolo11n.pt /w/`,
      },
      {
        code: 'FROM python:3.12\nRUN curl -fsSLo /w.onnx https://example.org/a.onnx && echo "00  /w.onnx" | sha256sum -c',
      },
      { code: 'FROM python:3.12\nADD https://example.org/labels.json /w/' },
      {
        code: `FROM python:3.12\nADD https://huggingface.co/a/b/resolve/${'5c38'.repeat(10)}/w.safetensors /w/`,
      },
    ],
    bad: [
      { code: 'FROM python:3.12\nRUN wget -q ⟦https://example.org/sam_vit_h.pth⟧' },
      { code: 'FROM python:3.12\nADD ⟦https://example.org/yolo11n.pt⟧ /w/' },
      {
        code: 'FROM python:3.12\nRUN mkdir /w && curl -fsSL -o /w/m.onnx "⟦https://example.org/m.onnx?download=true⟧"',
      },
    ],
  },
  create: () => ({
    ADD(add, { report }) {
      if (add.node.flags.some(({ name }) => name === 'checksum')) return;
      const word = add.node.args.find(({ value }) => isWeights(value));
      if (word) report(add.at(word), 'added');
    },
    RUN(run, { facts, report }) {
      if (!/https?:/.test(run.node.text) || compares(run.node.text)) return;
      for (const command of facts.commands(run)) {
        const url = readDownload(command)?.urls.find(({ value }) => isWeights(value));
        if (!url) continue;
        const name =
          url.value
            .replace(/[?#].*/s, '')
            .split('/')
            .at(-1) ?? '';
        const file = /^[\w.+-]{1,60}$/.test(name) ? name : '<file>';
        return report(run.at(placeIn(url)), 'downloaded', { file });
      }
    },
  }),
});

function isWeights(url: string): boolean {
  return /^https?:/.test(url) && weightsFile.test(url.replace(/[?#].*/s, '')) && !elsewhere(url);
}
