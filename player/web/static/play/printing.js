// On paper the course is as high as what it holds, and not as the window.

const PAPER = "680px"; // about the width of A4 within its margins

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
