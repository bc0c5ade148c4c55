import { relative } from 'node:path';
import { ConfigError } from '../../input/problem';
import { formatPath, YamlSource } from '../../input/source';
import { expiryFindings, expiryWarnings } from './findings/expiry';
import { type Acknowledgements, acknowledgementsSchema } from './schema/schema';
import { today } from './today';
import { validate } from './validation';

/** The acknowledgements of a separate file, with their places in it. */
export interface AcknowledgementsFile {
  readonly acknowledgements: Acknowledgements;
  readonly placeOf: YamlSource['placeOf'];
  /** Warnings about acknowledgements that expire soon. */
  readonly warnings: readonly string[];
}

const role = {
  remedy: 'choose another file with --acknowledgements',
  purpose: 'contain a list of acknowledgements, each with rule, objects and reason',
};

/**
 * Reads a file with a list of acknowledgements, in the form of `acknowledgements` in the configuration.
 *
 * @param day the date that expiry dates are compared with, such as `2026-05-15`
 * @throws ConfigError with every problem of the file
 */
export function loadAcknowledgements(path: string, day = today()): AcknowledgementsFile {
  const source = YamlSource.read(path, relative(process.cwd(), path) || path, role);
  const { problems, value } = validate(acknowledgementsSchema, source);
  const expired = expiryFindings(value ?? [], day).map(({ path: place, message }) => ({
    place: source.placeOf(place),
    path: formatPath(place),
    message,
  }));
  if (value === undefined || problems.length + expired.length > 0)
    throw new ConfigError([...problems, ...expired]);
  return {
    acknowledgements: value,
    placeOf: (place) => source.placeOf(place),
    warnings: expiryWarnings(value, day, path),
  };
}
