import type { Removal } from '../../../data/removed-names.ts';
import type { SourceTexts } from '../../../project/source-texts.ts';
import { besideProgram } from '../sources/applications.ts';
import { code, withoutComments } from '../sources/modules.ts';

/** The last TensorFlow that brings Keras 2: Keras 3 reads and writes no folders (Keras documentation, "Migrating Keras 2 code to Keras 3"). */
const before3: Removal = { name: 'tensorflow', last: '2.15.1', until: '2024-03-31', uses: [] };

const ofKeras = /^[ \t]*(?:import|from) +(?:tensorflow|keras)\b/m;
/** `load_model("models/mine")`: the last part of the path has no end by which it is a file. */
const loadsFolder = /\bload_model\(\s*[rf]{0,2}["']((?:[^"'\n{}]*\/)?[^"'./\n{}]+\/?)["']/;
/** Another reader of Keras 2 models stands beside it. */
const isOtherwise = /\btf_keras\b|TF_USE_LEGACY_KERAS|\bTFSMLayer\b|\bhub\.load\b/;

/** Models that a program of Keras reads from a folder. */
export function savedModels(
  texts: SourceTexts,
): (Removal & { readonly file: string; readonly use: string })[] {
  return [...texts].flatMap(([file, whole]) => {
    if (!file.endsWith('.py') || besideProgram.test(file) || !ofKeras.test(whole)) return [];
    const text = withoutComments(code(whole));
    const folder = isOtherwise.test(text) ? undefined : loadsFolder.exec(text)?.[1];
    return folder === undefined ? [] : [{ ...before3, file, use: `load_model("${folder}")` }];
  });
}
