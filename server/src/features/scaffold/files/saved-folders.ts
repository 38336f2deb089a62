import type { SourceTexts } from '../../../project/source-texts.ts';

/** `save_pretrained("mine")`, `trainer.save_model(OUT_DIR)` and `output_dir=OUT_DIR` (documentation of Transformers, "Trainer"). */
const saves =
  /\b(?:save_pretrained|save_model)\(\s*(?:["']([^"'\n]+)["']|([A-Za-z_]\w*))|\boutput_dir\s*=\s*(?:["']([^"'\n]+)["']|([A-Za-z_]\w*))/g;
const sets = /^[ \t]{0,40}([A-Za-z_]\w{0,60}) ?= ?["']([^"'\n]{1,200})["']/gm;

/** Folders that programs of a project save models into, by the names that they give them: what loads such a name wants no model of a hub. */
export function savedFolders(texts: SourceTexts): ReadonlySet<string> {
  const found = [...texts].flatMap(([path, text]) => {
    if (!path.endsWith('.py')) return [];
    const values = new Map([...text.matchAll(sets)].map(([, name = '', value = '']) => [name, value]));
    return [...text.matchAll(saves)].flatMap(([, one, name, other, variable]) => {
      const said = one ?? other ?? values.get(name ?? variable ?? '');
      return said === undefined ? [] : said.replace(/^(?:\.\/)+/, '').replace(/\/$/, '');
    });
  });
  return new Set(found);
}
