// Which of the calls that are not sent yet need not be sent.

const INDEXED = /^(.*?)\.(?:0|[1-9][0-9]*)\./;
const collectionOf = (name) => (name.startsWith("adl.data.") ? null : INDEXED.exec(name)?.[1] ?? null);

/**
 * Add a call, `[function, element, value, time]`, to the calls that are not sent yet, leaving out the one that it overwrites. Only the
 * server's replay depends on a call that is left out: a record's id, type and place do, a plain element does not. So an element outside a
 * collection is overwritten up to the last call that is no SetValue; one in a collection, up to the last call on its collection. Nothing is
 * left out across a call with `scarce`: where more than half of the room is in use, a value that made room may be what let another in.
 */
export function append(log, entry) {
  if (entry[0] === "SetValue" && !entry.scarce) {
    const collection = collectionOf(entry[1]);
    for (let at = log.length - 1; at >= 0 && log[at][0] === "SetValue" && !log[at].scarce; at--) {
      if (log[at][1] === entry[1]) {
        log.splice(at, 1);
        break;
      }
      if (collection !== null && collectionOf(log[at][1]) === collection) break;
    }
  }
  log.push(entry);
  return log;
}
