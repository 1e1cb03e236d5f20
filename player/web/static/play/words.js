// All words of the play page; those of its buttons stand in player/playing/explanations.py.

const leave = document.querySelector("[data-nav=suspendAll]").textContent.trim();

export const words = {
  contents: "Contents",
  menu: "Menu", // a course of one part shows its own contents
  done: (done, of) => `${done} of ${of} done`,
  state: { done: "done", half: "in progress", none: "not started", back: "not passed yet" },
  opened: (title) => `${title} is open.`,
  choose: "Choose where to start",
  chooseHow: "Choose a part from the contents.",
  shut: "There is nothing to open now",
  shutHow: "You may have no attempts left. Your progress is saved. To try again, ask your school’s training manager.",

  saved: (time) => `Saved ${time}`,
  saving: "Saving",
  unsent: "Not sent yet",
  notSaved: "Not saved yet. We keep trying; please leave this page open.",
  notKept:
    `This browser cannot keep answers on this device, so each one is sent at once. Stay online, and use “${leave}” to finish.`,
  offline: (answers) =>
    `Carry on: ${answers === 0 ? "your place is" : answers === 1 ? "1 answer is" : `${answers} answers are`} kept on this device, and sent when you are back online.`,
  offlineHead: "You are offline.",
  noAnswer: "The course is not responding yet",
  noAnswerHow: "We keep trying; please leave this page open.",
  moving: "You are offline. This will happen as soon as you are back online.",

  endAsk: "End this attempt?",
  endYes: "End this attempt",
  keptPassed: (said) => `${said}. That stays on your record.`,
  keptScored: (scored) => `Your result so far, ${scored}, and your answers stay on your record.`,
  keptAnswers: "Your answers stay on your record.",
  placeLost: "Your place is lost: next time, you start from the beginning.",
  placeKept: "Your place is kept too, and so are the attempts that you have used.",
  orLook: `To look at the course again later, choose “${leave}” instead.`,
  orLeave: `To carry on another time, choose “${leave}” instead.`,

  end: "Saved. You can stop here.",
  endOffline: "You can stop here.",
  endKept: "Your answers are kept on this device. When you are back online, open the course again here to send them.",
  resume: "Next time, you carry on where you left off.",
  kept: "Your answers are saved. Next time, you carry on with this attempt.",
  recorded: "Your result is on record.",
  endedTitle: "This attempt has ended",
  ended: "Your answers are on record. Next time, you start from the beginning.",
  endedKeeps: "Your answers are on record. Next time, you carry on with the attempts that you have left.",
  passed: "You passed",
  failed: "Not passed yet",
  completed: "Completed",
  marks: (right, of) => `${right} of ${of}`,
  percent: (scaled) => `${Math.floor(scaled * 100 + 1e-9)}%`,
  soFar: (scored) => `${scored} so far`,
  back: "Back to my training",
  close: "You can close this tab.",
  goBack: "Go back to the course",
  look: "Look at the course again",
  again: "Start again",

  elsewhere: "This course is open in another tab",
  elsewhereHow: (time) => `${time ? `Everything up to ${time} is saved. ` : ""}You can go on there, or carry on here and the other tab will stop.`,
  carryOn: "Carry on here",
  leaveIt: "Leave it there",

  gone: "You cannot carry on here",
  goneHow: (sentence) => sentence || "Open the course again from where you started it. Your place is saved.",
};

/** The reader's own clock: 10:42. */
export function clock(iso) {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? "" : new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(at);
}
