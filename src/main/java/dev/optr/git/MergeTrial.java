package dev.optr.git;

import java.util.List;

/** What a merge would come to; nothing was merged. */
public sealed interface MergeTrial {
  /** It needs nobody's hand. */
  record Clean() implements MergeTrial {}

  /**
   * Somebody would have to choose.
   *
   * @param files the first 50 by name, as they may stand in a message
   * @param count of all of them, at least one
   */
  record Conflicts(List<String> files, int count) implements MergeTrial {
    public Conflicts {
      files = List.copyOf(files);
    }
  }

  /** The two share no commit, so git refuses to merge them. */
  record Unrelated() implements MergeTrial {}

  /**
   * It could not be found out.
   *
   * @param reason half a sentence
   */
  record Unknown(String reason) implements MergeTrial {}
}
