// On paper the course stands alone. The keys for printing print the frame's document, which the browser breaks between its lines;
// a frame within a page is one block to it, cut through whatever line stands at the paper's edge. For the browser's menu, which
// prints this page, the frame is as high as what it holds.

const PRINTS_WITH = /^(Mac|iP)/.test(navigator.platform) ? "metaKey" : "ctrlKey";
const PAPER = "680px"; // about the width of A4 within its margins

export function printByKey(target, frameOf) {
  target.addEventListener("keydown", (event) => {
    const { key, altKey, shiftKey, defaultPrevented } = event;
    const prints = key?.toLowerCase() === "p" && event[PRINTS_WITH] && !altKey && !shiftKey;
    if (!prints || defaultPrevented) return;
    try {
      frameOf().contentWindow.print();
      event.preventDefault();
    } catch {
      // Nothing is delivered, or a page of another origin: this page is printed.
    }
  });
}

/** The same keys, pressed within the frame, on each page that it turns to. */
export function printFrame(frame) {
  frame.addEventListener("load", () => {
    try {
      printByKey(frame.contentWindow, () => frame);
    } catch {
      // A page of another origin prints itself.
    }
  });
}

export function printWhole(frameOf) {
  addEventListener("beforeprint", () => {
    const frame = frameOf();
    try {
      frame.style.inlineSize = PAPER;
      frame.style.blockSize = `${frame.contentDocument.documentElement.scrollHeight}px`;
    } catch {
      // Nothing is delivered, or a page of another origin.
    }
    frame?.style.removeProperty("inline-size");
  });
  addEventListener("afterprint", () => frameOf()?.style.removeProperty("block-size"));
}
