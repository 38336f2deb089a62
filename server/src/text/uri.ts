/** The folder of a file, as a URI without a trailing slash; undefined for one without a path, such as `untitled:a`. */
export function folderOf(uri: string): string | undefined {
  return /^([a-z][a-z0-9+.-]*:(?:\/\/[^/]*)?(?:\/.*)?)\/[^/]*$/i.exec(uri)?.[1];
}

/** The folders above a folder, nearest first. */
export function parentsOf(folder: string): string[] {
  const parents: string[] = [];
  for (let at = folderOf(folder); at !== undefined; at = folderOf(at)) parents.push(at);
  return parents;
}

/** The last part of a path, as people read it. */
export function nameOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
