import { sampleTwin, type TwinGame } from './twin-run';

/** Prints how many steps a second a twin takes in a process of its own: what it stands in for stays there. */
const [game, steps] = process.argv.slice(2);
process.stdout.write(String(await sampleTwin(game as TwinGame, Number(steps))));
process.exit(0);
