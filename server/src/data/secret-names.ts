/**
 * Words between underscores that make a variable a secret, and those that make it none after all.
 * Source: BuildKit's check SecretsUsedInArgOrEnv (frontend/dockerfile/dockerfile2llb/validations.go), read 2026-11.
 */
export const secretWords =
  /(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)/i;
export const harmlessWords = /(?:^|_)(?:public|file|version)(?:_|$)/i;

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
