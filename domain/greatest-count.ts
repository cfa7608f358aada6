/** The greatest count that is kept of anything: what 32 bits hold. */
export const greatestCount = 4_294_967_295;
