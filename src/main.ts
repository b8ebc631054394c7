import { App } from './app/app';

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no element with the id “app” to build on.');
await App.start(root, window);
