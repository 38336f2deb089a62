import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import type { AnySchemaObject, ErrorObject } from 'ajv';
import draft04 from 'ajv-draft-04';
import formats from 'ajv-formats';

/**
 * Tells what is wrong with a SARIF log by the JSON schema of the OASIS standard, which a package of Microsoft's SARIF SDK
 * carries; an empty list where nothing is.
 */
export function createSarifValidator(): (log: unknown) => readonly string[] {
  const ajv = new draft04.default({ allErrors: true, strict: false, unicodeRegExp: false });
  formats.default(ajv);
  const validate = ajv.compile(schema as AnySchemaObject);
  return (log) =>
    validate(log)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message }: ErrorObject) => `${instancePath}: ${message}`,
        );
}
