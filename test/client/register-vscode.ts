// Import this first in a test whose subject reaches the container-client library.
import { registerHooks } from 'node:module';

const stub = new URL('./vscode-stub.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? { url: stub, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});
