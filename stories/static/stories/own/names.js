// The same question as stories/network/names.py: could a reader take a label for somebody's first and last name?
// The patterns come with the page, so that there is one list of words; a test compares both answers.

export function looksLikeFullName(label, patterns) {
  const finds = (pattern) => new RegExp(pattern, "u").test(label);
  if (finds(patterns.with_initial) || finds(patterns.with_title)) return true;
  const fullName = new RegExp(patterns.full_name, "dgu");
  const noName = new RegExp(patterns.no_name, "iu");
  let match = fullName.exec(label);
  while (match) {
    if (!noName.test(match.groups.first) && !noName.test(match.groups.last)) return true;
    [fullName.lastIndex] = match.indices.groups.last;
    match = fullName.exec(label);
  }
  return false;
}
