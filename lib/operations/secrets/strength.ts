/** Common placeholders and passwords. */
const placeholders = [
  ...[
    'changeme',
    'change-me',
    'change_me',
    'replaceme',
    'replace-me',
    'placeholder',
    'example',
    'secret',
    'password',
  ],
  ...[
    'passwort',
    'todo',
    'tbd',
    'fixme',
    'unresolved',
    'dummy',
    'test',
    'admin',
    'root',
    'default',
    'letmein',
    'qwerty',
  ],
];

/** The minimum length of a random password, in characters. */
const leastLength = 16;

/**
 * Why a value is not a strong secret; undefined if no problem is found. The message contains no part of the value.
 *
 * @param isChosen whether the user can choose the value; a value from another service may be short
 */
export function weakness(value: string, isChosen: boolean): string | undefined {
  if (isPlaceholder(value)) return 'is a placeholder; set the real value';
  if (/\s$|^\s/.test(value))
    return 'starts or ends with white space, which programs read as part of the value; remove the white space';
  if (/\p{Cc}/u.test(value))
    return 'contains a line break or a control character; write the value on one line';
  if (new Set(value).size < 6) return 'consists of only a few different characters; generate a random value';
  if (isChosen && value.length < leastLength)
    return `is shorter than ${leastLength} characters; generate a random value with openssl rand -hex 32`;
  return undefined;
}

function isPlaceholder(value: string): boolean {
  const text = value.trim().toLowerCase();
  return (
    placeholders.includes(text.replace(/[\d!.]+$/, '')) ||
    /^[<[{].*[>\]}]$/.test(text) ||
    /^(?:x+|\.+|…|-+|\*+|0+)$/.test(text) ||
    /^(?:your|my|the)[-_ ]/.test(text)
  );
}
