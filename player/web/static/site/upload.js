// How far an upload is, where the browser can say; without this file the form works as forms do.

const BROKEN = "The connection failed. Nothing has changed: try again.";
const UNKNOWN = "There was no answer. Check whether the course is listed, then try again.";
const size = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-upload]");
  if (!form?.elements.package.files.length) return;
  event.preventDefault();
  send(form, new FormData(form));
});

function send(form, data) {
  const shown = form.querySelector("[data-progress]");
  const [bar, words] = [shown.querySelector("progress"), shown.querySelector("p")];
  const button = form.querySelector("button");
  const request = new XMLHttpRequest();
  const failed = (sentence) => {
    words.textContent = sentence;
    button.disabled = false;
  };
  shown.hidden = false;
  button.disabled = true;
  let shownTenth = -1;
  let outcome = BROKEN;
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = loaded / total;
    const tenth = Math.floor((loaded / total) * 10);
    if (tenth === shownTenth) return;
    shownTenth = tenth;
    words.textContent = `${size(loaded)} of ${size(total)} sent`;
  });
  request.upload.addEventListener("load", () => {
    outcome = UNKNOWN;
    bar.removeAttribute("value");
    words.textContent = "Sent. We are checking and unpacking the package.";
  });
  request.addEventListener("error", () => failed(outcome));
  request.addEventListener("load", () => show(request, failed));
  request.open("POST", form.action);
  request.responseType = "document";
  request.send(data);
}

function show({ response, responseURL, status }, failed) {
  const main = response?.querySelector("main");
  if (!main) {
    failed(status === 413 ? "The package is too large for this server. Nothing has changed." : UNKNOWN);
    return;
  }
  document.querySelector("main").replaceWith(document.adoptNode(main));
  document.title = response.title;
  history.replaceState(null, "", responseURL);
  const heading = document.querySelector("main h1");
  heading.tabIndex = -1;
  heading.focus();
}
