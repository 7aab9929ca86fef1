// Sentences with what the visitor wrote in them, and the map told in two sentences, as stories/network/figure.py does.

export function fill(sentence, values) {
  return sentence.replace(/%\((\w+)\)[sd]/g, (_, name) => String(values[name]));
}

/** What is written on the map: title, description, middle, countries. */
export function mapWords(people, ego, words) {
  return {
    title: ego ? fill(words.title_of, { name: ego }) : words.title,
    description: describe(people, words),
    ego: ego || words.ego,
    countries: words.labels.country,
  };
}

export function describe(people, words) {
  if (!people.length) return words.nobody;
  const count = (field, key) => people.filter((person) => String(person[field]) === key).length;
  const keys = (field) => Object.keys(words.labels[field]).filter((key) => count(field, key));
  const counted = fill(people.length === 1 ? words.one : words.many, {
    count: people.length,
    rings: listed(keys("ring").map((key) => `${count("ring", key)} ${words.labels.ring[key]}`), words.and),
    countries: listed(keys("country").map((key) => `${words.labels.country[key]} ${count("country", key)}`), words.and),
  });
  return `${counted} ${words.see_table}`;
}

function listed(parts, and) {
  if (parts.length < 2) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} ${and} ${parts.at(-1)}`;
}
