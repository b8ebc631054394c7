import { html, render } from 'lit-html';
import { outsideTexts } from '../../texts/outside';
import { formatCount } from '../kit/format';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import type { PageState } from '../shell/page-state';
import type { OutsidePhase, OutsideShown } from './outside-state';

/** Unless a person names another; the same as in the Python package. */
const usualPort = 8_765;

/** What to do in Python, and how far it has come. */
export class OutsidePanel implements Panel {
  private readonly place: HTMLElement;
  private readonly emit: Emit;
  private readonly changed = changeDetector(({ outside, kind }) => [outside, kind]);

  constructor(container: HTMLElement, emit: Emit) {
    this.place = container.appendChild(document.createElement('div'));
    this.emit = emit;
  }

  update(state: PageState): void {
    if (!this.changed(state)) return;
    const { outside, kind } = state;
    const view =
      kind === 'live'
        ? html`<p>${outsideTexts.notLive}</p>`
        : outside === null
          ? this.form()
          : this.offered(outside);
    render(view, this.place);
  }

  private form() {
    const begin = (event: SubmitEvent) => {
      event.preventDefault();
      if (!(event.currentTarget instanceof HTMLFormElement)) return;
      const port = Number(new FormData(event.currentTarget).get('port'));
      this.emit({ kind: 'offerTab', port });
    };
    return html`
      <p>${outsideTexts.lead}</p>
      <form class="row" @submit=${begin}>
        <label>${outsideTexts.port}
          <input type="number" class="input" name="port" min="1024" max="65535" step="1" required .value=${String(usualPort)} />
        </label>
        <button type="submit" class="button">${outsideTexts.begin}</button>
      </form>`;
  }

  private offered({ code, port, phase }: OutsideShown) {
    const isOver = phase.kind === 'over';
    return html`
      <p>${outsideTexts.inPython}</p>
      <pre><code>${outsideTexts.program(code, port, usualPort)}</code></pre>
      <p role="status">${phaseText(phase)}</p>
      <button type="button" class="button" @click=${() => this.emit({ kind: 'withdrawTab' })}>${isOver ? outsideTexts.close : outsideTexts.stop}</button>`;
  }
}

function phaseText(phase: OutsidePhase): string {
  switch (phase.kind) {
    case 'waiting':
      return outsideTexts.waiting;
    case 'playing':
      return outsideTexts.playing(formatCount(phase.steps));
    case 'over':
      return phase.sentence;
  }
}
