// What the scripts say: the server puts it into the page in the reader's language.

/** @type {Record<string, string>} */
let strings = {};

/** @param {Record<string, string>} translated */
export function useStrings(translated) {
  strings = translated;
}

/**
 * The string called `name`, its {places} filled; one that counts has a form for each kind of {count}.
 *
 * @param {string} name
 * @param {Record<string, string | number | null>} [places]
 */
export function say(name, places = {}) {
  const text = strings[name] ?? strings[`${name} ${plural(places.count)}`] ?? strings[`${name} other`];
  return text.replace(/\{(\w+)\}/g, (whole, place) => (place in places ? String(places[place]) : whole));
}

/** Which form of words goes with a number in the language of the page: one, few, many, other. @param {unknown} count */
function plural(count) {
  return new Intl.PluralRules(document.documentElement.lang).select(Number(count));
}
