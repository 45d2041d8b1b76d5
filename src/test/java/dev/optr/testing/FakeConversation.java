package dev.optr.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Comments and statuses of the pretended GitHub. */
final class FakeConversation {
  private static final String ROOT = "/repos/" + FakeGitHub.REPOSITORY;
  private static final Pattern COMMENTS = Pattern.compile(ROOT + "/issues/(\\d+)/comments");
  private static final Pattern COMMENT = Pattern.compile(ROOT + "/issues/comments/(\\d+)");
  private static final Pattern STATUS = Pattern.compile(ROOT + "/statuses/([0-9a-f]{40})");

  private final List<FakeGitHub.Status> statuses = new ArrayList<>();
  private final List<FakeGitHub.Comment> comments = new ArrayList<>();
  private final Set<String> minimised = new HashSet<>();
  private final FakeGitObjects objects;
  private final String baseUrl;
  private String login = "github-actions[bot]";
  private long lastId = 1000;

  FakeConversation(FakeGitObjects objects, String baseUrl) {
    this.objects = objects;
    this.baseUrl = baseUrl;
  }

  List<FakeGitHub.Status> statuses() {
    return List.copyOf(statuses);
  }

  List<FakeGitHub.Comment> comments() {
    return List.copyOf(comments);
  }

  void actAs(String newLogin) {
    login = newLogin;
  }

  FakeGitHub.Comment add(long pullRequest, String author, String body) {
    FakeGitHub.Comment comment = new FakeGitHub.Comment(++lastId, pullRequest, author, body);
    comments.add(comment);
    return comment;
  }

  void delete(long id) {
    comments.removeIf(comment -> comment.id() == id);
  }

  Optional<FakeReply> answer(FakeGitHub.Request request) {
    String path = request.path().replaceFirst("\\?.*", "");
    try {
      return switch (request.method()) {
        case "GET" -> read(path, request.path());
        case "POST" -> write(path, JsonReader.readObject(request.body().getBytes(UTF_8)));
        case "PATCH" -> edit(path, JsonReader.readObject(request.body().getBytes(UTF_8)));
        default -> Optional.empty();
      };
    } catch (JsonException e) {
      return Optional.of(FakeReply.error(400, "Problems parsing JSON"));
    }
  }

  private Optional<FakeReply> read(String path, String pathAndQuery) {
    Matcher ofPullRequest = COMMENTS.matcher(path);
    if (ofPullRequest.matches()) {
      long number = Long.parseLong(ofPullRequest.group(1));
      List<Json> found =
          comments.stream()
              .filter(comment -> comment.pullRequest() == number)
              .map(this::json)
              .map(Json.class::cast)
              .toList();
      return Optional.of(new FakePage(pathAndQuery, baseUrl).of(found));
    }
    return path.equals(ROOT) ? Optional.of(FakeReply.json(200, repository())) : Optional.empty();
  }

  private static String node(long comment) {
    return "IC_" + comment;
  }

  /** Ids of the comments that were hidden as outdated. */
  List<Long> minimised() {
    return comments.stream()
        .map(FakeGitHub.Comment::id)
        .filter(id -> minimised.contains(node(id)))
        .toList();
  }

  private Optional<FakeReply> write(String path, JsonObject body) {
    String query = String.valueOf(body.text("query"));
    Matcher ofPullRequest = COMMENTS.matcher(path);
    if (ofPullRequest.matches()) {
      return Optional.of(comment(Long.parseLong(ofPullRequest.group(1)), body));
    }
    Matcher ofCommit = STATUS.matcher(path);
    if (ofCommit.matches()) {
      return Optional.of(status(ofCommit.group(1), body));
    }
    if (path.equals("/graphql") && query.contains("minimizeComment")) {
      body.object("variables").members().values().stream()
          .map(node -> ((Json.Text) node).value())
          .forEach(minimised::add);
      JsonObject data = Json.object().put("c0", Json.object().build()).build();
      return Optional.of(FakeReply.json(200, Json.object().put("data", data).build()));
    }
    if (path.equals("/graphql") && query.contains("viewer")) {
      JsonObject viewer = Json.object().put("login", login).build();
      JsonObject data = Json.object().put("viewer", viewer).build();
      return Optional.of(FakeReply.json(200, Json.object().put("data", data).build()));
    }
    return Optional.empty();
  }

  private Optional<FakeReply> edit(String path, JsonObject body) {
    Matcher matcher = COMMENT.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long id = Long.parseLong(matcher.group(1));
    for (int i = 0; i < comments.size(); i++) {
      FakeGitHub.Comment old = comments.get(i);
      if (old.id() == id) {
        String text = Objects.requireNonNull(body.text("body"));
        comments.set(i, new FakeGitHub.Comment(id, old.pullRequest(), old.author(), text));
        return Optional.of(FakeReply.json(200, json(comments.get(i))));
      }
    }
    return Optional.of(FakeReply.error(404, "Not Found"));
  }

  private FakeReply comment(long pullRequest, JsonObject body) {
    String text = Objects.requireNonNull(body.text("body"));
    return text.length() > 65_536
        ? FakeReply.error(422, "Body is too long (maximum is 65536 characters)")
        : FakeReply.json(201, json(add(pullRequest, login, text)));
  }

  private FakeReply status(String sha, JsonObject body) {
    String description = String.valueOf(body.text("description"));
    if (!objects.hasCommit(sha)) {
      return FakeReply.error(422, "No commit found for SHA: " + sha);
    }
    if (description.codePointCount(0, description.length()) > 140) {
      return FakeReply.error(422, "Validation Failed");
    }
    statuses.add(
        new FakeGitHub.Status(
            sha,
            String.valueOf(body.text("state")),
            String.valueOf(body.text("context")),
            description,
            String.valueOf(body.text("target_url"))));
    return FakeReply.json(201, body);
  }

  private JsonObject json(FakeGitHub.Comment comment) {
    Json outdated = Json.object().put("reason", "outdated").build();
    String type = comment.author().endsWith("[bot]") ? "Bot" : "User";
    return Json.object()
        .put("id", comment.id())
        .put("node_id", node(comment.id()))
        .put("minimized", minimised.contains(node(comment.id())) ? outdated : Json.NULL)
        .put("body", comment.body())
        .put("html_url", baseUrl + "/acme/widgets/pull/1#issuecomment-" + comment.id())
        .put("user", Json.object().put("login", comment.author()).put("type", type).build())
        .build();
  }

  static JsonObject repository() {
    return Json.object()
        .put("id", FakeGitHub.REPOSITORY_ID)
        .put("name", "widgets")
        .put("full_name", FakeGitHub.REPOSITORY)
        .put("owner", Json.object().put("login", "acme").put("id", 99).build())
        .put("default_branch", "main")
        .put("created_at", "2025-03-04T05:06:07Z")
        .build();
  }
}
