// The stage of the final questions, as suspend data says it.

export const NOT_BEGUN = 0;
export const UNDER_WAY = 1;
export const OVER = 2; // handed in
