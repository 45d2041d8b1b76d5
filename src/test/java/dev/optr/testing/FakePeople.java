package dev.optr.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Permissions, reactions and check runs of the pretended GitHub; strangers may read. */
public final class FakePeople {
  /** A reaction of ours. */
  public record Reacted(long comment, String content) {}

  /** A check run of ours. */
  public record CheckRun(
      String sha, String name, String status, String conclusion, String title, String summary) {}

  private static final String ROOT = "/repos/" + FakeGitHub.REPOSITORY;
  private static final Pattern PERMISSION =
      Pattern.compile(ROOT + "/collaborators/([^/]+)/permission");
  private static final Pattern REACTIONS =
      Pattern.compile(ROOT + "/issues/comments/(\\d+)/reactions");

  private final Map<String, String> permissions = new HashMap<>();
  private final List<Reacted> reactions = new ArrayList<>();
  private final List<CheckRun> checkRuns = new ArrayList<>();

  FakePeople() {}

  /**
   * Gives somebody a permission.
   *
   * @param permission {@code admin}, {@code write}, {@code read} or {@code none}
   */
  public synchronized void permit(String login, String permission) {
    permissions.put(login, permission);
  }

  /** Reactions in the order they were made. */
  public synchronized List<Reacted> reactions() {
    return List.copyOf(reactions);
  }

  /** Check runs in the order they were made. */
  public synchronized List<CheckRun> checkRuns() {
    return List.copyOf(checkRuns);
  }

  synchronized Optional<FakeReply> answer(FakeGitHub.Request request) throws JsonException {
    Matcher permission = PERMISSION.matcher(request.path());
    if (request.method().equals("GET") && permission.matches()) {
      return Optional.of(permission(URLDecoder.decode(permission.group(1), UTF_8)));
    }
    if (!request.method().equals("POST")) {
      return Optional.empty();
    }
    Matcher reaction = REACTIONS.matcher(request.path());
    if (reaction.matches()) {
      return Optional.of(react(Long.parseLong(reaction.group(1)), body(request)));
    }
    return request.path().equals(ROOT + "/check-runs")
        ? Optional.of(check(body(request)))
        : Optional.empty();
  }

  private static JsonObject body(FakeGitHub.Request request) throws JsonException {
    return JsonReader.readObject(request.body().getBytes(UTF_8));
  }

  private FakeReply permission(String login) {
    String word = permissions.getOrDefault(login, "read");
    return FakeReply.json(
        200,
        Json.object()
            .put("permission", word)
            .put("role_name", word)
            .put("user", Json.object().put("login", login).build())
            .build());
  }

  private FakeReply react(long comment, JsonObject body) {
    String content = String.valueOf(body.text("content"));
    Reacted reacted = new Reacted(comment, content);
    boolean again = reactions.contains(reacted);
    if (!again) {
      reactions.add(reacted);
    }
    JsonObject reaction = Json.object().put("id", 1).put("content", content).build();
    return FakeReply.json(again ? 200 : 201, reaction);
  }

  private FakeReply check(JsonObject body) {
    JsonObject output = body.object("output");
    checkRuns.add(
        new CheckRun(
            String.valueOf(body.text("head_sha")),
            String.valueOf(body.text("name")),
            String.valueOf(body.text("status")),
            String.valueOf(body.text("conclusion")),
            String.valueOf(output.text("title")),
            String.valueOf(output.text("summary"))));
    return FakeReply.json(201, body.with("id", Json.number(checkRuns.size())));
  }
}
