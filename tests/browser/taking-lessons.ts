import type { Page } from '@playwright/test';
import type { CapturedUpdate } from '../../src/contract';
import { rightAnswer } from '../../src/lessons/answers';
import { choicesOf, type LessonStep } from '../../src/lessons/lesson';
import { momentAt } from '../../src/lessons/progress';
import { expect, state } from './page';

export const capture = async (page: Page) => {
  const before = (await state(page)).inspector.captured?.version ?? -1;
  await page.getByRole('tab', { name: 'Inspector' }).click();
  await page.locator('[data-key="inspect"]').click();
  const newest = async () => (await state(page)).inspector.captured?.version ?? -1;
  await expect.poll(newest).toBeGreaterThan(before);
};

export const card = (page: Page) => page.locator('.lesson');

/** Does on the page what a step waits for. */
export async function perform(page: Page, step: Extract<LessonStep, { kind: 'do' }>): Promise<void> {
  const { check } = step;
  const panel = page.locator('.inspector');
  switch (check.check) {
    case 'captured':
      return capture(page);
    case 'lookedAt':
      if (check.place === 'surprise') return panel.locator('[data-key="surprises"] button').first().click();
      return card(page).getByRole('button', { name: 'Show me' }).click();
    case 'supposed': {
      const slider = panel.locator(`[data-key="${check.what === 'gaeLambda' ? 'lambda' : 'gamma'}"] input`);
      await slider.focus();
      return slider.press(check.to === 0 ? 'Home' : 'End');
    }
    case 'mistake':
      return panel.locator(`[data-key="${check.mistake}"] input`).setChecked(check.on);
    case 'asUsed':
      return panel.locator('[data-key="asUsed"]').click();
    case 'setting': {
      if (check.used) return capture(page);
      await card(page).getByRole('button', { name: 'Show me' }).click();
      const field = page.locator(`#setting-${check.key}`);
      await field.fill(String(check.atLeast));
      return field.press('Enter');
    }
  }
}

type Question = Extract<LessonStep, { kind: 'predict' }>;

/** What is right, and something that is not. */
async function answersOf(page: Page, step: Question) {
  const { inspector, hyperparameters } = await state(page);
  const captured = inspector.captured as CapturedUpdate;
  const moment = momentAt(step, { captured, look: inspector.look, settings: hyperparameters });
  if (moment === null) throw new Error(`There is no step for “${step.id}”.`);
  const right = rightAnswer(step.answer, moment);
  const wrong =
    step.answer.kind === 'choice'
      ? (choicesOf(step.answer).find((choice) => choice !== right) ?? '')
      : String(Number(right) + 1_000);
  return { right: typeof right === 'number' ? right.toFixed(3) : right, wrong };
}

async function give(page: Page, step: Question, text: string): Promise<void> {
  if (step.answer.kind === 'choice') return card(page).locator(`[data-choice="${text}"]`).click();
  await card(page).getByLabel('Your answer').fill(text);
  await card(page).getByLabel('Your answer').press('Enter');
}

/** Answers wrongly, which leads nowhere. */
export async function answerWrongly(page: Page, step: Question): Promise<void> {
  await give(page, step, (await answersOf(page, step)).wrong);
  await expect(card(page).getByRole('status')).toHaveText(/^(Too high|Not so)/);
  await expect(card(page).getByRole('button', { name: 'Next' })).toBeDisabled();
}

export async function answerRightly(page: Page, step: Question): Promise<void> {
  await give(page, step, (await answersOf(page, step)).right);
  await expect(card(page).getByRole('status')).toHaveText(/^That’s it/);
  // Whoever answers by key goes on by key.
  await expect(card(page).getByRole('button', { name: 'Next' })).toBeFocused();
}

/** Takes another update as long as the one in the inspector has no step to ask about. */
export async function untilAsked(page: Page): Promise<void> {
  for (let left = 6; left > 0 && (await card(page).locator('.lesson-wanting').count()) > 0; left--) {
    await capture(page);
  }
}
