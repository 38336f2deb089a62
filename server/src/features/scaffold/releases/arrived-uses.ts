import { type Arrival, arrivals } from '../../../data/arrived-names.ts';
import type { Requirement } from '../../../facts/requirements.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import { besideProgram } from '../sources/applications.ts';
import { usedNames } from '../sources/used-names.ts';

/** A program uses what older releases of a package have not. */
export interface ArrivedUse extends Arrival {
  readonly file: string;
  /** As the program has it, such as `streamlit.rerun`. */
  readonly use: string;
}

/** What the programs use that came at a known time, for each package that is asked for. */
export function arrivedUses(texts: SourceTexts, asked: readonly Requirement[]): ArrivedUse[] {
  const names = new Set(asked.map(({ name }) => name));
  const wanted = arrivals.filter(({ name }) => names.has(name));
  if (wanted.length === 0) return [];
  const tops = [...new Set(wanted.flatMap(({ uses }) => uses.map((use) => use.split('.', 1)[0] ?? '')))];
  return [...texts].flatMap(([file, text]) => {
    if (!file.endsWith('.py') || besideProgram.test(file) || !tops.some((top) => text.includes(top)))
      return [];
    const used = [...usedNames(text)];
    return wanted.flatMap((arrival) => {
      const use = arrival.uses.find((one) => used.some((name) => name === one || name.startsWith(`${one}.`)));
      return use === undefined ? [] : [{ ...arrival, file, use }];
    });
  });
}
