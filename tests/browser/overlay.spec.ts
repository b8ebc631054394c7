import { expect, open, state, test } from './page';

/** Pixels that are not transparent in canvases over the picture. */
const drawnPixels = (selector: string) => {
  let drawn = 0;
  for (const canvas of document.querySelectorAll<HTMLCanvasElement>(selector)) {
    if (canvas.hidden || canvas.width === 0) continue;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    for (let i = 3; i < data.length; i += 4) if (data[i] !== 0) drawn++;
  }
  return drawn;
};

const senses = '.game > .overlay-senses > canvas';
const thoughts = '.overlay-thoughts > canvas';

for (const game of ['balance', 'racer']) {
  test(`in ${game}, senses and thoughts are drawn over the picture, each as it is switched, and stay so`, async ({
    page,
  }) => {
    await open(page, `game=${game}&seed=1`);
    expect(await page.locator('.game canvas').count()).toBeGreaterThan(0);
    await expect(page.locator('.overlay-senses')).toHaveCount(0);
    await page.keyboard.press('v');
    await expect.poll(() => page.evaluate(drawnPixels, senses)).toBeGreaterThan(100);
    await expect.poll(() => page.evaluate(drawnPixels, thoughts)).toBeGreaterThan(1_000);

    await page.locator('.overlay-bar').getByRole('switch', { name: 'senses' }).uncheck();
    await expect.poll(() => page.evaluate(drawnPixels, senses)).toBe(0);
    await expect.poll(() => page.evaluate(drawnPixels, thoughts)).toBeGreaterThan(1_000);

    // At once: a choice is kept though the page waits for no database.
    await page.locator('.overlay-bar').getByRole('switch', { name: 'surprise' }).uncheck();
    await page.reload();
    await expect.poll(async () => (await state(page)).overlay?.on).toBe(true);
    expect((await state(page)).overlay.parts).toEqual(['odds', 'value']);
    await page.keyboard.press('v');
    await expect(page.locator(senses)).toHaveCount(0);
    await expect(page.locator('.overlay-thoughts')).toHaveCount(0);
  });
}

interface Label {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Notes where labels of the newest drawing of senses stand, in CSS pixels from the picture's corner. */
const noteLabels = () => {
  const holder = window as unknown as { labels: Label[] };
  holder.labels = [];
  let isDrawing = false;
  const isSenses = ({ canvas }: CanvasRenderingContext2D) =>
    canvas.parentElement?.className === 'overlay-senses';
  const pen = CanvasRenderingContext2D.prototype;
  const replace = (name: 'setTransform' | 'roundRect', before: (given: readonly number[]) => void) => {
    const draw = Reflect.get(pen, name) as (...given: readonly unknown[]) => void;
    Reflect.set(pen, name, function (this: CanvasRenderingContext2D, ...given: readonly number[]) {
      if (isSenses(this)) before(given);
      return Reflect.apply(draw, this, given);
    });
  };
  // Each drawing begins with it, and is over with its task: it may be on several canvases.
  replace('setTransform', () => {
    if (isDrawing) return;
    isDrawing = true;
    queueMicrotask(() => (isDrawing = false));
    holder.labels = [];
  });
  replace('roundRect', ([x = 0, y = 0, width = 0, height = 0]) =>
    holder.labels.push({ x, y, width, height }),
  );
};

/** Looks at so many drawings. @returns what is wrong with where labels stand, and the most that stood there at once. */
const lookAtLabels = async (looks: number) => {
  const holder = window as unknown as { labels: Label[] };
  const problems = new Set<string>();
  let most = 0;
  for (let look = 0; look < looks; look++) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    const { labels } = holder;
    const { clientWidth, clientHeight } = document.querySelector('#game')!;
    most = Math.max(most, labels.length);
    labels.forEach(({ x, y, width, height }, index) => {
      if (x < -1 || y < -1 || x + width > clientWidth + 1 || y + height > clientHeight + 1) {
        problems.add('a label leaves the picture');
      }
      for (const other of labels.slice(index + 1)) {
        const isApart =
          x + width <= other.x ||
          other.x + other.width <= x ||
          y + height <= other.y ||
          other.y + other.height <= y;
        if (!isApart) problems.add('a label lies over another');
      }
    });
  }
  return { problems: [...problems], most };
};

// Of Racer and Runner sensors alone are drawn, which have no labels.
for (const game of ['balance', 'swing', 'volley', 'flap', 'duel']) {
  test(`in ${game}, labels stand inside the picture and not over each other, at every size`, async ({
    page,
  }) => {
    await page.addInitScript(noteLabels);
    await open(page, `game=${game}&seed=1`);
    await page.keyboard.press('v');
    for (const [width, height, large] of [
      [1280, 800, false],
      [390, 844, false],
      [360, 740, false],
      [1280, 720, true],
      [1920, 1080, true],
    ] as const) {
      await page.setViewportSize({ width, height });
      if ((await state(page)).large !== large) await page.getByRole('button', { name: 'Large type' }).click();
      await expect.poll(async () => (await page.evaluate(lookAtLabels, 1)).most).toBeGreaterThan(0);
      const { problems } = await page.evaluate(lookAtLabels, 25);
      expect(problems, `${width} × ${height}`).toEqual([]);
    }
  });
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/**
 * Notes where the newest drawing of senses puts what it is of, in CSS pixels from the picture's corner: small dots, and,
 * of games whose sensors draw themselves, where rays begin, or the cell in which the agent stands.
 */
const noteBodies = (game: string) => {
  const holder = window as unknown as { bodies: Spot[] };
  holder.bodies = [];
  let isDrawing = false;
  const pen = CanvasRenderingContext2D.prototype;
  const before = (name: 'setTransform' | 'arc' | 'moveTo', note: (given: readonly number[]) => void) => {
    const draw = Reflect.get(pen, name) as (...given: readonly unknown[]) => void;
    Reflect.set(pen, name, function (this: CanvasRenderingContext2D, ...given: readonly number[]) {
      if (this.canvas.parentElement?.className === 'overlay-senses') note(given);
      return Reflect.apply(draw, this, given);
    });
  };
  // Each drawing begins with it, and is over with its task: it may be on several canvases.
  before('setTransform', () => {
    if (isDrawing) return;
    isDrawing = true;
    queueMicrotask(() => (isDrawing = false));
    holder.bodies = [];
  });
  before('arc', ([x = 0, y = 0, radius = 0]) => {
    if (radius === 4) holder.bodies.push({ x, y });
    // The fox stands six cells behind the one that is drawn first, and three below it.
    else if (game === 'runner' && holder.bodies.length === 0) {
      holder.bodies.push({ x: x - 6 * 2 * radius, y: y + 3 * 2 * radius });
    }
  });
  before('moveTo', ([x = 0, y = 0]) => {
    if (game === 'racer') holder.bodies.push({ x, y });
  });
};

/** Looks for some seconds. @returns for how long, at most, the card hid the middle of something, and whether at once. */
const lookBehindCard = async () => {
  const holder = window as unknown as { bodies: Spot[] };
  const isHidden = () => {
    const card = document.querySelector('.game > .overlay-thoughts')?.getBoundingClientRect();
    const picture = document.querySelector('#game')!.getBoundingClientRect();
    if (card === undefined || card.width === 0) return false;
    // Who plays comes first, and then what flies about.
    return holder.bodies.slice(0, 2).some(({ x, y }) => {
      const [left, top] = [picture.left + x, picture.top + y];
      return left > card.left && left < card.right && top > card.top && top < card.bottom;
    });
  };
  const isAtOnce = isHidden();
  let [longestMs, sinceMs] = [0, performance.now()];
  for (let look = 0; look < 40; look++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (!isHidden()) sinceMs = performance.now();
    longestMs = Math.max(longestMs, performance.now() - sinceMs);
  }
  return { isAtOnce, longestMs, seen: holder.bodies.length };
};

for (const game of ['balance', 'swing', 'volley', 'flap', 'racer', 'runner', 'duel']) {
  test(`in ${game}, the card of thoughts hides nobody at the start, and nobody for long`, async ({
    page,
  }) => {
    await page.addInitScript(noteBodies, game);
    await open(page, `game=${game}&seed=1`);
    for (const [width, height] of [
      [1280, 800],
      [390, 844],
      [844, 390],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.keyboard.press('v');
      await expect.poll(() => page.evaluate(drawnPixels, thoughts)).toBeGreaterThan(500);
      const { isAtOnce, longestMs, seen } = await page.evaluate(lookBehindCard);
      const where = `${width} × ${height}`;
      expect(seen, where).toBeGreaterThan(0);
      expect(isAtOnce, where).toBe(false);
      expect(longestMs, where).toBeLessThan(2_000);
      await page.keyboard.press('v');
    }
  });
}
