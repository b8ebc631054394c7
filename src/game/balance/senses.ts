import type { Senses } from '../../contract';
import { cosine, pi, sine } from '../engine/trigonometry';
import { balanceState } from './simulation';

/** Metres above the rail, of the cart's middle and of the pole's hinge, as they are drawn. */
const cartHeight = 0.25;
const hingeHeight = 0.43;
/** Metres a second, and radians a second, are drawn so long. */
const changeScale = 0.6;
const arcRadius = 1.15;

export const senses: Senses = {
  draw(pen, state) {
    const position = state[balanceState.position]!;
    const velocity = state[balanceState.velocity]!;
    const angle = state[balanceState.angle]!;
    const angularVelocity = state[balanceState.angularVelocity]!;

    pen.line([0, 0], [position, 0], 'place');
    pen.dot([position, 0], 'place');
    pen.label([balanceState.position], [position, -0.13], `${position.toFixed(2)} m`, 'place');
    pen.arrow([position, cartHeight], [position + changeScale * velocity, cartHeight], 'change');
    const side = velocity < 0 ? -1 : 1;
    pen.label(
      [balanceState.velocity],
      [position + side * (1 + changeScale * Math.abs(velocity)), cartHeight],
      `${velocity.toFixed(2)} m/s`,
      'change',
    );
    const [sin, cos] = [sine(angle), cosine(angle)];
    pen.line([position, hingeHeight], [position, hingeHeight + arcRadius], 'other');
    pen.arc([position, hingeHeight], arcRadius, 0, angle, 'place');
    const lean = angle < 0 ? -1 : 1;
    const beside = position + lean * 0.55;
    pen.label(
      [balanceState.angle],
      [beside, hingeHeight + arcRadius],
      `${((angle * 180) / pi).toFixed(1)}°`,
      'place',
    );
    const [x, y] = [position + 1.5 * arcRadius * sin, hingeHeight + 1.5 * arcRadius * cos];
    const turn = changeScale * angularVelocity;
    pen.arrow([x, y], [x + turn * cos, y - turn * sin], 'change');
    const way = angularVelocity < 0 ? -1 : 1;
    pen.label(
      [balanceState.angularVelocity],
      [x + turn + way * 0.6, y],
      `${angularVelocity.toFixed(2)} rad/s`,
      'change',
    );
  },
};
