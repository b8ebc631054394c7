import { html, nothing, render } from 'lit-html';
import type { Finding } from '../../contract';
import { adviceText, cureLabel, doctorTexts, findingSentence } from '../../texts/doctor';
import { formatMetric } from '../kit/format';
import { changeDetector, type Emit, type Panel } from '../kit/panel';
import type { Intent, PageState } from '../shell/page-state';

/** So many are shown at once: who mends the first often mends the others. */
const mostShown = 3;

/** Findings as a list over the charts, each with what mends it; the charts that show one are marked. */
export class DoctorPanel implements Panel {
  private readonly charts: HTMLElement;
  private readonly place: HTMLElement;
  private readonly emit: Emit;
  private readonly changed = changeDetector(({ findings, hyperparameters, undo, front, settingsLocked }) => [
    findings,
    hyperparameters,
    undo,
    front,
    settingsLocked,
  ]);
  /** In which run a patch was applied here, so that it can be taken back here. */
  private appliedIn: string | null = null;

  /** @param charts the panel of the charts; the findings stand before them. */
  constructor(charts: HTMLElement, emit: Emit) {
    this.charts = charts;
    this.emit = emit;
    this.place = document.createElement('section');
    this.place.className = 'doctor';
    charts.prepend(this.place);
  }

  update(state: PageState): void {
    if (!this.changed(state)) return;
    const canTakeBack = this.appliedIn === state.front && Object.keys(state.undo).length > 0;
    const shown = state.findings.slice(0, mostShown);
    this.place.hidden = shown.length === 0 && !canTakeBack;
    // An agent may do well, and nothing keep it from learning.
    const isHarmed = state.findings.some(({ severity }) => severity === 'harmful');
    const title = isHarmed ? doctorTexts.title : doctorTexts.doubtfulTitle;
    this.place.setAttribute('aria-label', title);
    render(
      html`
        <h2>${title}</h2>
        ${
          canTakeBack
            ? html`<p class="doctor-applied">${doctorTexts.applied}
                <button type="button" class="button" ?disabled=${state.settingsLocked}
                  @click=${() => this.takeBack()}>${doctorTexts.takeBack}</button></p>`
            : nothing
        }
        <ul>${shown.map((finding) => this.item(finding, state))}</ul>`,
      this.place,
    );
    this.mark(shown);
  }

  private item(finding: Finding, state: PageState) {
    const label = cureLabel(finding, state.hyperparameters);
    const { metric, fromVersion, toVersion } = finding.evidence;
    const card = this.charts.querySelector(`[data-metric="${metric}"]`);
    return html`
      <li class="finding finding-${finding.severity}" data-rule=${finding.rule}>
        <p>${findingSentence(finding, formatMetric)}</p>
        <p class="finding-acts">
          ${
            label === ''
              ? html`<span>${adviceText(finding, state.hyperparameters)}</span>`
              : html`<button type="button" class="button button-primary" ?disabled=${state.settingsLocked}
                  @click=${() => this.apply(finding, state)}>${label}</button>`
          }
          ${
            card === null
              ? nothing
              : html`<button type="button" class="button"
                  @click=${() => card.scrollIntoView({ block: 'center' })}>${doctorTexts.shownIn(fromVersion, toVersion)}</button>`
          }
        </p>
      </li>`;
  }

  private apply(finding: Finding, { front }: PageState): void {
    this.appliedIn = finding.cure === 'goOn' ? front : null;
    this.emit(applying(finding));
  }

  private takeBack(): void {
    this.appliedIn = null;
    this.emit({ kind: 'undo' });
  }

  private mark(findings: readonly Finding[]): void {
    const metrics = new Set(findings.map(({ evidence }) => evidence.metric));
    for (const card of this.charts.querySelectorAll<HTMLElement>('[data-metric]')) {
      card.classList.toggle('chart-found', metrics.has(card.dataset['metric'] ?? ''));
    }
  }
}

function applying({ cure, patch }: Finding): Intent {
  if (cure === 'afresh') return { kind: 'beginPatched', patch };
  return cure === 'backToBest' ? { kind: 'backPatched', patch } : { kind: 'settings', patch };
}
