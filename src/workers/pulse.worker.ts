/** Answers whoever asks for as long as the worker that made it lives: the browser ends the two together. */
self.onmessage = ({ data: port }: MessageEvent<MessagePort>) => {
  port.onmessage = () => port.postMessage(null);
};
