/** The same function, which looks for the answer to a thing once, for as long as that thing is there. */
export function remember<K extends object, V>(answer: (thing: K) => V): (thing: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (thing) => {
    const found = known.get(thing) ?? { value: answer(thing) };
    known.set(thing, found);
    return found.value;
  };
}
