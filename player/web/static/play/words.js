// All words of the play page.

export const words = {
  contents: "Contents",
  menu: "Menu", // a course of one part shows its own contents
  done: (done, of) => `${done} of ${of} done`,
  state: { done: "done", half: "under way", none: "not started", back: "not passed yet" },
  opened: (title) => `${title} is open.`,
  choose: "Choose where to start",
  chooseHow: "Nothing is open at the moment. Pick a part from the contents.",
  shut: "Nothing can be opened now",
  shutHow: "You may have used every attempt that this course allows. What you did is saved. To try again, ask the person who looks after your training.",

  saved: (time) => `Saved ${time}`,
  saving: "Saving",
  unsent: "Not sent yet",
  notSaved: "Not saved yet. We keep trying; please leave this page open.",
  notKept:
    "This browser does not keep anything on this device, so every answer is sent at once. Stay online, and leave with “Save and leave”.",
  offline: (answers) =>
    `Carry on: ${answers === 0 ? "your place is" : answers === 1 ? "1 answer is" : `${answers} answers are`} kept on this device, and sent when you are back.`,
  offlineHead: "You are offline.",
  noAnswer: "The course does not answer yet",
  noAnswerHow: "We keep trying; please leave this page open.",
  moving: "You are offline. What you asked for happens as soon as you are back.",

  end: "Saved. You can stop here.",
  endOffline: "You can stop here.",
  endKept: "What you did is kept on this device. Open the course again here when you are back online, and it is sent.",
  resume: "Next time you start where you stopped.",
  kept: "Your answers are kept. Next time you go on with this attempt.",
  ended: "This attempt is over.",
  passed: "You passed",
  failed: "Not passed yet",
  completed: "Completed",
  score: (scaled) => `${Math.floor(Math.round(scaled * 1e6) / 1e4)}%`,
  soFar: (scored) => `${scored} so far`,
  back: "Back to my training",
  close: "You can close this tab.",
  goOn: "Go on now",
  again: "Start a new attempt",

  elsewhere: "This course is open in another tab",
  elsewhereHow: (time) => `${time ? `Everything up to ${time} is saved. ` : ""}You can go on there, or carry on here and the other tab will stop.`,
  carryOn: "Carry on here",
  leaveIt: "Leave it there",

  gone: "This link has ended",
  goneHow: (sentence) => sentence || "Open the course again from where you started it; your place is kept.",
};

/** The reader's own clock: 10:42. */
export function clock(iso) {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? "" : new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(at);
}
