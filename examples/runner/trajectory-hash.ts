/** What `trajectory(3_000)` comes to, in Node and in workers alike; another level or another sight comes to another. */
export const trajectoryHash = 4_173_479_635;
