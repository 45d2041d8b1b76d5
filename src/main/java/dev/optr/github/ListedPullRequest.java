package dev.optr.github;

import dev.optr.base.UserException;
import java.io.IOException;

/** Reads one pull request of a list of them. */
final class ListedPullRequest {
  private ListedPullRequest() {}

  static OpenPullRequest open(Payload pullRequest) throws IOException {
    Payload head = pullRequest.object("head");
    Payload base = pullRequest.object("base");
    return checked(
        pullRequest,
        new OpenPullRequest(
            pullRequest.positive("number"),
            head.text("ref"),
            head.commit("sha"),
            pullRequest.bool("draft"),
            head.isNull("repo")
                || head.object("repo").positive("id") != base.object("repo").positive("id"),
            base.text("ref")));
  }

  static ClosedPullRequest closed(Payload pullRequest) throws IOException {
    boolean merged = pullRequest.timeOrNull("merged_at") != null;
    return checked(
        pullRequest,
        new ClosedPullRequest(
            pullRequest.positive("number"),
            merged,
            merged ? pullRequest.commit("merge_commit_sha") : null,
            pullRequest.object("head").commit("sha"),
            pullRequest.object("base").text("ref"),
            pullRequest.instant("closed_at")));
  }

  private static <T> T checked(Payload pullRequest, T read) throws IOException {
    try {
      pullRequest.throwProblems();
      return read;
    } catch (UserException malformed) {
      throw new IOException("GitHub lists a malformed pull request", malformed);
    }
  }
}
