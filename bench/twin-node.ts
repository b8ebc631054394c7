import { mayShareRealm, sampleTwin } from './twin-run';

/** Prints how many steps a second a twin takes in a process of its own, or, of no copies, whether there may be several. */
const [game = '', copies = '1', steps = '0'] = process.argv.slice(2);
const answer =
  copies === '0'
    ? await mayShareRealm(game)
    : await sampleTwin({ game, copies: Number(copies), steps: Number(steps) });
process.stdout.write(String(answer));
process.exit(0);
