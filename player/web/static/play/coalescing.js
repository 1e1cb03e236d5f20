// The calls that wait to be sent, without those that a later call overwrites.

const INDEXED = /^(.*?)\.(?:0|[1-9][0-9]*)\./;
const collectionOf = (name) => (name.startsWith("adl.data.") ? null : INDEXED.exec(name)?.[1] ?? null);

/**
 * Adds a call, `[function, element, value, time]`, to the log, and removes the call that it overwrites where the server's replay does not
 * depend on that. Replay depends on the id, the type and the index of a record, and not on a plain element. So an element outside a
 * collection overwrites its last call if only SetValue stands between; an element of a collection, if no call on its collection stands
 * between. No call is removed across one with `scarce`: where more than half of the room is in use, a shorter value may have made the room
 * that a later value needs.
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
