package dev.optr.intent;

/** Where the wish came from. */
public sealed interface IntentSource {
  record PullRequest(long number, String author) implements IntentSource {}

  record Comment(long number, String author) implements IntentSource {}

  record Argument() implements IntentSource {}

  record WorkflowFile() implements IntentSource {}
}
