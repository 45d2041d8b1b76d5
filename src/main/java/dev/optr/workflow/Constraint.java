package dev.optr.workflow;

/** What a path must respect. */
public sealed interface Constraint {
  String id();

  /** Shown, but decides nothing. */
  boolean advisory();

  /** Judged by peer review. */
  record Prose(String id, String text, boolean advisory) implements Constraint {}

  /** A CEL expression, judged by evaluation. */
  record Rule(String id, String expression, boolean advisory) implements Constraint {}
}
