/** `#7 [3/7] RUN …` of BuildKit and `Step 3/7 : RUN …` of the older builder, as people read them. */
export function buildStep(line: string): string | undefined {
  const match = /^#\d+ \[(?:[^\]]* )?(\d+\/\d+)\] (.+)/.exec(line) ?? /^Step (\d+\/\d+) : (.+)/i.exec(line);
  return match ? `${match[1]} ${match[2]}` : undefined;
}
