package dev.optr.workflow;

import java.util.Collection;
import java.util.List;

/**
 * One value of the file while it is read.
 *
 * @param path as messages name it, for example {@code agents[0].model}
 */
record Place(String path, YamlNode node, Findings findings) {
  /** Says what was found and what is allowed. */
  void report(String allowed) {
    report(allowed, List.of());
  }

  /** The same, with the nearest of the words that could have been meant. */
  void report(String allowed, Collection<String> words) {
    String suggestion =
        node instanceof YamlNode.Scalar scalar ? Suggestion.near(scalar.text(), words) : "";
    findings.add(
        node.mark(),
        "'" + path + "' is " + node.described() + ", allowed: " + allowed + suggestion);
  }

  /** Says how many there are and how many are allowed. */
  void reportSize(String found, String allowed) {
    findings.add(node.mark(), "'" + path + "' has " + found + ", allowed: " + allowed);
  }

  /** Says what is allowed without what was found: it may be a credential put in the wrong place. */
  void reportUnseen(String allowed) {
    findings.add(
        node.mark(),
        "'" + path + "' has another form (not shown: it may be a credential), allowed: " + allowed);
  }

  Place item(int index, YamlNode item) {
    return new Place(path + "[" + index + "]", item, findings);
  }
}
