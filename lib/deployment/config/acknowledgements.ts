import { relative } from 'node:path';
import { ConfigError } from '../../input/problem';
import { formatPath, YamlSource } from '../../input/source';
import { expiryFindings, expiryWarnings } from './findings/expiry';
import { type Acknowledgements, acknowledgementsSchema } from './schema/schema';
import { today } from './today';
import { validate } from './validation';

/** Acknowledgements of a file of their own, and where each is in it. */
export interface AcknowledgementsFile {
  readonly acknowledgements: Acknowledgements;
  readonly placeOf: YamlSource['placeOf'];
  /** What expires soon, in sentences. */
  readonly warnings: readonly string[];
}

const role = {
  remedy: 'choose another file with --acknowledgements',
  purpose: 'hold a list of acknowledgements, each with rule, objects and reason',
};

/**
 * Reads a file of acknowledgements: a list as the configuration has it.
 *
 * @param day the day that expiries are held against, such as `2026-05-15`
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
