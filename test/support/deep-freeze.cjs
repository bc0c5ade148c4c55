const { isMap, isSet } = require('node:util/types');

const seen = new WeakSet();

/** Freezes data: lists, plain objects, and maps and sets, as deep as they go. What a class makes is left alone. */
exports.deepFreeze = function deepFreeze(value) {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (isMap(value) || isSet(value)) {
    for (const name of ['set', 'add', 'delete', 'clear']) {
      if (name in value) Object.defineProperty(value, name, { value: refuse });
    }
    for (const each of value.values()) deepFreeze(each);
  } else if (Array.isArray(value) || isPlain(value)) {
    Object.freeze(value);
    for (const each of Object.values(value)) deepFreeze(each);
  }
};

/** Of whatever realm. */
function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function refuse() {
  throw new TypeError('Suites share this: change a copy.');
}
