package dev.optr.evidence;

import java.util.List;

/**
 * A tree that jobs verify.
 *
 * @param name {@link #HEAD} for the frozen commit; the first agent whose path has the tree; or that
 *     name with {@link #FROZEN_TESTS}, where frozen tests took the place of those that the path
 *     changed
 * @param tree 40 hex digits
 * @param agents whose paths it is about, in the order of the workflow file; none for the frozen
 *     commit alone
 */
public record Row(String name, String tree, List<String> agents) {
  public static final String HEAD = "head";
  public static final String FROZEN_TESTS = "+frozen-tests";

  public Row {
    agents = List.copyOf(agents);
  }
}
