package dev.optr.app;

import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.evidence.OtherHeads;
import dev.optr.git.RemoteHeads;
import dev.optr.github.OpenPullRequest;
import dev.optr.github.PullRequestEvent;
import dev.optr.github.PullRequests;
import dev.optr.github.ReadOnlyTokenException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The other open pull requests for the base of one, with their commits. Nothing of a fork is
 * fetched: strangers could make it too large, or no repository at all.
 */
final class OtherPullRequests {
  private final PullRequests pullRequests;
  private final RemoteHeads remote;
  private final PullRequestEvent event;

  OtherPullRequests(PullRequests pullRequests, RemoteHeads remote, PullRequestEvent event) {
    this.pullRequests = pullRequests;
    this.remote = remote;
    this.event = event;
  }

  /** What cannot be found out is said, never thrown: it is evidence too. */
  OtherHeads find() {
    try {
      return fetched(
          pullRequests.openFor(event.base().ref()).stream()
              .filter(open -> !open.draft() && open.number() != event.number())
              .toList());
    } catch (ServiceException | UserException | ReadOnlyTokenException e) {
      return new OtherHeads.Unlisted(String.valueOf(e.getMessage()));
    }
  }

  private OtherHeads fetched(List<OpenPullRequest> open) {
    Map<String, String> wanted = new TreeMap<>();
    open.stream()
        .filter(other -> !other.fork())
        .forEach(other -> wanted.put(ref(other), "refs/optr/others/" + other.number()));
    try {
      Map<String, String> commits = wanted.isEmpty() ? Map.of() : remote.fetch(wanted);
      return new OtherHeads.Listed(
          open.stream()
              .map(other -> head(other, commits.get(ref(other)), "its branch is gone"))
              .toList());
    } catch (ServiceException | UserException e) {
      return new OtherHeads.Listed(
          open.stream().map(other -> head(other, null, String.valueOf(e.getMessage()))).toList());
    }
  }

  /** A branch that moved since it was listed counts as it is now. */
  private static OtherHeads.Head head(
      OpenPullRequest other, @Nullable String commit, String missing) {
    return new OtherHeads.Head(
        other.number(),
        other.branch(),
        commit == null ? other.commit() : commit,
        other.fork(),
        commit != null || other.fork() ? null : missing);
  }

  private static String ref(OpenPullRequest other) {
    return "refs/pull/" + other.number() + "/head";
  }
}
