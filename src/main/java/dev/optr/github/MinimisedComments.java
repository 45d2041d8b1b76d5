package dev.optr.github;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import java.util.List;

/**
 * Hides comments of ours that another one has taken the place of (GraphQL, {@code
 * minimizeComment}). They are of no use, but do no harm either: nothing fails because of them.
 */
final class MinimisedComments {
  private static final int MOST = 20;

  private final GitHubConnection connection;
  private final GraphQl graphQl;

  MinimisedComments(GitHubConnection connection, GraphQl graphQl) {
    this.connection = connection;
    this.graphQl = graphQl;
  }

  /** Hides the first of them by one request; the next run goes on. */
  void hide(List<OwnComment> comments) {
    List<String> nodes =
        comments.stream()
            .filter(comment -> !comment.hidden() && !comment.node().isEmpty())
            .map(OwnComment::node)
            .limit(MOST)
            .toList();
    if (nodes.isEmpty()) {
      return;
    }
    try {
      JsonObject _ =
          connection.perform(
              "hide outdated comments", () -> graphQl.ask(mutation(nodes.size()), named(nodes)));
    } catch (ServiceException | UserException | ReadOnlyTokenException tolerated) {
      // Two comments in place of one: the newer text stands in the oldest all the same.
    }
  }

  private static String mutation(int count) {
    StringBuilder parameters = new StringBuilder();
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < count; i++) {
      parameters.append(i == 0 ? "" : ", ").append("$c").append(i).append(": ID!");
      fields.append(
          " c%1$d: minimizeComment(input: {subjectId: $c%1$d, classifier: OUTDATED}) {clientMutationId}"
              .formatted(i));
    }
    return "mutation(" + parameters + ") {" + fields + " }";
  }

  private static JsonObject named(List<String> nodes) {
    Json.Builder variables = Json.object();
    for (int i = 0; i < nodes.size(); i++) {
      variables.put("c" + i, nodes.get(i));
    }
    return variables.build();
  }
}
