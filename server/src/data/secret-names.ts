/**
 * Words between underscores that make a variable a secret, and those that make it none after all.
 * Source: BuildKit's check SecretsUsedInArgOrEnv (frontend/dockerfile/dockerfile2llb/validations.go), read 2026-11.
 */
export const secretWords =
  /(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;
export const harmlessWords = /(?:^|_)(?:public|file|version)(?:_|$)/i;

/** Ends of names that make a variable a secret as well: `DB_PASS`, `CLIENTSECRET`. As seen in public Dockerfiles, 2026-11. */
export const secretEnds = /(?:^|_)(?:pass|passphrase)$|_pwd$|(?:password|passwd|passphrase|apikey|secret)$/i;

/**
 * Names that say of a secret word that it is something else: a public key, a cache, the place or the size of a secret, a
 * setting of it. Source: names in public Dockerfiles, and the documented variables of the programs in them (HF_TOKEN_PATH of
 * huggingface_hub, SSH_AUTH_SOCK of OpenSSH, GF_AUTH_… of Grafana); 2026-11.
 */
export const harmlessNames: readonly RegExp[] = [
  /(?:^|_)(?:pub|publishable|primary|foreign|partition|sort|cache|num|max|min)_(?:key|token|pass)(?:_|$)/i,
  /_(?:paths?|dir|directory|folder|location|files?|filename|mount|volume|sock|socket|mode|names?|title|label)$/i,
  /_(?:ur[il]|url|endpoint|host|hostname|server|port|issuer|audience|realm|scopes?|header|prefix|suffix|separator)$/i,
  /_(?:type|kind|method|methods|provider|backend|driver|plugin|class|algorithm|algo|alg|cipher|curve|format|encoding)$/i,
  /_(?:len|length|size|bits|bytes|limit|count|number|max|min|rounds|iterations|index|position|ratio|policy|strategy|role)$/i,
  /_(?:ttl|expiry|expires?|expiration|lifetime|timeout|interval|age|ms|seconds|secs|minutes|hours|days|rotation|refresh)$/i,
  /_(?:enabled?|disabled?|required|optional|allowed|usage|check|validation|verify|verification)$/i,
  // `auth` is a secret where it ends a name, and the beginning of a setting elsewhere.
  /^(?!(?:.*_)?(?:apikey|credentials?|key|password|pword|passwd|secret|token)(?:_|$)).*auth_(?!\d+$)\w/i,
];

/** Words for something that is made up on the spot, so that whoever guesses is let in all the same: `123` for a password. */
export const passwordWords = /pass|pword|pwd|secret/i;

/** Values that are no secrets under any name: switches, nothing, what stands for a value. */
export const harmlessValues: readonly RegExp[] = [
  /^(?:true|false|yes|no|on|off|enabled?|disabled?|required|optional|auto|none|null|nil|undefined|default)$/i,
  /^(?:empty|dummy|fake|unused|placeholder|todo|tbd|n\/a|x+|\*.*|\.+|not[-_]?(?:needed|used|set|required)|sk-no-key-required)$/i,
  /^(?:<[^>]*>|\[[A-Za-z_]+\]|\{\{.*\}\}|your[-_ ].*|(?:change|replace|insert|put)[-_ ]?(?:me|this|it)[-_ ].*)$/i,
  // Places: a path, a file by its end, a URL that carries no user and no parameters.
  /^(?:~|\.{0,2}|\$\w+|\$\{\w+\}|[A-Za-z]:)[/\\][^\s=]*$/,
  /^[\w.-]+\.(?:key|pem|crt|cer|cert|der|p12|pfx|jks|pub|asc|gpg|json|ya?ml|toml|ini|conf|env|txt)$/i,
  /^(?:https?|unix|file|s3|gs):\/\/[^\s@?]*$/i,
  // What everybody may know: a fingerprint, a digest, a public key or a certificate.
  /^(?:SHA256:[\w+/=]+|sha\d+[:-][\w+/=]+|(?:[0-9A-Fa-f]{2,4}:){3}.*)$/,
  /^(?:ssh-|ecdsa-|sk-ssh-)[a-z0-9@.-]+ AAAA|^-----BEGIN (?:[A-Z]+ )*(?:PUBLIC KEY|CERTIFICATE)/,
];

/** Fingerprints of keys that sign packages, by name and value: GPG_KEY of the official images of python. */
export const signingKeys = /gpg|pgp|fingerprint|(?:^|_)(?:apt|rpm|yum|deb|signing|release)_/i;
export const fingerprint = /^(?:0x)?(?:[0-9A-F]{4} *){2,10}$/i;

/** Secrets whose names have no such word: libpq's password, and the client secret of Okta's SDK. */
export const secretNames = /^(?:PGPASSWORD|OKTA_OAUTH2_CLIENTSECRET)$/i;

/**
 * What hadolint 2.15.1 takes for secret: these parts anywhere in a name, and some names as a whole.
 * Source: 5,300 names given to its binary in November 2026.
 */
export const hadolintSecrets = new RegExp(
  [
    'api_key|client_key|password|private|secret|token|username',
    '^(?:AWS_ACCESS_KEY_ID|CI_DEPLOY_USER|DOCKER_EMAIL|FACEBOOK_APP_ID|HEROKU_API_USER|STRIPE_DEVICE_NAME)$',
    '^OKTA_(?:AUTHN_GROUPID|CLIENT_ORGURL|OAUTH2_CLIENTID)$',
    '^TRAVIS_(?:OS_NAME|SECURE_ENV_VARS|SUDO)$',
  ].join('|'),
  'i',
);
