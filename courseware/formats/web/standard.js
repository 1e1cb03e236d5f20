// A website has no LMS: the course looks for none, and keeps what a learner does in the browser.

export const standard = {
  object: "",
  website: true,
  left: "",
  standing: () => ({ status: "", progress: 0, percent: 0, passed: false }),
};
