import { hopelessImage } from '../../facts/base-faults.ts';
import { findStage } from '../../facts/stages.ts';
import { isTemplate, ofTemplate } from '../../facts/templates.ts';
import { defineRule, type Fix } from '../../lint/rule.ts';
import { isImageName } from '../../syntax/image-reference.ts';

export default defineRule({
  code: 'invalid-image-name',
  name: 'invalid-image-name',
  aliases: ['buildkit/InvalidDefaultArgInFrom', 'dockerfile-utils/INVALID_REFERENCE_FORMAT'],
  since: '0.2.0',
  severity: 'error',
  family: 'syntax',
  summary: 'FROM names no image that there can be',
  why: 'The name of an image is in lower case, with a tag of letters, digits, `_`, `.` and `-` behind the colon and a digest of `sha256:` and 64 hexadecimal digits behind an `@`. Docker keeps the names of stages in lower case, too. The build ends with `invalid reference format` at any other name. Where an argument of the build decides, InvalidDefaultArgInFrom says what it comes to without.',
  messages: {
    invalid: '`{image}` is no name of an image. Write it as `name:tag` in lower case, as in `python:3.12`.',
    placeholder:
      '`{image}` is no name of an image, as those are in lower case. Where a script puts an image in its place, check the file that it makes; else write the image here.',
    tagless: 'No tag follows the colon of `{image}`. Write it, as in `{image}<tag>`.',
    lower: '`{image}` is no name of an image, as those are in lower case. Write `{lower}`.',
    stage: 'Docker keeps the names of stages in lower case, so `{image}` finds none. Write `{lower}`.',
    template: ofTemplate,
    empty: 'There is no name of an image between the quotes. Write the image to build on.',
  },
  options: {},
  examples: {
    good: [
      { code: 'FROM "debian:12"\nFROM Registry.example.com/a/b@sha256:'.concat('0'.repeat(64)) },
      { code: 'ARG TAG\nFROM python:${TAG}', note: 'left to InvalidDefaultArgInFrom' },
      { code: 'FROM python:$TAG', note: 'left to undeclared-variable-in-from' },
      { code: 'FROM debian:12 AS a-._b\nFROM a-._b', note: 'a stage' },
    ],
    bad: [
      { code: 'FROM ⟦Debian:12⟧', fixed: 'FROM debian:12' },
      { code: 'FROM ⟦python:⟧\nFROM ⟦debian:12:3⟧ AS x' },
      { code: 'FROM ⟦""⟧' },
      { code: 'FROM ⟦@IMAGE@⟧', note: 'of a template' },
      {
        code: 'FROM debian:12 AS Build\nFROM ⟦Build⟧',
        fixed: 'FROM debian:12 AS Build\nFROM build',
      },
    ],
  },
  create: () => ({
    FROM(from, { facts, report }) {
      const fault = hopelessImage(facts, from);
      const word = from.node.imageWord;
      if (!fault || !word || fault.undeclared.size > 0) return;
      const span = from.at(word);
      const image = fault.text;
      const lower = image.toLowerCase();
      const place = facts.stageOf(from)?.index ?? 0;
      const isStage = findStage(facts.stages, lower, { foldStageNames: false }, place) !== undefined;
      const fix = (): Fix => ({ title: `Write ${lower}`, safety: 'unsafe', edits: [{ span, text: lower }] });
      if (image === '') report(span, 'empty');
      else if (isTemplate(facts.file)) report(span, 'template', { word: image });
      else if (!isStage && /^[A-Z][A-Z\d_]+(?::[A-Z\d_]+)?$/.test(image))
        report(span, 'placeholder', { image });
      else if (isStage) report(span, 'stage', { image, lower }, fix);
      else if (isImageName(lower)) report(span, 'lower', { image, lower }, fix);
      else {
        const isTagless = image.endsWith(':') && isImageName(image.slice(0, -1));
        report(span, isTagless ? 'tagless' : 'invalid', { image });
      }
    },
  }),
});
