import * as v from 'valibot';

// What entries of all stores are made of.

export const finite = v.pipe(v.number(), v.finite());
export const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const bytesSchema = v.instance(Uint8Array<ArrayBuffer>);
