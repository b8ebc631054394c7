/** What `trajectory(3_000)` comes to, in Node and in Chromium’s workers alike; other rules or another sight come to another. */
export const trajectoryHash = 596_699_778;
