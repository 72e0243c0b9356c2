// What the scripts say: the server puts it into the page in the reader's language.

let strings = {};

export function useStrings(translated) {
  strings = translated;
}

/** The string called `name`, its {places} filled. */
export function say(name, places = {}) {
  return strings[name].replace(/\{(\w+)\}/g, (whole, place) => (place in places ? String(places[place]) : whole));
}
