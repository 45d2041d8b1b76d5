package dev.optr.bundle;

import dev.optr.ledger.RepositoryId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where a bundle is of something else than it should be. */
final class Mismatches {
  private final BundleHeader header;
  private final List<String> sentences = new ArrayList<>();

  Mismatches(BundleHeader header) {
    this.header = header;
  }

  List<String> with(
      RepositoryId repository,
      @Nullable Long pullRequest,
      long run,
      String commit,
      String policy,
      String input) {
    if (!header.repository().isSameAs(repository)) {
      sentences.add(
          "the bundle is of another repository: "
              + described(header.repository())
              + ", not "
              + described(repository));
    }
    if (!Objects.equals(header.pullRequest(), pullRequest)) {
      sentences.add(
          "the bundle is of "
              + described(header.pullRequest())
              + ", not of "
              + described(pullRequest));
    }
    compare("run", String.valueOf(header.runId()), String.valueOf(run));
    compare("frozen commit", header.frozen().commit(), commit);
    compare("policy", header.policy(), policy);
    compare("intent", header.input(), input);
    return List.copyOf(sentences);
  }

  private void compare(String what, String found, String expected) {
    if (!found.equals(expected)) {
      sentences.add("the bundle is of another " + what + ": " + found + ", not " + expected);
    }
  }

  private static String described(RepositoryId repository) {
    return Shown.of(repository.name())
        + " ("
        + Shown.message(repository.host())
        + ", id "
        + repository.id()
        + ")";
  }

  private static String described(@Nullable Long pullRequest) {
    return pullRequest == null ? "no pull request" : "pull request " + pullRequest;
  }
}
