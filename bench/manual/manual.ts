import { type Extent, Measurement, whole } from './report';
import { tablesOf } from './report-tables';

/** `bench.html?quick`: too little to say anything of a machine, enough to see that it can be measured. */
const quick: Extent = { minibatches: [64], rounds: 1, epochs: 1, decisions: 200, framesMs: 500 };

function part<Part extends HTMLElement>(id: string, kind: new () => Part): Part {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${id}.`);
  return found;
}

const status = part('status', HTMLElement);
const report = part('report', HTMLTextAreaElement);
const canvas = part('picture', HTMLCanvasElement);
const button = part('measure', HTMLButtonElement);

async function measure(): Promise<void> {
  button.disabled = true;
  const extent = new URLSearchParams(location.search).has('quick') ? quick : whole;
  const measured = await new Measurement(extent, canvas, (doing) => {
    status.textContent = doing;
  }).run();
  report.value = JSON.stringify(measured, null, 2);
  part('tables', HTMLElement).replaceChildren(...tablesOf(measured));
  part('result', HTMLElement).hidden = false;
  status.textContent = ['Measured.', ...measured.failures].join(' ');
  button.disabled = false;
}

button.addEventListener('click', () => {
  measure().catch((error: unknown) => {
    status.textContent = `It could not be measured: ${String(error)}`;
    button.disabled = false;
  });
});
part('copy', HTMLButtonElement).addEventListener('click', () => {
  report.select();
  navigator.clipboard.writeText(report.value).catch(() => {
    status.textContent = 'The browser lets nothing be copied from here; the text is selected.';
  });
});
part('save', HTMLButtonElement).addEventListener('click', () => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([report.value], { type: 'application/json' }));
  link.download = 'playtrain-bench.json';
  link.click();
  URL.revokeObjectURL(link.href);
});
