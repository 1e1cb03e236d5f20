// A course that opens its pages in the top window, by `target="_top"` or because it breaks out of frames, would put them in
// this page's place and be recorded no more. Where the browser has the Navigation API they go where the course is.

/** `turn` shows an address where the course is, false where nothing is delivered. */
export function keepInFrame(navigation, turn) {
  navigation.addEventListener("navigate", (event) => {
    const { url } = event.destination;
    if (!event.cancelable || event.downloadRequest !== null || event.formData || !isContent(url)) return;
    if (turn(url)) event.preventDefault();
  });
}

function isContent(address) {
  const { origin, pathname } = new URL(address);
  return origin === location.origin && pathname.startsWith("/content/");
}
