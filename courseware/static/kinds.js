// The question kinds of this course by their keys; each script in courseware/questions adds its own.

export const kinds = Object.create(null);

export const kindOf = (question) => kinds[question.kind];

// The share of a question that was answered rightly: all or nothing, unless its author gives partial credit.
export function credit(question, given) {
  const { right, wrong, of } = kindOf(question).counts(question, given);
  if (question.partial) return Math.max(0, right - wrong) / of;
  return right === of && !wrong ? 1 : 0;
}

export const isRight = (question, given) => credit(question, given) === 1;

export const isAnswered = (question, given) => Boolean(given) && kindOf(question).isWhole(question, given);
