/** Plain HTML: the browser and its keeper of passwords know it, and it is there at once. */
export const csr = false;
