import { App } from './app/app';
import { ourGames } from './app/games/our-games';
import { Screen } from './app/screen';
import { Address } from './app/shell/address';
import { workersOf } from './app/workers/page-workers';

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no element with the id “app” to build on.');
await App.start(root, window, {
  games: ourGames,
  workersOf,
  address: new Address(window, ourGames),
  screenIn: (container) => new Screen(container),
  isDocked: false,
});
