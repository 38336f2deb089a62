import type { ContextFiles } from '../../../facts/build-context.ts';
import { nameOf } from '../paths.ts';

/** Names of what is nobody else's, wherever it lies. */
export const secretName =
  /secret|token|credential|cookie|passw|private|service.?account|client_id|\.(?:pem|key|p12|pfx|pickle|session)$/i;

/** As ssh-keygen and PuTTY name keys where nobody says how (their documentation). */
const usualKey = /^id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$|\.ppk$/;

/** The private keys for SSH among files: those with usual names, and each that lies beside its public half, `deploy` beside `deploy.pub`. */
export function privateKeys(files: ContextFiles | undefined): readonly string[] {
  const paths = new Set((files?.files ?? []).map(({ path }) => path));
  return [...paths]
    .filter((path) => usualKey.test(nameOf(path)) || (!path.endsWith('.pub') && paths.has(`${path}.pub`)))
    .sort();
}
