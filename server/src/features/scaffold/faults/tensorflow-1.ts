import type { ProjectFacts } from '../project.ts';
import { usedNames } from '../sources/used-names.ts';
import { programsOfStart } from '../starts/program-file.ts';
import type { Start } from '../starts/start.ts';

/** What TensorFlow has under `compat.v1` alone since 2.0 (TensorFlow documentation, "Migrate to TensorFlow 2"). */
const former =
  /^tensorflow\.(?:Session|InteractiveSession|placeholder|gfile|GraphDef|ConfigProto|contrib|app|flags|layers\.(?:dense|conv2d|flatten)|global_variables_initializer|get_default_graph|reset_default_graph|get_variable|variable_scope|log|to_float|set_random_seed|train\.(?:AdamOptimizer|GradientDescentOptimizer|Saver|import_meta_graph))(?:\.|$)/;

/** Why a program of TensorFlow 1 does not run, in a sentence: no Python that images are kept of has it (wheels of 1.15 on PyPI). */
export function formerTensorflowFault(facts: ProjectFacts, start: Start): string | undefined {
  if (!facts.direct.has('tensorflow')) return undefined;
  for (const { path, text } of programsOfStart(facts, start)) {
    if (!/\btensorflow\b/.test(text) || /\bdisable_v2_behavior\b/.test(text)) continue;
    const use = [...usedNames(text)].find((name) => former.test(name));
    if (use !== undefined)
      return `${path} uses ${use}, which TensorFlow has no more since 2, and no release before that goes with a Python of today: write it with tensorflow.compat.v1, then add the files again.`;
  }
  return undefined;
}
