package dev.optr.github;

/** A reaction to a comment. */
public enum Reaction {
  EYES("eyes"),
  ROCKET("rocket"),
  CONFUSED("confused"),
  MINUS_ONE("-1"),
  PLUS_ONE("+1");

  private final String content;

  Reaction(String content) {
    this.content = content;
  }

  /** GitHub's name of it. */
  String content() {
    return content;
  }
}
