/** What can be posted to: a port, a worker, or what a test puts in their place. */
export interface Post<Message> {
  postMessage(message: Message, transfer?: Transferable[]): void;
}
