import { contextSources, sentFilesOf } from '../../facts/context-sources.ts';
import { shippedStage } from '../../facts/shipped-stages.ts';
import { printSize, totalSize } from '../../facts/sizes.ts';
import { defineRule, type RuleContext } from '../../lint/rule.ts';
import type { Instruction } from '../../syntax/tree.ts';

const messages = {
  named:
    '`{path}` puts data into the image, where whoever can pull it can read them. Leave the data out, and mount them with `docker run -v`.',
  sized:
    '`{path}` puts {size} of data into the image, where whoever can pull it can read them. Leave the data out, and mount them with `docker run -v`.',
} as const;

const dataFile = /\.(?:csv|tsv|parquet|feather|arrow|tfrecords?|npz|npy|jsonl)$/i;
/** Names that tell data to learn from apart from tables that a program reads. */
const learned = /(?:^|[/_.-])(?:train(?:ing)?|test|val(?:id(?:ation)?)?|dataset|samples?)(?=[/_.-])/i;
const dataFolder = /^(?:.*\/)?(?:datasets?|data\/(?:raw|train|processed|interim))$/i;
/** Less is a lookup table; in bytes. */
const much = 5e6;

export default defineRule({
  code: 'dataset-copied-into-image',
  name: 'dataset-copied-into-image',
  aliases: [],
  since: '0.2.0',
  severity: 'info',
  family: 'models',
  summary: 'A data set is copied into the image',
  why: 'Data in a layer are in every copy of the image, for good: a later `rm` hides them only. They may be personal, and they make each pull larger. `docker run -v "$PWD/data:/data:ro"` gives them to the container, and `RUN --mount=type=bind,source=data,target=/data` to a step of the build. Where the build context is known, less than 5 MB is taken for a lookup table.',
  messages,
  options: {},
  onbuild: true,
  examples: {
    good: [
      { code: 'FROM python:3.12\nRUN --mount=type=bind,source=data,target=/data python prepare.py' },
      { code: 'FROM python:3.12\nCOPY labels.csv /app/', context: { 'labels.csv': 'cat,dog\n' } },
      { code: 'FROM python:3.12\nCOPY config/counters.csv /etc/exporter/' },
      { code: 'FROM python:3.12\nCOPY src/data /app/data', note: 'likely a package' },
      {
        code: 'FROM python:3.12 AS prepare\nCOPY train.csv /\nRUN python prepare.py\nFROM python:3.12\nCOPY app.py /',
      },
    ],
    bad: [
      { code: 'FROM python:3.12\nCOPY ⟦dataset/⟧ /app/dataset/' },
      { code: 'FROM python:3.12\nCOPY app.py ⟦train.csv⟧ /app/' },
      {
        code: 'FROM python:3.12\nCOPY ⟦data⟧ /app/data',
        context: { 'data/train.parquet': { megabytes: 40 }, 'app.py': '' },
      },
    ],
  },
  create: () => ({ COPY: check, ADD: check }),
});

function check(copy: Instruction, { facts, report }: RuleContext<typeof messages>): void {
  const { context } = facts;
  if (!shippedStage(facts, copy)) return;
  for (const { word, path } of contextSources(facts, copy)) {
    if (path === '.') continue;
    if (context?.files) {
      const data = sentFilesOf(context, path).filter((file) => dataFile.test(file.path));
      if (totalSize(data) >= much) report(copy.at(word), 'sized', { path, size: printSize(totalSize(data)) });
    } else if ((dataFile.test(path) && learned.test(path)) || dataFolder.test(path)) {
      report(copy.at(word), 'named', { path });
    }
  }
}
