// The school's contacts (decision 15): the LMS's, where it has them for this learner's school, else those in contacts.js.

import { all, glyph, make, one } from "./elements.js";

export function showContacts(word, given) {
  const known = Object.assign(Object.create(null), given || window.courseContacts);
  for (const row of all("[data-contact]")) {
    const contact = written(known[row.dataset.contact]);
    const { name, phone, email, note } = contact;
    if (!name && !phone && !email) {
      if (row.closest("#help")) row.parentNode.append(row); // it says already that it is missing: after those who can be reached
      continue;
    }
    const label = one("[data-name]", row).textContent;
    one("[data-name]", row).textContent = name || label;
    one("[data-role]", row).textContent = [name && label, note].filter(Boolean).join(" · ");
    one(".ways", row).replaceChildren(...waysTo(contact, name || label, word));
  }
}

const written = (contact) => Object.fromEntries(["name", "phone", "email", "note"].map(
  (key) => [key, typeof contact?.[key] === "string" ? contact[key].trim() : ""]));

function waysTo({ phone, email }, name, word) {
  const way = (href, label, ...shown) => make("a", { href, "aria-label": label }, ...shown);
  const call = phone && way(`tel:${phone.replace(/[^0-9+]/g, "")}`, word("contact call", { name, number: phone }),
    glyph("call"), make("span", {}, phone));
  const mail = email && way(`mailto:${email}`, word("contact mail", { name }), make("span", {}, email));
  return [call, mail].filter(Boolean);
}
