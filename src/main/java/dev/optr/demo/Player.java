package dev.optr.demo;

/** Plays one provider's side of a conversation; asked by several threads at once. */
interface Player {
  /**
   * @throws InterruptedException when the stage is taken down
   */
  PlayedReply answer(PlayedRequest request) throws InterruptedException;
}
