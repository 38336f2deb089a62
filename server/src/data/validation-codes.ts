import { ValidationCode } from 'dockerfile-utils';

/** Names of the validations of dockerfile-utils 0.16 by their number: its enum holds both directions. */
export const validationNames: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(ValidationCode)
    .filter(([, code]) => typeof code === 'number')
    .map(([name, code]) => [code as number, name]),
);
