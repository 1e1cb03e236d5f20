// The stage of the final questions, as suspend data says it.

export const NOT_BEGUN = 0;
export const UNDER_WAY = 1;
export const OVER = 2; // handed in
export const PRE_TEST = 3; // questions of the same bank are asked, before the course

export const isAsking = (stage) => stage === UNDER_WAY || stage === PRE_TEST;

// The final questions: the screen before them, the beginning of their place, and their words. A pre-test has its own.
export const FINAL_QUESTIONS = {
  before: "assessment.", place: "", title: "final questions", worth: "scored", back: "back to questions", terms: (final) => final,
};

// Begins the ids of what the pre-test tells an LMS, and its place: an underscore is in no author's id.
export const PRE_TEST_ID = "pre-test_";
