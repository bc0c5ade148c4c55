/** Placeholders of examples, and the most common passwords. */
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

/** The shortest password that counts as random, in characters. */
const leastLength = 16;

/**
 * Why a value is no good secret; undefined for one that may be. The sentence holds no part of the value.
 *
 * @param isChosen whether the value can be chosen freely: what another service gave out is as long as it is
 */
export function weakness(value: string, isChosen: boolean): string | undefined {
  if (isPlaceholder(value)) return 'is a placeholder; state the real value';
  if (/\s$|^\s/.test(value))
    return 'starts or ends with white space, which a program takes as part of it; remove it';
  if (/\p{Cc}/u.test(value)) return 'holds a line break or a control character; state it as one line';
  if (new Set(value).size < 6) return 'repeats a few characters; make a random one';
  if (isChosen && value.length < leastLength)
    return `is shorter than ${leastLength} characters; make a random one with openssl rand -hex 32`;
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
