// True or false: chosen like one of two options, told as an interaction of its own type.

import { kinds } from "../static/kinds.js";
import { choose } from "./choose.js";

const TRUE = "a";

kinds["this is"] = {
  ...choose,
  arrange: undefined, // true stands before false
  interactions: ({ right: [right] }, [given], standard) => [
    { type: "true-false", patterns: [standard.truth(right === TRUE)], response: standard.truth(given === TRUE) },
  ],
};
