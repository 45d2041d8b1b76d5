package dev.optr.execution;

import dev.optr.github.CommitState;
import dev.optr.github.Statuses;
import java.net.URI;

/**
 * The commit status that branch protection gates on. A status belongs to a commit alone, which two
 * pull requests may share; so this one says in its words and in its address what it is of.
 */
public final class GateStatus {
  public static final String CONTEXT = "optr/gate";

  private static final int LONGEST = 140;
  private static final int LONGEST_LABEL = 48;

  private final Statuses statuses;
  private final URI target;
  private final String label;

  /**
   * @param target where the status leads to
   * @param label the pull request and its base, in a few words
   */
  public GateStatus(Statuses statuses, URI target, String label) {
    this.statuses = statuses;
    this.target = target;
    this.label = " [" + cut(label, LONGEST_LABEL) + "]";
  }

  /** Posts a verdict. */
  public void post(String commit, GateVerdict gate) {
    post(commit, state(gate.state()), gate.description());
  }

  /**
   * @param description one line, which gives way where there is no room for all of it
   */
  public void post(String commit, CommitState state, String description) {
    int room = LONGEST - label.codePointCount(0, label.length());
    statuses.set(commit, state, CONTEXT, cut(description, room) + label, target);
  }

  private static String cut(String text, int longest) {
    return text.codePointCount(0, text.length()) <= longest
        ? text
        : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "\u2026";
  }

  private static CommitState state(GateVerdict.State state) {
    return switch (state) {
      case SUCCESS -> CommitState.SUCCESS;
      case FAILURE -> CommitState.FAILURE;
      case ERROR -> CommitState.ERROR;
    };
  }
}
