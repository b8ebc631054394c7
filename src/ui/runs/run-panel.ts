import { html, nothing, render } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { BackendName, BackendReport, BackendTiming } from '../../contract';
import { writeUrl } from '../../texts/address-notation';
import { backendLabels, backendSentence, updatesOn } from '../../texts/backends';
import { counterTexts } from '../../texts/counters';
import { runPanelTexts, runTexts } from '../../texts/runs';
import { keptList } from '../kept/kept-list';
import { chosenFile, takeDrops } from '../kit/file-drop';
import { fileIntent } from '../kit/file-intent';
import { formatCount, formatMetric, formatTime, noValue } from '../kit/format';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import { switched } from '../kit/switched';
import { explanation } from '../kit/tooltip';
import { ratingText } from '../matches/ladder';
import type { PlayState } from '../matches/play-state';
import type { Keeping, PageState } from '../shell/page-state';

/** Keeping, sharing and counting: what there is to know of the run as a whole. */
export function runPanel(container: HTMLElement, emit: Emit): Panel {
  const changed = changeDetector((state) => [
    state.keeping,
    state.kept,
    state.returnsByItself,
    state.lockstep,
    state.front,
    state.best,
    state.play?.bestGeneration,
    state.game,
    state.hyperparameters,
    state.presets,
    state.speed,
    state.settingsLocked,
    ...Object.values(state.status),
  ]);
  const importFile = (file: File) => emit(fileIntent(file, 'importRun'));
  takeDrops(container, importFile);
  return {
    update(state) {
      if (!container.hidden && changed(state)) render(template(state, emit, importFile), container);
    },
  };
}

function template(state: PageState, emit: Emit, importFile: (file: File) => void) {
  const { keeping, status } = state;
  const game = { id: state.game, defaults: state.presets.fast };
  const manner = { speed: state.speed, locked: state.settingsLocked };
  const link = new URL(writeUrl(game, state.hyperparameters, manner), document.baseURI).href;
  return html`
    <h2>This run</h2>
    <p>${keepingText(keeping)}</p>
    <div class="row">
      <button type="button" class="button" @click=${() => emit({ kind: 'exportRun' })}>Export run</button>
      <label class="button file-button">Import run<input type="file" class="visually-hidden" accept=".safetensors,.onnx,.zip"
          @change=${chosenFile(importFile)} /></label>
      <button type="button" class="button" ?disabled=${keeping.kind !== 'kept'} @click=${() => emit({ kind: 'keepUpdate' })}>${runTexts.keepUpdate}</button>
    </div>
    <p class="quiet">${runPanelTexts.files}</p>
    <div class="row">
      <button type="button" class="button" @click=${() => emit({ kind: 'exportOnnx', dialect: 'mlagents' })}>${runPanelTexts.forUnity}</button>
      <button type="button" class="button" @click=${() => emit({ kind: 'exportOnnx', dialect: 'godot' })}>${runPanelTexts.forGodot}</button>
    </div>
    <p class="quiet">${runPanelTexts.otherEngines}</p>

    ${state.kind === 'live' ? nothing : lockstepSwitch(state.lockstep, emit)}

    <h2>Runs</h2>
    ${keptList(state, emit)}

    <h2>Best so far</h2>
    ${state.play === null ? bestPolicy(state, emit) : bestGeneration(state.play)}

    <h2>Share</h2>
    <label class="share">
      <span>Link to this game with these settings and seed</span>
      <input type="text" class="input" readonly .value=${link}
        @focus=${(event: FocusEvent) => (event.target as HTMLInputElement).select()} />
    </label>
    <div class="row">
      <button type="button" class="button" @click=${() => emit({ kind: 'copyLink' })}>Copy link</button>
    </div>

    <h2>Counters</h2>
    <dl class="counters">
      ${counters(status).map(
        ({ id, name, value, meaning }) => html`
          <div>
            <dt>${name} ${explanation(`explain-counter-${id}`, name, meaning)}</dt>
            <dd translate="no">${value}</dd>
          </div>`,
      )}
    </dl>

    <h2>Backend</h2>
    ${status.backend === null ? html`<p>${runPanelTexts.backendNotOpen}</p>` : backendReport(status.backend)}`;
}

/** Whether the run is kept, in a sentence. */
function keepingText(keeping: Keeping) {
  switch (keeping.kind) {
    case 'nothing-yet':
      return runPanelTexts.nothingYet;
    case 'guest':
      return runPanelTexts.guest;
    case 'kept':
      return html`${runPanelTexts.savedAt} <strong class="figure">${formatTime(keeping.savedAtMs)}</strong>. ${runPanelTexts.resumes}`;
    case 'failing':
      return runPanelTexts.failing;
    case 'unsaved':
      return runPanelTexts.unsaved;
  }
}

/** Of an agent that is alone: the policy with the best mean return. */
function bestPolicy({ best, returnsByItself }: PageState, emit: Emit) {
  return html`
    ${
      best === null
        ? html`<p>${runPanelTexts.noBest}</p>`
        : html`<p>
            Mean return <strong class="figure">${formatMetric(best.meanReturn)}</strong> at update
            <span class="figure">${best.version}</span>, after <span class="figure">${formatCount(best.decisions)}</span>
            decisions.
          </p>`
    }
    ${byItself(returnsByItself, emit)}
    <div class="row">
      <button type="button" class="button" ?disabled=${best === null}
        @click=${() => emit({ kind: 'focusPlayer', player: 'frozenBest' })}>Play it in the focused arena</button>
      <button type="button" class="button" ?disabled=${best === null}
        @click=${() => emit({ kind: 'loadBest' })}>Continue from it</button>
    </div>`;
}

/** The choice to have the game wait, so that the run can be repeated. */
function lockstepSwitch(on: boolean, emit: Emit) {
  return html`
    <div class="by-itself">
      <label class="switch lockstep"><input type="checkbox" role="switch" .checked=${live(on)}
        @change=${switched((wanted) => emit({ kind: 'lockstep', on: wanted }))} />
        <span>${runPanelTexts.lockstep}</span></label>
      ${explanation('explain-lockstep', runPanelTexts.lockstep, runPanelTexts.lockstepMeaning)}
    </div>`;
}

/** The choice to go back without being told. */
function byItself(on: boolean, emit: Emit) {
  return html`
    <label class="by-itself"><span class="switch"><input type="checkbox" role="switch" .checked=${on}
      @change=${switched((on) => emit({ kind: 'returnsByItself', on }))} /></span>
      Go back to it without asking, should the run collapse</label>`;
}

/** Where agents meet, returns tell who the opponents were; matches tell who is best. */
function bestGeneration({ bestGeneration: best }: PlayState) {
  if (best === null) {
    return html`<p>${runPanelTexts.noBestGeneration}</p>`;
  }
  return html`<p>
      By rating, the generation of update <span class="figure">${best.version}</span>, at
      <strong class="figure">${ratingText(best.rating)}</strong>. ${runPanelTexts.staysKept}
    </p>`;
}

/** What computes, why, and the figures behind it. */
function backendReport(report: BackendReport) {
  const { name, acting, renderer, timings } = report;
  const cell = (backend: BackendName, job: BackendTiming['job'], chosen: BackendName) => {
    const timing = timings.find((each) => each.backend === backend && each.job === job);
    const shown = timing === undefined ? '–' : `${formatMetric(timing.milliseconds)} ms`;
    return html`<td class=${backend === chosen ? 'chosen' : ''}>${shown}</td>`;
  };
  const measured = [...new Set(timings.map(({ backend }) => backend))];
  return html`
    <p>Updates on <strong>${updatesOn(report)}</strong>; actions on <strong>${backendLabels[acting]}</strong>. ${backendSentence(report)}</p>
    ${
      measured.length === 0
        ? nothing
        : html`<table class="timings">
            <thead>
              <tr><th scope="col">backend</th><th scope="col">minibatch</th><th scope="col">decision</th></tr>
            </thead>
            <tbody>
              ${measured.map(
                (backend) => html`<tr>
                  <th scope="row">${backendLabels[backend]}</th>
                  ${cell(backend, 'update', name)} ${cell(backend, 'act', acting)}
                </tr>`,
              )}
            </tbody>
          </table>`
    }
    ${renderer === '' ? nothing : html`<p class="quiet renderer">${renderer}</p>`}`;
}

/** `2: 21,000 + 20,400 /s`, or `none`. */
function collectorsText(rates: readonly number[]): string {
  if (rates.length === 0) return 'none';
  return `${rates.length}: ${rates.map((rate) => formatCount(rate)).join(' + ')} /s`;
}

function counters(status: PageState['status']) {
  const { decisionsPerSecond, learningShare, collectorDecisionsPerSecond, frameMs } = status;
  const values: Readonly<Record<keyof typeof counterTexts, string>> = {
    decisions: formatCount(status.decisions),
    duringUpdates: formatCount(status.decisionsDuringUpdate),
    unrecorded: formatCount(status.unrecordedDecisions),
    late: formatCount(status.lateDecisions),
    behind: formatCount(status.policyLag),
    rate: formatMetric(decisionsPerSecond),
    collectors: collectorsText(collectorDecisionsPerSecond),
    share: learningShare === null ? noValue : `${Math.round(100 * learningShare)} %`,
    frame: `${formatMetric(frameMs)} ms`,
  };
  const ids = Object.keys(counterTexts) as (keyof typeof counterTexts)[];
  return ids.map((id) => ({ id, value: values[id], ...counterTexts[id] }));
}
