package dev.optr.app;

import dev.optr.report.Mode;
import java.util.Optional;

/** Why a run about a pull request takes place. */
sealed interface Occasion {
  /** Its branch was pushed, or it was opened. */
  record Push() implements Occasion {}

  /** Somebody gave it the label that asks the agents. */
  record Label() implements Occasion {}

  /**
   * Somebody who may write asked, in a comment.
   *
   * @param author login of that person
   * @param wish in place of the pull request's own words
   */
  record Comment(String author, Optional<String> wish) implements Occasion {}

  /**
   * Somebody who may write wants one agent asked again.
   *
   * @param author login of that person
   */
  record Retry(String author, String agent) implements Occasion {}

  /**
   * Somebody started the workflow by hand.
   *
   * @param wish in place of the pull request's own words
   */
  record Dispatch(Optional<String> wish) implements Occasion {}

  /** Agents are asked whatever the trigger says and whatever was decided before. */
  default boolean always() {
    return switch (this) {
      case Push _ -> false;
      case Label _, Comment _, Retry _, Dispatch _ -> true;
    };
  }

  /** With which powers the run is made, where its token may write. */
  default Mode mode() {
    return switch (this) {
      case Push _, Label _ -> Mode.FULL;
      case Comment _, Retry _, Dispatch _ -> Mode.MAINTAINER;
    };
  }
}
