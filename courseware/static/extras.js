// The parts of the script that only some courses have: each adds itself here.

export const extras = Object.create(null);
