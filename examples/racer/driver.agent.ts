import { continuous, defineAgent, gain, rays, when } from 'playtrain/phaser';
import { topSpeed } from './car';
import type { RaceScene } from './racer';

export const driver = defineAgent<RaceScene>({
  name: 'driver',
  scene: 'RaceScene',
  every: 4,
  limit: 1_800,
  sees: ({ cars: [car] }) => ({
    speed: car!.speed / topSpeed,
    slide: car!.slide / 2,
    spin: car!.spin * 15,
  }),
  sensors: {
    ray: rays({
      from: ({ cars: [car] }) => car!.image,
      count: 11,
      spread: 200,
      lengthPx: 320,
      meet: { wall: ({ walls }) => walls },
    }),
  },
  does: continuous({ steer: [-1, 1], gas: [-1, 1] }, (scene, { steer, gas }) => scene.drive(0, steer, gas)),
  earns: {
    way: gain(({ cars: [car] }) => car!.drivenPx / 100),
    crash: when(({ cars: [car] }) => car!.hasTouched, -1),
    clean: gain(({ cars: [car] }) => car!.laps.cleanLaps, 0),
  },
  ends: ({ cars: [car] }) => car!.hasTouched,
  reset: (game) => game.scene.getScene<RaceScene>('RaceScene').lineUp(),
});
